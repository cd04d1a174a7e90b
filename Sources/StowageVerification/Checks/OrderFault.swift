public import StowageModel

/// What is wrong with the hosts that a plan orders.
public enum OrderFault: Hashable, Sendable {
  /// So many hosts that do not exist hold VMs, and nothing is ordered.
  case missing(Int)
  /// A host is ordered that holds nobody, that exists, or that is listed already.
  case needless(Host.ID)
  /// A host that does not exist holds VMs and is not ordered.
  case forgotten(Host.ID)
  /// Type, site, price or cost a month of a host are others than the inventory's.
  case line(Host.ID)
  /// A sum is another.
  case money(String, stated: Double?, actual: Double?)
  /// The currency is not that of the prices.
  case currency

  var sentence: String {
    switch self {
    case .missing(let count):
      "\(Words.count(count, "host")) that could be ordered hold VMs at the end, and the plan orders nothing"
    case .needless(let host):
      "host \(Words.name(host)) is ordered, and it exists, holds no VM, or is listed already"
    case .forgotten(let host):
      "host \(Words.name(host)) does not exist yet and holds VMs at the end, and it is not ordered"
    case .line(let host):
      "host \(Words.name(host)) is ordered as one of another type, site, price or cost a month than the inventory states"
    case .money(let what, let stated, let actual):
      "\(what) of the order is stated as \(Self.amount(stated)), and is \(Self.amount(actual))"
    case .currency: "the currency of the order is not that of its prices"
    }
  }

  private static func amount(_ value: Double?) -> String {
    value.map { Words.number($0, decimals: 2) } ?? "none"
  }
}
