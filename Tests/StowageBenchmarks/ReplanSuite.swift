import ArgumentParser
import StowageKit
import StowageTestSupport

/// Plans that are stopped after any step, and gone on with.
struct ReplanSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replan",
    abstract: "Stops generated plans after a step and plans the rest again.",
    discussion: """
      Plans of generated small fleets are stopped after a random number of steps; what was under way then is done or \
      failed. The rest must be a plan that the verifier accepts, and no VM that has come to its host \
      may move again, unless it makes room for others, or the placement was sought again. Seeds \
      that fail are printed; the exit status is 1 when there are any.
      """)

  @Option(help: "Stops to make; plans without moves do not count.")
  var cases = 500

  @Option(help: "The first seed.")
  var seed: UInt64 = 1

  @Option(help: "Seeds that take this many CPU seconds or more are named on the standard error.")
  var slow = 10.0

  func run() throws {
    var (stops, planned, soughtAgain, withoutPlan) = (0, 0, 0, 0)
    var failures: [String] = []
    var seed = seed
    while stops < cases {
      defer { seed += 1 }
      let (found, measured) = try Measurement.of { try SmallPlans.planned(seed: seed) }
      measured.warn(of: "seed \(seed): the plan", from: slow)
      guard let (inventory, plan) = found, !plan.moves.isEmpty else { continue }
      stops += 1
      var random = SplitMix(state: seed)
      let journal = journal(plan, after: random.below(plan.moves.count + 1), &random)
      let (answer, again) = try Measurement.of {
        try Replanner(timeLimitSeconds: 10).replan(inventory, plan, journal: journal, isDeterministic: true)
      }
      again.warn(of: "seed \(seed): the rest", from: slow)
      if !answer.report.soughtAgainBecause.isEmpty { soughtAgain += 1 }
      switch answer.planning {
      case .planned(let rest):
        planned += 1
        failures += faults(rest.plan, answer, after: plan).map { "seed \(seed): \($0)" }
      case .noPlan(let noPlan):
        withoutPlan += 1
        print("seed \(seed): no plan of the rest: \(noPlan.progress.joined(separator: "; "))")
      }
    }
    print(
      "\(stops) stops: \(planned) rests planned, \(withoutPlan) without a plan, \(soughtAgain) sought again")
    for failure in failures { print(failure) }
    if !failures.isEmpty { throw ExitCode(1) }
  }

  /// So many steps are done, in the order of their ends; those under way then are done, failed or still
  /// under way.
  private func journal(_ plan: Plan, after count: Int, _ random: inout SplitMix) -> [JournalEntry] {
    let byEnd = plan.moves.sorted { ($0.endSeconds, $0.id) < ($1.endSeconds, $1.id) }
    let done = byEnd.prefix(count)
    let instant = done.last?.endSeconds ?? 0
    let underWay = byEnd.dropFirst(count).filter { $0.startSeconds < instant }
    let outcomes: [JournalEntry.Outcome] = [.done, .failed, .underWay]
    return done.map { JournalEntry(step: $0.id, outcome: .done) }
      + underWay.map { JournalEntry(step: $0.id, outcome: outcomes[random.below(3)]) }
  }

  private func faults(_ rest: Plan, _ answer: Replanner.Answer, after plan: Plan) -> [String] {
    let verdict = Verifier.judge(rest, of: answer.inventory)
    var faults: [String] = []
    if verdict.decision != .accepted { faults.append("the verifier rejects the rest") }
    guard answer.report.soughtAgainBecause.isEmpty else { return faults }
    let finished = Set(answer.inventory.vms.filter { $0.host == plan.placement[$0.id] }.map(\.id))
    let again = rest.moves.filter { finished.contains($0.vm) && !$0.reason.contains("room") }
    return faults + again.map { "\($0.vm) has come to its host and moves again: \($0.reason)" }
  }
}
