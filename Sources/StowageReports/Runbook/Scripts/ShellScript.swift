import Mustache
import StowageModel

/// `run.sh`: the runbook as a POSIX shell script.
///
/// The template holds what is the same for every plan: options, journal, the loop that starts steps when
/// what they wait for has come. Here are the steps: one function each, in which every value is one quoted word.
struct ShellScript {
  let runbook: Runbook
  let guide: any RunbookGuide
  let conditions: StartConditions

  init(_ runbook: Runbook, guide: any RunbookGuide) {
    self.runbook = runbook
    self.guide = guide
    conditions = StartConditions(runbook.input.plan.moves)
  }

  /// The script.
  var text: String {
    let procedures = conditions.moves.map(guide.procedure)
    var functions: [String] = []
    for (position, procedure) in procedures.enumerated() { add(procedure, position, to: &functions) }
    let hosts = runbook.closingHosts
    if !hosts.isEmpty { addHosts(hosts, to: &functions) }
    return Self.template.render(
      Page(
        comments: runbook.scriptComments, table: table(procedures), waves: waves, openings: openings,
        gate: runbook.gate.shellWord,
        minutes: "\(runbook.gate.minutes)", functions: functions.map { "\($0)\n" }.joined(),
        hasHosts: !hosts.isEmpty))
  }

  private struct Page {
    let comments: [String]
    let table: [String]
    let waves: [String]
    let openings: [String]
    let gate: String
    let minutes: String
    let functions: String
    let hasHosts: Bool
  }

  /// Read once.
  private static let template = PageTemplate.read(
    PackageResources.script_sh_mustache, name: "script.sh.mustache")

  private func table(_ procedures: [Procedure]) -> [String] {
    conditions.moves.indices.map { position in
      let move = conditions.moves[position]
      let condition = conditions.conditions[position]
      return [
        "\(position + 1)", move.id.rawValue, "\(conditions.waves[position])",
        procedures[position].byHand == nil ? "auto" : "hand", ids(condition.ended), ids(condition.released),
        runbook.calendar?.hours(of: move).map { "\($0)" } ?? "-", "\(runbook.calendar?.need(of: move) ?? 0)",
      ].joined(separator: " ")
    }
  }

  private var waves: [String] {
    runbook.scriptTimes(conditions).sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
  }

  private var openings: [String] {
    runbook.calendar?.openings.map { "\($0.hours) \($0.from) \($0.to) \($0.text)" } ?? []
  }

  private func ids(_ positions: [Int]) -> String {
    positions.isEmpty ? "-" : positions.map { conditions.moves[$0].id.rawValue }.joined(separator: ",")
  }

  private func add(_ procedure: Procedure, _ position: Int, to lines: inout [String]) {
    let number = position + 1
    let move = conditions.moves[position]
    lines.append("step_\(number)() {")
    lines.append("  title \(ShellText.word(runbook.scriptTitle(move)))")
    if let byHand = procedure.byHand { lines.append("  title \(ShellText.word("by a person: \(byHand)"))") }
    lines += calls(procedure.actions(.check), number)
    lines += calls(procedure.actions(.stop), number)
    if procedure.parts.contains(where: { $0.kind == .stop }) { lines.append("  release \(move.id.rawValue)") }
    lines += calls(procedure.actions(.act), number)
    let leaving = conditions.conditions[position].endedBeforeRestart
    if !leaving.isEmpty {
      lines.append("  await_steps \(leaving.map { conditions.moves[$0].id.rawValue }.joined(separator: " "))")
    }
    lines += calls(procedure.actions(.restart), number)
    lines += calls(procedure.actions(.verify), number)
    lines.append("}")
    for (name, kind) in [("abort", RunbookPart.Kind.abort), ("back", .back)] {
      let own = calls(procedure.actions(kind), number)
      lines.append("\(name)_\(number)() {")
      lines += own.isEmpty ? ["  give_up 'no command is printed for this: see the runbook'"] : own
      lines.append("}")
    }
  }

  private func addHosts(_ hosts: [Host.ID], to lines: inout [String]) {
    lines.append("hosts() {")
    for host in hosts {
      lines.append("  title \(ShellText.word("host \(VisibleText.name(host.rawValue))"))")
      let parts = [guide.close(host)] + (runbook.isPoweredOff(host) ? [guide.switchOff(host)] : [])
      for part in parts where part.kind == .act { lines += calls(part.actions, 0) }
    }
    lines.append("}")
  }

  private func calls(_ actions: [RunbookAction], _ number: Int) -> [String] {
    actions.flatMap { call($0, number) }
  }

  private func call(_ action: RunbookAction, _ number: Int) -> [String] {
    switch action {
    case .run(let command): ["  run \(ShellText.line(command))"]
    case .look(let command): ["  look \(ShellText.line(command))"]
    case .pause(let seconds): ["  pause \(seconds)"]
    case .expect(let command, .equals(let wanted)):
      ["  expect \(ShellText.word(wanted)) \(ShellText.line(command))"]
    case .expect(let command, .isEmpty): ["  expect '' \(ShellText.line(command))"]
    case .expect(let command, .field(let field, let wanted)):
      ["  expect_field \(ShellText.word(field)) \(ShellText.word(wanted)) \(ShellText.line(command))"]
    case .expect(let command, .sameAs(let other)):
      ["  reference \(ShellText.line(other))", "  expect_reference \(ShellText.line(command))"]
    case .wait(let command, let expectation, let every, let tries):
      ["  await \(every) \(tries) \(Self.wanted(expectation)) \(ShellText.line(command))"]
    case .longRun(let command, let meanwhile, let patience):
      ["  begin \(ShellText.line(command))"]
        + (meanwhile.map { ["  meanwhile \(ShellText.line($0))"] } ?? [])
        + [patience.map { "  finish \($0) \(number)" } ?? "  outlast"]
    }
  }

  /// Field and value of what is waited for.
  private static func wanted(_ expectation: Expectation) -> String {
    switch expectation {
    case .field(let field, let wanted): "\(ShellText.word(field)) \(ShellText.word(wanted))"
    case .equals(let wanted): "'' \(ShellText.word(wanted))"
    case .isEmpty: "'' ''"
    case .sameAs: preconditionFailure("no guide waits for the answer of another command")
    }
  }
}
