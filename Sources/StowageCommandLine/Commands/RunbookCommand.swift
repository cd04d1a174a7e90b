public import ArgumentParser
public import StowageKit

/// `stowage runbook`
struct RunbookCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook",
    abstract: "Prints the runbook of a plan, or writes it.",
    discussion: """
      For people in Markdown (md) or as a page (html); to be run as a shell script (sh), a PowerShell \
      script (ps1) or an Ansible playbook (ansible); the waves as a calendar (ics) or as the table that AWS Application \
      Migration Service imports (mgn). Scripts show what they would do until a wave is \
      confirmed, keep a journal, and go on where they were interrupted.

      With --inventory the plan is judged again first, and the runbook knows the names and states of \
      the VMs.

      Examples:
        stowage runbook plan.json --inventory fleet/ --platform proxmox
        stowage runbook plan.json --inventory fleet/ --format sh --out runbook/
        stowage runbook plan.json --inventory fleet/ --format ps1 --platform vmware \\
          --commit-gate auto-rollback
      """)

  @Argument(help: "The plan.", completion: .file(extensions: ["json"]))
  var plan: String

  @OptionGroup var source: PlannedInventory

  @Option(help: "Platform, if not the plan's own.")
  var platform: Platform?

  @Option(help: "Form of the runbook.")
  var format = RunbookFormat.md

  @Option(
    help: ArgumentHelp(
      "What happens after each wave when nobody says anything [auto-commit after the validation of a plan in waves, else none].",
      valueName: "gate"))
  var commitGate: CommitGate.Kind?

  @Option(help: ArgumentHelp("How long the commit gate waits.", valueName: "minutes"))
  var gateMinutes = 15

  @Option(
    help: ArgumentHelp(
      "Days for which the sources are kept as the way back; the runbook and the calendar say until when.",
      valueName: "days"))
  var keepSourceDays: Int?

  @OptionGroup var clock: ClockArguments

  @Option(
    help: ArgumentHelp("Folder to write the runbook into.", valueName: "dir"), completion: .directory)
  var out: String?

  func validate() throws {
    guard (1...10_080).contains(gateMinutes) else {
      throw ValidationError("--gate-minutes must lie between 1 and 10,080, not \(gateMinutes)")
    }
    if let keepSourceDays, !(0...3650).contains(keepSourceDays) {
      throw ValidationError("--keep-source-days must lie between 0 and 3,650, not \(keepSourceDays)")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    guard let document = PlanReading.read(plan, on: console) else { return .badInput }
    guard var input = input(for: document, on: console) else { return .badInput }
    input.zone = clock.timeZone
    guard input.isVerified || source.inventory == nil else {
      console.note("error: the plan does not hold for this inventory; `stowage verify` says why")
      return .no
    }
    do {
      let gate = commitGate.map { CommitGate($0, minutes: gateMinutes) }
      let text = try Runbook(
        input, platform: platform, gate: gate, keptDays: keepSourceDays
      ).text(format)
      guard let out else {
        console.answer(text)
        return .answered
      }
      return console.write([(format.fileName, Array(text.utf8))], to: out) ? .answered : .badInput
    } catch {
      console.note("error: \(error)")
      return .badInput
    }
  }

  private func input(for document: Plan, on console: Console) -> ReportInput? {
    guard let path = source.inventory else {
      console.note(
        "note: without --inventory the plan is taken as it is, and every VM as running"
          + (document.options.start == nil
            ? "" : "; rules about hours are in the inventory, so no hours are told"))
      return .withoutInventory(document)
    }
    return source.reading.load(path, on: console, isQuiet: true).inventory.map { .judged(document, of: $0) }
  }
}

extension RunbookFormat: ExpressibleByArgument {}
extension CommitGate.Kind: ExpressibleByArgument {}
