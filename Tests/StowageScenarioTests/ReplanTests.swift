import StowageKit
import StowageTestSupport
import Testing

/// Plans that are stopped after any step, and gone on with. The argument is the seed.
@Suite("Replanning")
struct ReplanTests {
  /// What is done when a plan is stopped after so many of its moves have ended.
  private static func journal(_ plan: Plan, after count: Int) -> [JournalEntry] {
    let byEnd = plan.moves.sorted { ($0.endSeconds, $0.id) < ($1.endSeconds, $1.id) }
    let done = byEnd.prefix(count)
    let instant = done.last?.endSeconds ?? 0
    let underWay = byEnd.dropFirst(count).filter { $0.startSeconds < instant }
    return done.map { JournalEntry(step: $0.id, outcome: .done) }
      + underWay.map { JournalEntry(step: $0.id, outcome: .underWay) }
  }

  @Test(
    "stopped after any step, the rest is a verified plan and no finished VM moves again",
    arguments: UInt64(1)...20)
  func goesOn(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    guard
      case .planned(let fleet) = try SmallFleetPlanTests.planned(
        inventory, SmallFleetPlanTests.goal(of: seed), seed: seed)
    else { return }
    let plan = fleet.plan
    for count in Set([1, plan.moves.count / 2]) where count <= plan.moves.count {
      let answer = try Replanner().replan(
        inventory, plan, journal: Self.journal(plan, after: count), isDeterministic: true)
      guard case .planned(let rest) = answer.planning else {
        Issue.record("seed \(seed) after \(count): no plan")
        continue
      }
      let verdict = Verifier.judge(rest.plan, of: answer.inventory)
      #expect(verdict.decision == .accepted, "seed \(seed) after \(count): \(verdict.findings.prefix(3))")
      guard answer.report.soughtAgainBecause.isEmpty else { continue }
      #expect(rest.plan.placement == plan.placement, "seed \(seed) after \(count)")
      #expect(answer.report.changes.isEmpty, "seed \(seed) after \(count)")
      let finished = Set(answer.inventory.vms.filter { $0.host == plan.placement[$0.id] }.map(\.id))
      let again = rest.plan.moves.filter { finished.contains($0.vm) && !$0.reason.contains("room") }
      #expect(again.isEmpty, "seed \(seed) after \(count): \(again.map(\.vm))")
    }
  }

  private static let three = Inventory(
    hosts: ["a", "b", "c"].map { name in
      var host = Host(id: Host.ID(name), cores: 8, memoryMiB: 32_768)
      host.migrationNetworkGbps = 10
      return host
    },
    vms: [("u", "a"), ("v", "b"), ("w", "c")].map { vm, host in
      VM(id: VM.ID(vm), vCPUs: 2, memoryMiB: 4096, host: Host.ID(host))
    })

  private static func plan() throws -> Plan {
    let answer = try Planner().plan(three, PlanRequest(goal: .consolidate, isDeterministic: true))
    guard case .planned(let fleet) = answer else { throw NoPlanFound() }
    return fleet.plan
  }

  private struct NoPlanFound: Error {}

  @Test("a failed step is tried again, or left with --skip-failed")
  func failed() throws {
    let plan = try Self.plan()
    let journal = [JournalEntry(step: plan.moves[0].id, outcome: .failed)]
    let again = try Replanner().replan(Self.three, plan, journal: journal)
    #expect(again.report.failed.map(\.vm) == [plan.moves[0].vm])
    #expect(again.report.kept == 2)
    let left = try Replanner().replan(Self.three, plan, journal: journal, skipsFailed: true)
    guard case .planned(let rest) = left.planning else { throw NoPlanFound() }
    #expect(rest.plan.moves.map(\.vm) == [plan.moves[1].vm])
  }

  @Test("a fresh inventory is believed where the journal says otherwise, and tells alone what is done")
  func freshInventory() throws {
    let plan = try Self.plan()
    var now = Self.three
    let first = plan.moves[0]
    let position = try #require(now.vms.firstIndex { $0.id == first.vm })
    now.vms[position].host = first.to
    let alone = try Replanner().replan(now, plan, journal: nil)
    guard case .planned(let rest) = alone.planning else { throw NoPlanFound() }
    #expect(rest.plan.moves.map(\.vm) == [plan.moves[1].vm])
    let contradicting = plan.moves.map { JournalEntry(step: $0.id, outcome: .done) }
    let believed = try Replanner().replan(now, plan, journal: contradicting)
    #expect(believed.report.notes.count == 1)
    #expect(believed.report.notes.first?.contains("the inventory is believed") == true)
  }

  @Test("a target that is gone makes the placement be sought again, and is named")
  func targetGone() throws {
    let plan = try Self.plan()
    var now = Self.three
    let target = plan.moves[0].to
    let position = try #require(now.hosts.firstIndex { $0.id == target })
    now.hosts[position].isInMaintenance = true
    let answer = try Replanner().replan(now, plan, journal: nil, isDeterministic: true)
    #expect(answer.report.soughtAgainBecause.contains { $0.contains(target.rawValue) })
    guard case .planned(let rest) = answer.planning else { throw NoPlanFound() }
    #expect(rest.plan.moves.allSatisfy { $0.to != target })
  }

  @Test(
    "two full hosts that swap without a spare are proved locked, and stopping a VM is offered with its price")
  func locked() throws {
    var fleet = Self.three
    fleet.hosts.removeLast()
    fleet.vms.removeLast()
    for vm in fleet.vms.indices {
      fleet.vms[vm].memoryMiB = 32_768
      fleet.vms[vm].allowedTechniques = [.preCopy]
    }
    let swap: [VM.ID: Host.ID] = ["u": "b", "v": "a"]
    guard case .noPlan(let noPlan) = try Planner().plan(fleet, to: swap, PlanRequest(goal: .balance)) else {
      Issue.record("a swap without any room")
      return
    }
    guard case .infeasible = noPlan.finding else {
      Issue.record("not proved: \(noPlan.finding)")
      return
    }
    #expect(
      noPlan.remedies.first
        == "stop 'u' for its move to 'b': a pause of 1 min 32 s; add cold to its techniques")
    for vm in fleet.vms.indices { fleet.vms[vm].allowedTechniques = [.preCopy, .cold] }
    guard case .planned(let planned) = try Planner().plan(fleet, to: swap, PlanRequest(goal: .balance)) else {
      throw NoPlanFound()
    }
    #expect(planned.plan.moves.map(\.technique) == [.cold, .cold])
    #expect(planned.plan.moves.allSatisfy { $0.reason.contains("stopped because a and b swap: +") })
  }

  @Test("a given placement is ordered as it is, or its obstacle is named")
  func givenPlacement() throws {
    let answer = try Planner().plan(
      Self.three, to: ["u": "c"], PlanRequest(goal: .balance), reasons: ["u": "as asked"])
    guard case .planned(let fleet) = answer else { throw NoPlanFound() }
    #expect(fleet.plan.moves.map(\.reason) == ["as asked"])
    #expect(fleet.plan.placement["u"] == "c")
  }
}
