import ArgumentParser
import StowageKit

/// `stowage compare`
struct CompareCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Puts two plans, or two inventories, side by side.",
    discussion: """
      Of plans: figures, and the VMs that end or move otherwise. Of inventories: hosts and VMs that came, went, \
      moved or changed; both are read with the same --also, --rules, --utilisation and --from. Exit status 0 whether or \
      not they differ.

      Examples:
        stowage compare monday/plan.json tuesday/plan.json
        stowage compare fleet-before/ fleet-now/
        stowage compare monday/plan.json tuesday/plan.json --out side-by-side/
      """)

  @Argument(help: ArgumentHelp("A plan or an inventory.", valueName: "a"), completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("Another of the same kind.", valueName: "b"), completion: .file())
  var second: String

  @OptionGroup var reading: ReadingOptions

  @Option(help: ArgumentHelp("Folder for the comparison's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    guard let left = read(first, on: console), let right = read(second, on: console) else { return .badInput }
    let comparison: Comparison
    switch (left, right) {
    case (.plan(let left), .plan(let right)):
      guard !reading.areGiven else {
        console.note(
          "error: --also, --utilisation, --rules and --from say how inventories are read; these are plans")
        return .usage
      }
      comparison = Comparison(left, right, names: (first, second))
    case (.inventory(let left), .inventory(let right)):
      comparison = Comparison(left, right, names: (first, second))
    case (.plan, .inventory), (.inventory, .plan):
      console.note("error: one is a plan and the other an inventory; name two of a kind")
      return .usage
    }
    if let out, !console.write(ComparisonFiles.all(comparison), to: out) { return .badInput }
    switch format {
    case .text:
      let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
      console.answer(comparison.text(layout: layout))
    case .json: console.answer(comparison.json)
    }
    return .answered
  }

  private enum Thing {
    case plan(Plan)
    case inventory(Inventory)
  }

  private func read(_ path: String, on console: Console) -> Thing? {
    if PlanDocument.isPlan(at: path) { return PlanReading.read(path, on: console).map(Thing.plan) }
    return reading.load(path, on: console, isQuiet: true).inventory.map(Thing.inventory)
  }
}
