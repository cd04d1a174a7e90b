import ArgumentParser
import StowageKit

/// `stowage runbook`
struct RunbookCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Prints the runbook of a plan, or writes it.",
    discussion: """
      With --inventory the plan is judged again first, and the runbook knows the names and states of
      the VMs. This version has runbooks for libvirt.
      """)

  @Argument(help: "The plan.", completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("The inventory that the plan is for.", valueName: "path"), completion: .file())
  var inventory: String?

  @Option(help: "Platform, if not the plan's own.")
  var platform: Platform?

  @Option(help: ArgumentHelp("Folder to write runbook.md into.", valueName: "dir"), completion: .directory)
  var out: String?

  func answer(on console: Console) -> ExitStatus {
    guard let document = PlanReading.read(plan, on: console) else { return .badInput }
    guard let input = input(for: document, on: console) else { return .badInput }
    guard input.isVerified || inventory == nil else {
      console.note("error: the plan does not hold for this inventory; `stowage verify` says why")
      return .no
    }
    do {
      let text = try Runbook(input, platform: platform).markdown()
      guard let out else {
        console.answer(text)
        return .answered
      }
      try OutputFolder(out).write([("runbook.md", Array(text.utf8))])
      return .answered
    } catch let failure as RunbookFailure {
      console.note("error: \(failure)")
      return .usage
    } catch {
      console.note("error: \(error)")
      return .badInput
    }
  }

  private func input(for document: Plan, on console: Console) -> ReportInput? {
    guard let inventory else {
      console.note("note: without --inventory the plan is taken as it is, and every VM as running")
      return .withoutInventory(document)
    }
    let result = InventoryReader.read(inventory)
    for diagnostic in result.log.kept where diagnostic.severity == .error {
      console.note(diagnostic.description)
    }
    guard let read = result.inventory, !result.log.hasErrors else { return nil }
    return .judged(document, of: read)
  }
}
