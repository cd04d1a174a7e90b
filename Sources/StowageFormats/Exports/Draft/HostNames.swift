import StowageModel

/// The hosts of a fleet by every name under which VMs may speak of them.
struct HostNames {
  private var exact: [String: [Int]] = [:]
  private var near: [String: [Int]] = [:]
  private var names: [String] = []

  /// Takes in the hosts of a draft.
  init(_ hosts: [FleetDraft.HostEntry]) {
    for (position, entry) in hosts.enumerated() {
      names.append(entry.name)
      for name in Set([entry.key, entry.name] + entry.aliases) {
        exact[name, default: []].append(position)
        near[Self.short(name), default: []].append(position)
      }
    }
  }

  /// The position of the host meant; `nil` when none is, or several may be.
  func find(_ name: String) -> Int? {
    if let found = exact[name] { return found.count == 1 ? found[0] : nil }
    let candidates = Set(near[Self.short(name)] ?? []).filter { Self.mayBeSame(names[$0], name) }
    return candidates.count == 1 ? candidates.first : nil
  }

  /// `esx01.a.example` and `esx01.b.example` are two hosts: only a name without a domain may stand for
  /// one with a domain.
  private static func mayBeSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.lowercased(), b.lowercased())
    return a == b || a == short(b) || b == short(a)
  }

  private static func short(_ name: String) -> String {
    let lowered = name.lowercased()
    let isAddress = lowered.utf8.allSatisfy { $0 == .dot || $0.isDigit }
    guard !isAddress, let dot = lowered.firstIndex(of: ".") else { return lowered }
    return String(lowered[..<dot])
  }
}
