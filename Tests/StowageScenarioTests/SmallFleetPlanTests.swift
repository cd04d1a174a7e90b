import StowageKit
import StowageTestSupport
import Testing

/// Plans of generated small fleets, each judged by the verifier, tampered with, and compared with
/// trying everything. The argument is the seed: `swift test --filter SmallFleetPlanTests` reruns all.
@Suite("Plans of generated small fleets")
struct SmallFleetPlanTests {
  static func planned(_ inventory: Inventory, _ goal: Goal, seed: UInt64) throws -> PlanningAnswer {
    var options = PlanOptions(start: SmallFleets.start)
    if goal == .evacuate { options.hosts = [inventory.hosts[0].id] }
    return try Planner().plan(
      inventory, PlanRequest(goal: goal, options: options, isDeterministic: true, seed: seed))
  }

  static func goal(of seed: UInt64) -> Goal {
    switch seed % 5 {
    case 0: .balance
    case 1: .evacuate
    case 2: .repair
    default: .consolidate
    }
  }

  @Test("the verifier accepts every plan, and rejects it with one number changed", arguments: UInt64(1)...300)
  func verifierAccepts(seed: UInt64) throws {
    var fleets = SmallFleets()
    fleets.hasMoveRules = seed % 2 == 1
    let inventory = fleets.inventory(seed: seed)
    holds(try Self.planned(inventory, Self.goal(of: seed), seed: seed), for: inventory, seed: seed)
  }

  /// The verifier accepts the plan and rejects it forged; where there is none, it was not the verifier that
  /// found fault with one.
  private func holds(_ answer: PlanningAnswer, for inventory: Inventory, seed: UInt64) {
    switch answer {
    case .planned(let fleet):
      let verdict = Verifier.judge(fleet.plan, of: inventory)
      #expect(verdict.decision == .accepted, "seed \(seed): \(verdict.findings.prefix(3))")
      rejectsForgeries(of: fleet.plan, for: inventory, seed: seed)
    case .noPlan(let noPlan):
      let progress = noPlan.progress.joined(separator: "; ")
      #expect(!progress.contains("verifier"), "seed \(seed): \(progress)")
    }
  }

  @Test("the verifier accepts every plan for little power", arguments: UInt64(1)...20)
  func verifierAcceptsPower(seed: UInt64) throws {
    var inventory = SmallFleets().inventory(seed: seed)
    for index in inventory.hosts.indices where inventory.hosts[index].powerIdleWatts == nil {
      inventory.hosts[index].powerIdleWatts = 120
    }
    let options = PlanOptions(start: SmallFleets.start, objective: .power)
    let request = PlanRequest(goal: .consolidate, options: options, isDeterministic: true, seed: seed)
    switch try Planner().plan(inventory, request) {
    case .planned(let fleet):
      let (plan, _) = PlanDocument.decode(PlanDocument.encode(fleet.plan), file: "plan.json")
      #expect(plan == fleet.plan, "seed \(seed)")
      #expect(fleet.plan.objectives.contains { $0.name == .powerWatts }, "seed \(seed)")
    case .noPlan(let noPlan):
      let progress = noPlan.progress.joined(separator: "; ")
      #expect(!progress.contains("verifier"), "seed \(seed): \(progress)")
    }
  }

  @Test("the verifier accepts every plan of a fleet measured by the hour", arguments: UInt64(1)...40)
  func verifierAcceptsHours(seed: UInt64) throws {
    var fleets = SmallFleets()
    fleets.hasHours = true
    let inventory = fleets.inventory(seed: seed)
    var options = PlanOptions(sizing: SmallFleets.measured, start: SmallFleets.start)
    let goal = Self.goal(of: seed)
    if goal == .evacuate { options.hosts = [inventory.hosts[0].id] }
    let request = PlanRequest(goal: goal, options: options, isDeterministic: true, seed: seed)
    holds(try Planner().plan(inventory, request), for: inventory, seed: seed)
  }

  @Test("the verifier accepts every repair", arguments: UInt64(1)...60)
  func verifierAcceptsRepairs(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    switch try Self.planned(inventory, .repair, seed: seed) {
    case .planned(let fleet):
      let verdict = Verifier.judge(fleet.plan, of: inventory)
      #expect(verdict.decision == .accepted, "seed \(seed): \(verdict.findings.prefix(3))")
    case .noPlan(let noPlan):
      let progress = noPlan.progress.joined(separator: "; ")
      #expect(!progress.contains("verifier"), "seed \(seed): \(progress)")
    }
  }

  private func rejectsForgeries(of plan: Plan, for inventory: Inventory, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = String(decoding: PlanDocument.encode(plan), as: UTF8.self)
    for _ in 0..<3 {
      let (forged, what) = NumberForgery.forge(text, using: &random)
      let (plan, log) = PlanDocument.decode(Array(forged.utf8), file: "plan.json")
      guard let plan, !log.hasErrors else { continue }
      let verdict = Verifier.judge(plan, of: inventory)
      #expect(verdict.decision == .rejected, "seed \(seed): \(what) was accepted")
    }
  }

  @Test("the host count is the one that trying everything finds", arguments: UInt64(1001)...1120)
  func agreesWithTryingEverything(seed: UInt64) throws {
    var fleets = SmallFleets()
    fleets.hasFailover = false
    // Trying everything takes long on the largest; a third of the fleets may be of any size.
    if seed % 3 > 0 {
      fleets.maxHosts = 6
      fleets.maxVMs = 12
    }
    let inventory = fleets.inventory(seed: seed)
    var oracle = FewestHosts(inventory, limit: 300_000)
    let expected = oracle.answer()
    switch (expected, try Self.planned(inventory, .consolidate, seed: seed)) {
    case (.hosts(let count), .planned(let fleet)):
      let objective = fleet.plan.objectives.first { $0.name == .hostsOn }
      #expect(objective?.value == Double(count), "seed \(seed)")
      #expect(objective?.lowerBound == Double(count), "seed \(seed): not proved")
    case (.none, .noPlan(let noPlan)):
      if case .undecided = noPlan.finding {
        Issue.record("seed \(seed): could not tell; trying everything finds none")
      }
    case (.tooMany, _): break
    case (let expected, let answer):
      Issue.record("seed \(seed): trying everything says \(expected), the planner \(answer)")
    }
  }

  @Test("the same request gives the same bytes", arguments: [UInt64(2), 3, 4, 5])
  func isDeterministic(seed: UInt64) throws {
    let inventory = SmallFleets().inventory(seed: seed)
    func bytes() throws -> [UInt8]? {
      guard case .planned(let fleet) = try Self.planned(inventory, Self.goal(of: seed), seed: seed) else {
        return nil
      }
      return PlanDocument.encode(fleet.plan)
    }
    #expect(try bytes() == bytes())
  }
}
