import ArgumentParser
import StowageKit

/// `stowage verify`
struct VerifyCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Judges any plan, whoever made it.",
    discussion: """
      Replays the plan against the inventory at every instant: paths, capacities, links, limits, \
      rules, techniques, estimates, and every claimed bound. Exit status 0: accepted. 1: rejected, with \
      the first instant at which it breaks. 2: could not tell. 3: the plan or the inventory cannot be read.
      """)

  @OptionGroup var source: InventoryArguments

  @Argument(help: "The plan.", completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console, isQuiet: true).inventory else { return .badInput }
    if RecoveryDocument.isRecoveryPlan(at: plan) { return judgeRecovery(of: inventory, on: console) }
    guard let document = PlanReading.read(plan, on: console) else { return .badInput }
    let verdict = Verifier.judge(document, of: inventory)
    switch format {
    case .text:
      let report = VerdictReport.of(verdict, plan: plan)
      console.answer(report.text(layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)))
    case .json: console.answer(verdict.json)
    }
    switch verdict.decision {
    case .accepted: return .answered
    case .rejected: return .no
    case .undecided: return .undecided
    }
  }

  private func judgeRecovery(of inventory: Inventory, on console: Console) -> ExitStatus {
    let (document, log) = RecoveryDocument.read(path: plan)
    for diagnostic in log.kept where diagnostic.severity != .notice { console.note(diagnostic.description) }
    guard let document, !log.hasErrors else { return .badInput }
    let verdict = RecoveryVerifier.judge(document, of: inventory)
    switch format {
    case .text:
      let report = VerdictReport.of(verdict, plan: plan)
      console.answer(report.text(layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)))
    case .json: console.answer(verdict.json)
    }
    return verdict.isAccepted ? .answered : .no
  }
}
