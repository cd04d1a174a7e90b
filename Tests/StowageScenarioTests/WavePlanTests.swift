import StowageKit
import StowageTestSupport
import Testing

/// A pair that switches over together and a third VM, moved in two waves: planned, tampered with, gone on with.
@Suite("Plans in waves")
struct WavePlanTests {
  private static let inventory = Inventory(
    hosts: ["a", "b", "c", "d"].map { name in
      var host = Host(id: Host.ID(name), cores: 8, memoryMiB: 32_768)
      host.migrationNetworkGbps = 10
      return host
    },
    vms: [("u", "a", 8192.0), ("v", "b", 4096), ("w", "c", 4096)].map { vm, host, memory in
      VM(id: VM.ID(vm), vCPUs: 2, memoryMiB: memory, host: Host.ID(host))
    },
    rules: [Rule(id: "pair", .together(Together(vms: Selection(["u", "v"]))))])

  private struct NoPlanFound: Error {}

  /// Made once: each test takes the same.
  private static let made = Result { try newPlan() }

  private static func plan() throws -> Plan { try made.get() }

  private static func newPlan() throws -> Plan {
    let options = PlanOptions(waves: WavePolicy(mostVMs: 2, pilotVMs: 1, validationSeconds: 60))
    let answer = try Planner().plan(
      inventory, to: ["u": "d", "v": "d", "w": "a"], PlanRequest(goal: .balance, options: options))
    guard case .planned(let fleet) = answer else { throw NoPlanFound() }
    return fleet.plan
  }

  @Test("the pilot goes first, and the pair a minute later, to end at one moment")
  func waves() throws {
    let moves = try Self.plan().moves
    #expect(moves[0].vm == "w" && Set(moves[1...].map(\.vm)) == ["u", "v"])
    #expect(moves.map(\.wave) == [1, 2, 2])
    #expect(moves[1].startSeconds == moves[0].endSeconds + 60)
    #expect(moves[1].endSeconds == moves[2].endSeconds)
  }

  @Test("every way of making it wrong is caught", arguments: Tampering.allCases)
  func tampered(_ tampering: Tampering) throws {
    let plan = try Self.plan()
    for pick in 0..<3 {
      guard let other = tampering.changed(plan, of: Self.inventory, pick: pick) else { continue }
      #expect(Verifier.judge(other, of: Self.inventory).decision == .rejected, "\(tampering) \(pick)")
    }
  }

  @Test("after the pilot the rest goes on in waves, without another pilot and still together")
  func goesOn() throws {
    let plan = try Self.plan()
    let journal = [JournalEntry(step: plan.moves[0].id, outcome: .done)]
    let answer = try Replanner().replan(Self.inventory, plan, journal: journal, isDeterministic: true)
    guard case .planned(let rest) = answer.planning else {
      Issue.record("no plan")
      return
    }
    #expect(rest.plan.options.waves == WavePolicy(mostVMs: 2, validationSeconds: 60))
    #expect(Set(rest.plan.moves.map(\.vm)) == ["u", "v"] && rest.plan.moves.map(\.wave) == [1, 1])
    #expect(rest.plan.moves[0].endSeconds == rest.plan.moves[1].endSeconds)
  }

  @Test("explain says with whom a VM switches over, when, and after which gate it goes")
  func explained() throws {
    let explainer = Explainer(plan: try Self.plan(), inventory: Self.inventory)
    guard case .explained(let explanation) = explainer.explain(vm: "v") else {
      Issue.record("the plan has v")
      return
    }
    let facts = explanation.sections.flatMap(\.facts)
    #expect(facts.contains { $0.hasPrefix("pair: VMs u, v switch over at one moment") && $0.contains("(u)") })
    #expect(facts.contains { $0.contains("goes in wave 2, after the gate of the moves before") })
  }

  /// The pair is one move group, and only it has to move.
  @Test("a pilot that no move group goes into is said so, with the number that would do, and it does")
  func tooSmallPilot() throws {
    func answer(_ waves: WavePolicy) throws -> PlanningAnswer {
      try Planner().plan(
        Self.inventory, to: ["u": "d", "v": "d"],
        PlanRequest(goal: .balance, options: PlanOptions(waves: waves)))
    }
    guard case .noPlan(let noPilot) = try answer(WavePolicy(pilotVMs: 1)),
      case .noPlan(let noWave) = try answer(WavePolicy(mostVMs: 1))
    else {
      Issue.record("two VMs do not go in a wave of one")
      return
    }
    for (page, words, option) in [
      (noPilot, "2 VMs that move, and the pilot takes 1", "--pilot 2"),
      (noWave, "2 VMs that move; a wave takes 1", "--wave-size 2"),
    ] {
      #expect(page.progress.count == 1 && page.progress[0].contains(words), "\(page.progress)")
      #expect(page.remedies.count == 1 && page.remedies[0].contains(option), "\(page.remedies)")
    }
    guard case .planned = try answer(WavePolicy(mostVMs: 2, pilotVMs: 2)) else {
      Issue.record("what was advised does not help")
      return
    }
  }
}
