/// The kind of place over which a rule speaks.
public enum Scope: String, CaseIterable, Hashable, Sendable {
  /// One host.
  case host
  /// All hosts with the same `rack`.
  case rack
  /// All hosts with the same `cluster`.
  case cluster
  /// All hosts with the same `site`.
  case site
}
