import StowageModel

/// What every platform's guide needs to know of a plan.
struct GuideFacts: Sendable {
  let input: ReportInput
  let names: Names
  private let movesInto: [Host.ID: [Move]]

  /// How often a VM's shutdown is looked for, every two seconds.
  static let shutdownTries = 90
  /// Hosts for which commands are spelled out; the rest is counted.
  static let hostLimit = 100

  init(_ input: ReportInput, names: Names) {
    self.input = input
    self.names = names
    movesInto = Dictionary(grouping: input.plan.moves, by: \.to)
  }

  /// Every host that the plan touches, in ascending order.
  var hosts: [Host.ID] {
    Set(input.plan.moves.flatMap { [$0.from, $0.to] } + input.plan.poweredOffHosts).sorted()
  }

  /// Whether a move copies the VM's disks along.
  func copiesDisks(_ move: Move) -> Bool {
    if move.datastore != nil { return true }
    if let known = input.movesWithDiskCopy { return known.contains(move.id) }
    guard let vm = names.vm(move.vm) else { return false }
    return vm.hasLocalDisk == true || vm.blockers.contains(.localDisk)
  }

  /// Moves onto a move's source after it has left: on the way back they come first.
  func inTheWay(of move: Move) -> [Move.ID] {
    movesInto[move.from, default: []].filter {
      $0.id != move.id && $0.startSeconds >= move.sourceReleasedSeconds
    }.map(\.id).sorted()
  }

  /// What to say on the way back: moves that have filled the source since must go back first.
  func takeBackFirst(_ move: Move) -> String {
    let inTheWay = inTheWay(of: move)
    guard !inTheWay.isEmpty else {
      return "The same move the other way round; the source has kept its room."
    }
    let ids = Summary.list(inTheWay.map { MarkdownText.code($0.rawValue) }, limit: 12)
    return "The same move the other way round, after these have gone back: \(ids)."
  }

  /// The planned rate in whole MiB/s, rounded down: links are shared to the last unit. `nil` when the
  /// plan copies nothing.
  func bandwidth(of move: Move) -> Int? {
    guard move.rateMiBPerSecond.isFinite, move.rateMiBPerSecond > 0, move.rateMiBPerSecond < 1e9 else {
      return nil
    }
    return max(1, Int(move.rateMiBPerSecond.rounded(.down)))
  }

  /// When to give up on a move that does not end: twice the longest expected time, at least 60 s.
  func patienceSeconds(of move: Move) -> Int {
    let longest = move.estimate?.highSeconds ?? (move.endSeconds - move.startSeconds)
    return Int(min(86_400 * 7, max(60, 2 * longest)).rounded(.up))
  }

  /// A sentence on the pause that is to be expected.
  func pauseNote(_ move: Move) -> [String] {
    guard names.runs(move.vm), let pause = move.estimate?.downtimeMilliseconds else { return [] }
    return [
      "The pause is near \(Units.duration(milliseconds: pause)). The service answers."
    ]
  }

  /// How long a shutdown is waited for.
  static var shutdownMinutes: String { Units.duration(seconds: Double(2 * shutdownTries)) }

  /// Sentences on a VM that is stopped for its move.
  static var stopNotes: [String] {
    [
      "The pause begins. If it is not off after \(shutdownMinutes), ask its owner; do not pull the plug unasked."
    ]
  }

  /// A name that a platform's program takes as one name and nothing else: letters, digits, `-`, `_`
  /// and `.`, not beginning with a dash.
  static func isPlain(_ name: String) -> Bool {
    HostAddress(name).isHostName && !name.contains(":")
  }

  /// A name without signs that a program would read as a pattern or a path, and not beginning with
  /// a dash, which would make it an option.
  static func isLiteral(_ name: String) -> Bool {
    VisibleText.isVisible(name) && !name.isEmpty && !name.hasPrefix("-")
      && !name.unicodeScalars.contains { "*?[]/\\".unicodeScalars.contains($0) }
      && name.unicodeScalars.first != " " && name.unicodeScalars.last != " "
  }

  /// A move whose aid no command of the platform asks for.
  static func withheld(_ aid: PreCopyAid) -> Procedure {
    .withheld(
      "no command here asks for \(aid.name), which the move relies on",
      remedy: platformRemedy)
  }

  /// What to do about a plan made for another platform.
  static let platformRemedy = "Plan again with --platform set to the platform that executes the plan"

  /// What to do about a name that no command can carry.
  static let renameRemedy = "Rename the VM or host and plan again, or move it by hand"
}
