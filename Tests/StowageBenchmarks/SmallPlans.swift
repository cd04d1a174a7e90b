import StowageKit
import StowageTestSupport

/// Plans of the small fleets that property tests use.
enum SmallPlans {
  /// A fleet and a plan of it, each from the seed; every second fleet has rules of order and time. `nil`
  /// when there is no plan. `clock` is the seconds to plan in, where limits are not to be counted in work.
  static func planned(
    seed: UInt64, clock: Double? = nil
  ) throws -> (inventory: Inventory, plan: Plan)? {
    var fleets = SmallFleets()
    fleets.hasMoveRules = seed % 2 == 1
    let inventory = fleets.inventory(seed: seed)
    let platforms = Platform.allCases
    var options = PlanOptions(
      platform: platforms[Int(seed / 5) % platforms.count], start: SmallFleets.start,
      waves: SmallFleets.waves(seed: seed))
    let goal = goal(of: seed)
    if goal == .evacuate { options.hosts = [inventory.hosts[0].id] }
    let answer = try Planner().plan(
      inventory,
      PlanRequest(
        goal: goal, options: options, timeLimitSeconds: clock ?? 10, isDeterministic: clock == nil,
        seed: seed))
    guard case .planned(let planned) = answer else { return nil }
    return (inventory, planned.plan)
  }

  private static func goal(of seed: UInt64) -> Goal {
    switch seed % 5 {
    case 0: .balance
    case 1: .evacuate
    case 2: .repair
    default: .consolidate
    }
  }
}
