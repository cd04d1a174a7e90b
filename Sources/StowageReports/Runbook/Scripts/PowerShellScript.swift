import Mustache
import StowageModel

/// `run.ps1`: the runbook as a PowerShell script, for 5.1 and 7.
///
/// As in ``ShellScript``, the template holds what is the same for every plan; each step is an object
/// whose course is a script block in which every value is one literal.
struct PowerShellScript {
  let runbook: Runbook
  let guide: any RunbookGuide
  let conditions: StartConditions

  init(_ runbook: Runbook, guide: any RunbookGuide) {
    self.runbook = runbook
    self.guide = guide
    conditions = StartConditions(runbook.input.plan.moves)
  }

  /// The script, with a byte order mark: PowerShell 5.1 would read UTF-8 without it as Windows-1252.
  var text: String {
    let steps = conditions.moves.indices.map(step).joined()
    let hosts = runbook.closingHosts.flatMap { host in
      let parts = [guide.close(host)] + (runbook.isPoweredOff(host) ? [guide.switchOff(host)] : [])
      return ["Write-Host \(PowerShellText.literal("  host \(VisibleText.name(host.rawValue))"))"]
        + parts.filter { $0.kind == .act }.flatMap { calls($0.actions) }
    }
    return "\u{feff}"
      + Self.template.render(
        Page(
          comments: runbook.scriptComments, openings: openings, times: times, gate: runbook.gate.shellWord,
          minutes: "\(runbook.gate.minutes)",
          steps: steps, hosts: hosts.map { "  \($0)\n" }.joined()))
  }

  private struct Page {
    let comments: [String]
    let openings: [String]
    let times: [String]
    let gate: String
    let minutes: String
    let steps: String
    let hosts: String
  }

  /// Read once.
  private static let template = PageTemplate.read(
    PackageResources.script_ps1_mustache, name: "script.ps1.mustache")

  private func step(_ position: Int) -> String {
    let move = conditions.moves[position]
    let condition = conditions.conditions[position]
    let procedure = guide.procedure(of: move)
    var course = calls(procedure.actions(.check, .stop))
    if procedure.parts.contains(where: { $0.kind == .stop }) {
      course.append("Set-Released \(PowerShellText.literal(move.id.rawValue))")
    }
    course += calls(procedure.actions(.act))
    if !condition.endedBeforeRestart.isEmpty {
      course.append("Wait-Steps \(ids(condition.endedBeforeRestart))")
    }
    course += calls(procedure.actions(.restart, .verify))
    let byHand =
      procedure.byHand.map { ["Write-Host \(PowerShellText.literal("  by a person: \($0)"))"] } ?? []
    let patience =
      procedure.parts.contains { $0.kind == .abort && !$0.actions.isEmpty } ? self.patience(procedure) : 0
    return """
        [pscustomobject]@{
          Id = \(PowerShellText.literal(move.id.rawValue)); Wave = \(conditions.waves[position])
          How = '\(procedure.byHand == nil ? "auto" : "hand")'; Patience = \(patience)
          Ended = \(ids(condition.ended)); Released = \(ids(condition.released))
          Hours = \(runbook.calendar?.hours(of: move) ?? 0); Length = \(runbook.calendar?.need(of: move) ?? 0)
          Title = \(PowerShellText.literal(runbook.scriptTitle(move)))
          Course = {
      \(indented(byHand + course))    }
          Abort = {
      \(indented(orNothing(procedure.actions(.abort))))    }
          Back = {
      \(indented(orNothing(procedure.actions(.back))))    }
        }

      """
  }

  private var openings: [String] {
    runbook.calendar?.openings.map {
      "@{ Hours = \($0.hours); From = \($0.from); To = \($0.to); Text = \(PowerShellText.literal($0.text)) }"
    } ?? []
  }

  private var times: [String] {
    runbook.scriptTimes(conditions).sorted { $0.key < $1.key }.map {
      "\($0.key) = \(PowerShellText.literal($0.value))"
    }
  }

  private func patience(_ procedure: Procedure) -> Int {
    for case .longRun(_, _, let seconds?) in procedure.actions(.act) { return seconds }
    return 0
  }

  private func orNothing(_ actions: [RunbookAction]) -> [String] {
    let calls = calls(actions)
    return calls.isEmpty ? ["throw 'no command is printed for this: see the runbook'"] : calls
  }

  private func indented(_ lines: [String]) -> String { lines.map { "      \($0)\n" }.joined() }

  private func ids(_ positions: [Int]) -> String {
    "@(\(positions.map { PowerShellText.literal(conditions.moves[$0].id.rawValue) }.joined(separator: ", ")))"
  }

  private func calls(_ actions: [RunbookAction]) -> [String] { actions.map(call) }

  private func call(_ action: RunbookAction) -> String {
    switch action {
    case .run(let command): "Invoke-Action \(block(command))"
    case .look(let command): "Show-Answer \(block(command))"
    case .pause(let seconds): "Wait-Seconds \(seconds)"
    case .expect(let command, .equals(let wanted)):
      "Assert-Answer \(PowerShellText.literal(wanted)) \(block(command))"
    case .expect(let command, .isEmpty): "Assert-Answer '' \(block(command))"
    case .expect(let command, .field(let field, let wanted)):
      "Assert-Field \(PowerShellText.literal(field)) \(PowerShellText.literal(wanted)) \(block(command))"
    case .expect(let command, .sameAs(let other)): "Assert-Agreement \(block(other)) \(block(command))"
    case .wait(let command, let expectation, let every, let tries):
      "Wait-Answer \(every) \(tries) \(Self.wanted(expectation)) \(block(command))"
    case .longRun(let command, let meanwhile, _):
      "Invoke-Long \(block(command))" + (meanwhile.map { " \(block($0))" } ?? "")
    }
  }

  private func block(_ command: Command) -> String { "{ \(PowerShellText.line(command)) }" }

  private static func wanted(_ expectation: Expectation) -> String {
    switch expectation {
    case .field(let field, let wanted): "\(PowerShellText.literal(field)) \(PowerShellText.literal(wanted))"
    case .equals(let wanted): "'' \(PowerShellText.literal(wanted))"
    case .isEmpty: "'' ''"
    case .sameAs: preconditionFailure("no guide waits for the answer of another command")
    }
  }
}
