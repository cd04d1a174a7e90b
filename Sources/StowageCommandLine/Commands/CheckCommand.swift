import ArgumentParser
import StowageKit

/// `stowage check`
struct CheckCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says every problem of the input and every rule broken today; changes nothing.",
    discussion: """
      Exit status 0: sound, and no rule is broken. 1: rules are broken or hosts hold more than they \
      should. 3: the input cannot be used.
      """)

  @OptionGroup var source: InventoryArguments
  @OptionGroup var sizing: SizingArguments

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    let (inventory, log) = source.load(on: console, isQuiet: true)
    guard let inventory else { return .badInput }
    let report = CheckReport.of(
      inventory, source: source.inventory, log: log, options: PlanOptions(sizing: sizing.sizing))
    switch format {
    case .text: console.answer(report.text(layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)))
    case .json: console.answer(report.json)
    }
    return report.isClean ? .answered : .no
  }
}
