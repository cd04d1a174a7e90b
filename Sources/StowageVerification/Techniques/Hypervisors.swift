import StowageModel

/// What the hypervisors of two hosts say about each other; what a host does not state is no reason.
enum Hypervisors {
  static func differ(_ one: Host, _ other: Host) -> Bool {
    guard let one = one.hypervisor, let other = other.hypervisor, one != "", other != "" else { return false }
    return one.lowercased() != other.lowercased()
  }

  static func isOlder(_ target: Host, than source: Host) -> Bool {
    guard !differ(source, target), let new = parts(target), let old = parts(source) else { return false }
    for position in 0..<max(new.count, old.count) {
      let (left, right) = (
        position < new.count ? new[position] : 0, position < old.count ? old[position] : 0
      )
      if left != right { return left < right }
    }
    return false
  }

  /// The leading numbers of a version; `nil` when it has none above 0.
  private static func parts(_ host: Host) -> [UInt32]? {
    let words = host.hypervisorVersion?.split(whereSeparator: { "+-.~ ".contains($0) }) ?? []
    let numbers = words.map { UInt32($0) }.prefix { $0 != nil }.compactMap(\.self)
    return numbers.contains { $0 > 0 } ? numbers : nil
  }
}
