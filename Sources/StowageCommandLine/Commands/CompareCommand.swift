import ArgumentParser
import StowageKit

/// `stowage compare`
struct CompareCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Puts two plans, or two inventories, side by side.",
    discussion: """
      Of plans: figures, and the VMs that end or move otherwise. Of inventories: hosts and VMs that came, went,
      moved or changed. Exit status 0 whether or not they differ.

      Examples:
        stowage compare monday/plan.json tuesday/plan.json
        stowage compare fleet-before/ fleet-now/
      """)

  @Argument(help: ArgumentHelp("A plan or an inventory.", valueName: "a"), completion: .file())
  var first: String

  @Argument(help: ArgumentHelp("Another of the same kind.", valueName: "b"), completion: .file())
  var second: String

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    guard let left = read(first, on: console), let right = read(second, on: console) else { return .badInput }
    let comparison: Comparison
    switch (left, right) {
    case (.plan(let left), .plan(let right)):
      comparison = Comparison(left, right, names: (first, second))
    case (.inventory(let left), .inventory(let right)):
      comparison = Comparison(left, right, names: (first, second))
    case (.plan, .inventory), (.inventory, .plan):
      console.note("error: one is a plan and the other an inventory; name two of a kind")
      return .usage
    }
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
    let result = InventoryReader.read(path)
    for diagnostic in result.log.kept where diagnostic.severity == .error {
      console.note(diagnostic.description)
    }
    guard let inventory = result.inventory, !result.log.hasErrors else { return nil }
    return .inventory(inventory)
  }
}
