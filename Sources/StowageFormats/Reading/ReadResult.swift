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

  /// Nothing read.
  public init() {}
}
