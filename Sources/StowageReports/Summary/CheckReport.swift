public import StowageDiagnostics
public import StowageModel

/// What `stowage check` found: what was read, what is wrong with the input, what is broken today.
public struct CheckReport: Sendable {
  /// The inventory as the operator named it.
  public var source: String
  /// What was read.
  public var inventory: Inventory
  /// Problems of the input.
  public var diagnostics: DiagnosticLog
  /// Rules that are broken today.
  public var brokenRules: [Plan.Violation]
  /// Load of the hosts; only ``HostLoad/start`` is looked at.
  public var hostLoads: [HostLoad]
  /// How CPU was counted, for the unit of the loads.
  public var cpu: CPUCounting

  /// What was found.
  public init(
    source: String, inventory: Inventory, diagnostics: DiagnosticLog, brokenRules: [Plan.Violation],
    hostLoads: [HostLoad], cpu: CPUCounting = .vcpu
  ) {
    self.source = source
    self.inventory = inventory
    self.diagnostics = diagnostics
    self.brokenRules = brokenRules
    self.hostLoads = hostLoads.sorted { $0.host < $1.host }
    self.cpu = cpu
  }

  /// Hosts on which more is used than they offer.
  public var overloadedHosts: [HostLoad] {
    hostLoads.filter { !$0.overloadedAtStart.isEmpty }
  }

  /// Whether nothing needs doing: no error, no broken rule, no overloaded host.
  public var isClean: Bool {
    !diagnostics.hasErrors && brokenRules.isEmpty && overloadedHosts.isEmpty
  }
}
