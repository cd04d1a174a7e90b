/// What a balance lowers first.
public enum BalanceOrder: String, CaseIterable, Hashable, Sendable {
  /// The highest utilisation of any resource on any host; then the spread.
  case highest
  /// The spread of every resource over all hosts; then the highest utilisation.
  case spread
}
