import ArgumentParser
import StowageKit

/// `stowage replan`
struct ReplanCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "replan",
    abstract: "Plans the rest of a plan that was begun.",
    discussion: """
      INVENTORY is what the plan started from, with --done saying how far it got; or the fleet as it is \
      now, with or without a journal. The old plan's placement is kept where it can be; a finished VM is \
      not moved again without a reason that is named.

      The journal holds one JSON object a line, {"step": "m0007", "outcome": "done", "instant": "…"}, \
      or a table with the columns step, outcome, instant. Outcomes are done, failed, under_way, skipped; of several \
      for one step the last counts. The new plan starts when the steps under way have ended.

      --back plans the way back instead: every VM that the plan moved returns to where it was. Without --done, \
      the inventory that the plan started from is then taken to be the fleet after all of its steps.

      With --out, writes the plan's files, and inventory.json: the fleet that the new plan starts from, \
      for `stowage verify`.

      Examples:
        stowage replan fleet/ plan-out/plan.json --done night.jsonl --out rest
        stowage replan fleet-now/ plan-out/plan.json
        stowage replan fleet/ plan-out/plan.json --back --out way-back
      """)

  @OptionGroup var source: InventoryArguments

  @Argument(help: "The plan that was begun.", completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: ArgumentHelp("Journal of what was done.", valueName: "journal"), completion: .file())
  var done: String?

  @Flag(help: "Leave VMs whose step failed where they are, instead of another try.")
  var skipFailed = false

  @Flag(help: "Bring back what the plan moved, instead of going on with it.")
  var back = false

  @Option(help: ArgumentHelp("Folder for the new plan's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @Option(
    help: ArgumentHelp(
      "When the new plan starts, with its zone. Needed when the old plan says when it starts.",
      valueName: "instant"))
  var start: Instant?

  @OptionGroup var clock: ClockArguments

  @OptionGroup var search: SearchArguments

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    if back, skipFailed {
      throw ValidationError("--skip-failed goes on with a plan; with --back every VM returns")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console).inventory,
      let document = PlanReading.read(plan, on: console)
    else { return .badInput }
    guard start != nil || document.options.start == nil else {
      console.note(
        "error: the plan that was begun started at a stated time; say when the rest starts (--start)")
      return .badInput
    }
    var journal: [JournalEntry]?
    if let done {
      let (entries, log) = JournalDocument.read(path: done, of: document)
      for diagnostic in log.kept where diagnostic.severity != .notice {
        console.note(diagnostic.description)
      }
      guard !log.hasErrors else { return .badInput }
      journal = entries
    }
    console.progress("planning the rest …")
    defer { console.progress("") }
    do {
      if back {
        let way = ReturnPlanner(timeLimitSeconds: search.timeLimit, isDeterministic: search.deterministic)
        return show(try way.plan(inventory, back: document, journal: journal, start: start), on: console)
      }
      let answer = try Replanner(timeLimitSeconds: search.timeLimit).replan(
        inventory, document, journal: journal, start: start, skipsFailed: skipFailed,
        isDeterministic: search.deterministic)
      return show(answer, on: console)
    } catch {
      console.progress("")
      console.note("error: the solver failed: \(error)")
      return .undecided
    }
  }

  private func show(_ answer: Replanner.Answer, on console: Console) -> ExitStatus {
    show(answer.planning, of: answer.inventory, answer.json, on: console) { answer.report.text(layout: $0) }
  }

  private func show(_ answer: ReturnPlanner.Answer, on console: Console) -> ExitStatus {
    show(answer.planning, of: answer.inventory, answer.json, on: console) { answer.report.text(layout: $0) }
  }

  private func show(
    _ planning: PlanningAnswer, of inventory: Inventory, _ json: String, on console: Console,
    report: (Summary.Layout) -> String
  ) -> ExitStatus {
    console.progress("")
    let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
    if format == .json { console.answer(json) }
    switch planning {
    case .planned(let planned):
      var input = planned.reportInput(for: inventory)
      input.zone = clock.timeZone
      if let out, !console.write(RestartFiles.all(input, from: inventory), to: out) { return .badInput }
      if format == .text { console.answer(report(layout) + "\n" + Summary(input, layout: layout).text) }
      return .answered
    case .noPlan(let noPlan):
      if format == .text { console.answer(report(layout) + "\n" + noPlan.text(layout: layout)) }
      return noPlan.status
    }
  }
}
