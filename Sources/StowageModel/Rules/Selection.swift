/// Which VMs or hosts a rule speaks of: those whose id matches any of the globs (all when there
/// are none) and that carry every one of the labels.
public struct Selection: Hashable, Sendable {
  /// Ids or globs; empty means every id.
  public var globs: [Glob]
  /// Labels that must all be there.
  public var labels: [String: String]

  /// A selection by globs and labels.
  public init(globs: [Glob] = [], labels: [String: String] = [:]) {
    self.globs = globs
    self.labels = labels
  }

  /// A selection of ids or globs.
  public init(_ patterns: [String]) {
    self.init(globs: patterns.map(Glob.init))
  }

  /// Whether nothing was written: the rule does not select at all.
  public var isUnspecified: Bool { globs.isEmpty && labels.isEmpty }

  /// Whether a thing with this id and these labels is selected.
  public func includes(id: String, labels own: [String: String]) -> Bool {
    (globs.isEmpty || globs.contains { $0.matches(id) })
      && labels.allSatisfy { key, value in own[key] == value }
  }

  /// Whether a VM is selected.
  public func includes(_ vm: VM) -> Bool {
    includes(id: vm.id.rawValue, labels: vm.labels)
  }

  /// Whether a host is selected.
  public func includes(_ host: Host) -> Bool {
    includes(id: host.id.rawValue, labels: host.labels)
  }
}
