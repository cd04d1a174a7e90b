import ArgumentParser
import StowageCosts
import StowageFleet
import StowageKit
import StowageTestSupport

/// Plans of generated small fleets, judged by the verifier and by the naive checker, as made and tampered with.
struct AgreementSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Holds the verifier against a naive checker, and against plans that were tampered with.",
    discussion: """
      Small fleets with rules of all kinds are generated, one a seed, and planned for each of the goals. The plan is \
      judged by the verifier and by a checker that looks at the whole fleet at every instant; both must accept it. Then it \
      is tampered with in every way that it offers a hold for; the verifier must reject it each time. Seeds that \
      fail are printed; the exit status is 1 when there are any.
      """)

  @Option(help: "Plans to judge; fleets without a plan do not count.")
  var plans = 2000

  @Option(help: "The first seed.")
  var seed: UInt64 = 1

  @Option(help: "Seconds of the clock to plan in; by default limits are counted in work.")
  var timeLimit: Double?

  @Option(help: "Seeds that take this many CPU seconds or more are named on the standard error.")
  var slow = 10.0

  func run() throws {
    var tally = Tally()
    var seed = seed
    while tally.plans < plans {
      try judge(seed, &tally)
      seed += 1
    }
    tally.show()
    if !tally.failures.isEmpty { throw ExitCode(1) }
  }

  private func judge(_ seed: UInt64, _ tally: inout Tally) throws {
    let (found, measured) = try Measurement.of { try SmallPlans.planned(seed: seed, clock: timeLimit) }
    measured.warn(of: "seed \(seed): the plan", from: slow)
    guard let (inventory, plan) = found else {
      tally.withoutPlan += 1
      return
    }
    tally.plans += 1
    tally.moves += plan.moves.count
    let engine = MigrationEngine.of(plan.options.platform)
    let fleet = Fleet(inventory, options: plan.options) { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) { because } else { nil }
    }
    let checker = NaiveChecker(fleet, engine: engine)
    let clock = NaiveClock(inventory, start: SmallFleets.start)
    let problems = { (plan: Plan) in checker.problems(plan) + clock.problems(plan.moves, plan.options.waves) }
    let verdict = Verifier.judge(plan, of: inventory)
    let naive = problems(plan)
    if verdict.decision != .accepted || !naive.isEmpty {
      tally.failures.append("seed \(seed): \(verdict.decision.rawValue), naively \(naive.prefix(2))")
    }
    for (pick, tampering) in Tampering.allCases.enumerated() {
      guard let other = tampering.changed(plan, of: inventory, pick: Int(seed % 997) + pick) else { continue }
      let isCaught = Verifier.judge(other, of: inventory).decision == .rejected
      tally.count(tampering, isCaught: isCaught, isSeenNaively: !problems(other).isEmpty)
      if !isCaught { tally.failures.append("seed \(seed): \(tampering.rawValue) is not rejected") }
    }
  }
}

/// What came of all plans.
private struct Tally {
  var plans = 0
  var withoutPlan = 0
  var moves = 0
  var failures: [String] = []
  private var counts: [Tampering: (all: Int, caught: Int, naively: Int)] = [:]

  mutating func count(_ tampering: Tampering, isCaught: Bool, isSeenNaively: Bool) {
    counts[tampering, default: (0, 0, 0)].all += 1
    counts[tampering, default: (0, 0, 0)].caught += isCaught ? 1 : 0
    counts[tampering, default: (0, 0, 0)].naively += isSeenNaively ? 1 : 0
  }

  func show() {
    print("\(plans) plans, \(moves) moves; \(withoutPlan) fleets without a plan")
    for tampering in Tampering.allCases {
      let (all, caught, naively) = counts[tampering] ?? (0, 0, 0)
      print("\(tampering.rawValue): \(caught) of \(all) rejected, \(naively) seen by the naive checker")
    }
    for failure in failures { print(failure) }
    print(failures.isEmpty ? "all agree" : "\(failures.count) disagreements")
  }
}
