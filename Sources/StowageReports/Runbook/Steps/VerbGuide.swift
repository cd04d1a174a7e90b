import StowageModel

/// A guide of a platform on which every move is made of the same few verbs: look, shut down, move,
/// start. The course of a step follows from them, and is the same on all of these platforms.
///
/// Names handed to the verbs are ones that ``subject(_:)`` and ``place(_:)`` have let through.
protocol VerbGuide: RunbookGuide {
  var facts: GuideFacts { get }
  /// Whether moves can be switched over before their memory has arrived.
  var hasPostCopy: Bool { get }
  /// What to know of every live move.
  func liveNotes(_ move: Move) -> [String]
  /// How a live move is ended, in words.
  var abortNote: String { get }
  /// Why a move needs a person, if it does.
  func byHand(_ move: Move, copiesDisks: Bool) -> String?

  /// The platform's name of a VM; `nil` when it has none that a command can carry.
  func subject(_ vm: VM.ID) -> String?
  /// The platform's name of a host; `nil` when it has none that a command can carry.
  func place(_ host: Host.ID) -> String?
  /// What makes a name one that no command can carry.
  var nameRule: String { get }

  /// Whether a VM runs (or is off) at a host.
  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation)
  /// Whether a VM is at a host; `nil` when ``state(_:at:runs:)`` asks the host itself.
  func location(_ vm: String, at host: String) -> (Command, Expectation)?
  /// What else to look at before a move.
  func before(_ vm: String, from: String, to: String) -> [RunbookAction]
  /// Shuts a VM down from within.
  func shutDown(_ vm: String, at host: String) -> Command
  /// Starts a VM.
  func start(_ vm: String, at host: String) -> Command
  /// Moves a running VM.
  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command]
  /// Moves a VM that is off; empty when nothing has to move.
  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command]
  /// Shows how far a move is.
  func progress(_ vm: String, from: String) -> [Command]
}

extension VerbGuide {
  func procedure(of move: Move) -> Procedure {
    let remedy = GuideFacts.renameRemedy
    guard let vm = subject(move.vm), let from = place(move.from), let to = place(move.to) else {
      return .withheld(nameRule, remedy: remedy)
    }
    let runs = facts.names.runs(move.vm)
    guard hasPostCopy || !move.technique.hasPointOfNoReturn || !runs else {
      return .withheld(
        "this platform has no \(move.technique.rawValue)",
        remedy: GuideFacts.platformRemedy)
    }
    if let aid = move.aid { return GuideFacts.withheld(aid) }
    let verbs = Verbs(guide: self, move: move, vm: vm, from: from, to: to)
    let copiesDisks = facts.copiesDisks(move)
    let parts =
      !runs ? verbs.offParts : move.technique == .cold ? verbs.coldParts : verbs.liveParts
    return Procedure(parts, byHand: byHand(move, copiesDisks: copiesDisks))
  }
}

/// The course of one step, made of a guide's verbs.
private struct Verbs<Guide: VerbGuide> {
  let guide: Guide
  let move: Move
  let vm: String
  let from: String
  let to: String

  private var facts: GuideFacts { guide.facts }

  var liveParts: [RunbookPart] {
    let commands = guide.moveRunning(move, vm, from: from, to: to)
    let patience = facts.patienceSeconds(of: move)
    var parts = [
      check(runs: true),
      RunbookPart(
        .act, "Move", guide.liveNotes(move),
        commands.dropLast().map(RunbookAction.run)
          + commands.suffix(1).map { command in
            move.technique.hasPointOfNoReturn
              ? .run(command) : .longRun(command, meanwhile: nil, patienceSeconds: patience)
          }),
      RunbookPart(
        .watch, "Watch",
        ["If it has not ended after \(Units.duration(seconds: Double(patience))), abort it."],
        guide.progress(vm, from: from).map(RunbookAction.look)),
      verify(runs: true),
      RunbookPart(.abort, "Abort before switch-over", [guide.abortNote], []),
    ]
    if move.technique.hasPointOfNoReturn {
      parts.append(
        RunbookPart(
          .recovery, "No rollback in the window, recovery only",
          [
            "From switch-over to the end the VM's memory lies on both hosts: never abort, never stop the VM on either.",
            "Keep both hosts and the network up, and let the platform finish.",
          ]))
    }
    parts.append(
      RunbookPart(
        .back, "Way back after switch-over", [facts.takeBackFirst(move)],
        guide.moveRunning(move, vm, from: to, to: from).map(RunbookAction.run)))
    return parts
  }

  var coldParts: [RunbookPart] {
    let moving = guide.moveStopped(move, vm, from: from, to: to)
    return [
      check(runs: true),
      RunbookPart(
        .stop, "Stop", GuideFacts.stopNotes, [.run(guide.shutDown(vm, at: from)), off(at: from)]),
    ]
      + (moving.isEmpty
        ? [] : [RunbookPart(.act, "Move", [], moving.map(RunbookAction.run))]) + [
        RunbookPart(
          .restart, "Start", ["The pause ends when its service answers."], [.run(guide.start(vm, at: to))]),
        verify(runs: true),
        RunbookPart(
          .abort, "Abort before the move", ["Start it where it was."], [.run(guide.start(vm, at: from))]),
        RunbookPart(
          .back, "Way back after the move", [facts.takeBackFirst(move)],
          [.run(guide.shutDown(vm, at: to)), off(at: to)]
            + guide.moveStopped(move, vm, from: to, to: from).map(RunbookAction.run)
            + [.run(guide.start(vm, at: from))]),
      ]
  }

  var offParts: [RunbookPart] {
    let moving = guide.moveStopped(move, vm, from: from, to: to)
    guard !moving.isEmpty else {
      return [
        RunbookPart(
          .note, "Nothing to do",
          ["A VM that is off belongs to no host here; it is started where there is room."])
      ]
    }
    return [
      check(runs: false), RunbookPart(.act, "Move", [], moving.map(RunbookAction.run)), verify(runs: false),
      RunbookPart(
        .back, "Way back", [facts.takeBackFirst(move)],
        guide.moveStopped(move, vm, from: to, to: from).map(RunbookAction.run)),
    ]
  }

  private func check(runs: Bool) -> RunbookPart {
    RunbookPart(
      .check, "Check",
      [
        "It \(runs ? "runs" : "is off") on \(MarkdownText.code(move.from.rawValue)), and nothing is in the way."
      ],
      found(at: from, runs: runs) + guide.before(vm, from: from, to: to))
  }

  private func verify(runs: Bool) -> RunbookPart {
    RunbookPart(
      .verify, "Verify",
      ["It \(runs ? "runs" : "is registered") on \(MarkdownText.code(move.to.rawValue))."]
        + (runs ? facts.pauseNote(move) : []), found(at: to, runs: runs))
  }

  private func found(at host: String, runs: Bool) -> [RunbookAction] {
    let state = guide.state(vm, at: host, runs: runs)
    let location = guide.location(vm, at: host).map { RunbookAction.expect($0.0, $0.1) }
    return [.expect(state.0, state.1)] + (location.map { [$0] } ?? [])
  }

  private func off(at host: String) -> RunbookAction {
    let state = guide.state(vm, at: host, runs: false)
    return .wait(state.0, state.1, everySeconds: 2, tries: GuideFacts.shutdownTries)
  }
}

/// Commands about hosts that several platforms share.
enum HostCommands {
  /// Runs a line on a host by ssh.
  static func ssh(_ host: String, _ words: String...) -> Command {
    .call("ssh", "--", host, words.map(ShellText.word).joined(separator: " "))
  }

  /// The part for a host whose name no command can carry.
  static func withheld(_ title: String) -> RunbookPart {
    RunbookPart(.note, title, ["No command is printed: no command can carry the host's name."])
  }
}
