import StowageDiagnostics
import StowageModel

/// The hosts of an export, and how the other tabs name them.
struct RVToolsHosts {
  /// A host and what vHost says beyond the model.
  struct Entry {
    /// The host.
    var host: Host
    /// The vCenter that manages it.
    var vCenter: String?
    /// Where its row in vHost is.
    var place: SourcePlace
    /// How many VMs vHost counts on it.
    var vmCount: Double?
  }

  /// How a name was matched.
  enum Match {
    /// The name as it is in vHost.
    case exact(Int)
    /// A short name of a fully qualified one, the other way round, or another case.
    case near(Int)
    /// No host has this name.
    case none
  }

  /// The hosts, in the order of vHost.
  private(set) var entries: [Entry] = []
  private var byName: [String: [Int]] = [:]
  private var byShortName: [String: [Int]] = [:]

  /// Adds a host.
  mutating func add(_ entry: Entry) {
    let name = entry.host.id.rawValue
    byName[name, default: []].append(entries.count)
    byShortName[Self.shortName(name), default: []].append(entries.count)
    entries.append(entry)
  }

  /// The position of an equally named host of the same vCenter.
  func duplicate(of name: String, vCenter: String?) -> Int? {
    byName[name]?.first { entries[$0].vCenter == vCenter }
  }

  /// Changes a host in place.
  mutating func update(_ position: Int, _ change: (inout Host) -> Void) {
    change(&entries[position].host)
  }

  /// The host that a tab means by `name`; the same vCenter wins where several have hosts so named.
  func find(_ name: String, vCenter: String?) -> Match {
    if let exact = pick(byName[name] ?? [], vCenter) { return .exact(exact) }
    let short = byShortName[Self.shortName(name)] ?? []
    // `esx01.a.example` and `esx01.b.example` are two hosts: only a name without a domain may stand
    // for one with a domain.
    let candidates = short.filter { Self.mayBeSame(entries[$0].host.id.rawValue, name) }
    if let near = pick(candidates, vCenter) { return .near(near) }
    return .none
  }

  private func pick(_ candidates: [Int], _ vCenter: String?) -> Int? {
    if candidates.count == 1 { return candidates[0] }
    let here = candidates.filter { entries[$0].vCenter == vCenter }
    return here.count == 1 ? here[0] : nil
  }

  private static func mayBeSame(_ a: String, _ b: String) -> Bool {
    let (a, b) = (a.lowercased(), b.lowercased())
    return a == b || a == shortName(b) || b == shortName(a)
  }

  /// The part before the first dot, in lower case; an IPv4 address is its own short name.
  private static func shortName(_ name: String) -> String {
    let lowered = name.lowercased()
    let isAddress = lowered.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (48...57).contains($0) }
    guard !isAddress, let dot = lowered.firstIndex(of: ".") else { return lowered }
    return String(lowered[..<dot])
  }
}
