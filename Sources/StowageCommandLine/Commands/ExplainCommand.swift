import ArgumentParser
import StowageKit

/// `stowage explain`
struct ExplainCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says why a VM moves, or what happens to a host.",
    discussion: """
      For a VM: why it moves, where to, by which technique and why by no other, when, what it waits for and what waits \
      for it. For a host: who leaves and enters and when, and when it is empty. With --inventory also loads, and \
      why no other host would take the VM.

      Examples:
        stowage explain plan-out/plan.json --vm db-1
        stowage explain plan-out/plan.json --host r1-h04 \\
          --inventory Inventories/two-racks
      """)

  @Argument(help: "The plan.", completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("A VM of the plan.", valueName: "id"))
  var vm: String?

  @Option(help: ArgumentHelp("A host of the plan.", valueName: "id"))
  var host: String?

  @OptionGroup var source: PlannedInventory

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    guard (vm == nil) != (host == nil) else {
      throw ValidationError("name either --vm ID or --host ID")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    guard let document = PlanReading.read(plan, on: console) else { return .badInput }
    var fleet: Inventory?
    if let path = source.inventory {
      guard let read = source.reading.load(path, on: console, isQuiet: true).inventory else {
        return .badInput
      }
      fleet = read
    }
    let explainer = Explainer(plan: document, inventory: fleet)
    let explanation: Explanation
    switch vm.map({ explainer.explain(vm: VM.ID($0)) }) ?? explainer.explain(host: Host.ID(host ?? "")) {
    case .unknown(let problem):
      console.note(problem.description)
      return .badInput
    case .explained(let found): explanation = found
    }
    switch format {
    case .text:
      let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
      console.answer(explanation.text(layout: layout))
    case .json: console.answer(explanation.json)
    }
    return .answered
  }
}
