public import StowageDiagnostics
public import StowageModel

/// What reading an inventory gave.
public struct ReadResult: Sendable {
  /// The inventory; `nil` when there were errors.
  public var inventory: Inventory?
  /// Everything to tell the operator about the files.
  public var log: DiagnosticLog
  /// Where each rule was written, for what is said about it later.
  public var rulePlaces: [Rule.ID: SourcePlace]
  /// How much was read and left out.
  public var counts: ReadCounts

  /// A result of its parts; the inventory is withheld when the log has errors.
  public init(
    inventory: Inventory?, log: DiagnosticLog, rulePlaces: [Rule.ID: SourcePlace] = [:],
    counts: ReadCounts = ReadCounts()
  ) {
    self.inventory = log.hasErrors ? nil : inventory
    self.log = log
    self.rulePlaces = rulePlaces
    self.counts = counts
  }
}

/// How much was read and left out.
public struct ReadCounts: Hashable, Sendable {
  /// Rows of hosts.
  public var hosts = 0
  /// Rows of VMs, those left out included.
  public var vms = 0
  /// Templates left out.
  public var templates = 0
  /// Placeholders of a replication partner left out.
  public var placeholders = 0
  /// VMs whose host is not known.
  public var unplaced = 0
  /// What else was left out, by what it is: `snapshot`, `control domain`.
  public var skipped: [String: Int] = [:]
  /// What was taken for granted, by what it is about and what was taken: `host: cores taken …`.
  public var assumed: [String: Int] = [:]

  /// Nothing read.
  public init() {}
}

extension ReadCounts {
  /// Nouns of what is left out that is no VM.
  private static let otherThanVMs = ["host", "rule", "file"]

  /// How many VMs are left out, templates and placeholders included.
  var skippedVMs: Int {
    templates + placeholders
      + skipped.filter { entry in !Self.otherThanVMs.contains { entry.key.hasPrefix($0) } }.values.reduce(
        0, +)
  }

  /// What was left out and taken for granted, as sentences for the plan's `assumptions`.
  var notes: [String] {
    var notes: [String] = []
    if templates > 0 { notes.append("\(counted(templates, "template")) left out.") }
    if placeholders > 0 { notes.append("\(counted(placeholders, "placeholder")) left out.") }
    for (noun, count) in skipped.sorted(by: { $0.key < $1.key }) {
      notes.append("Left out, \(noun): \(count).")
    }
    for (what, count) in assumed.sorted(by: { $0.key < $1.key }) {
      notes.append("Assumed of \(count), \(what).")
    }
    return notes
  }

  /// Adds what another part read.
  mutating func add(_ other: ReadCounts) {
    hosts += other.hosts
    vms += other.vms
    templates += other.templates
    placeholders += other.placeholders
    unplaced += other.unplaced
    skipped.merge(other.skipped, uniquingKeysWith: +)
    assumed.merge(other.assumed, uniquingKeysWith: +)
  }
}
