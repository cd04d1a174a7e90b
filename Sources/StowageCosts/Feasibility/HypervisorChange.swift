import StowageModel

/// What a move between two hosts means for the hypervisor under a VM, as far as both hosts state theirs.
struct HypervisorChange {
  /// Whether both name a hypervisor, and not the same.
  let isOtherHypervisor: Bool
  /// Whether both state a version of the same hypervisor, and the target's is lower.
  let isOlder: Bool

  init(from source: Host, to target: Host) {
    let names = [source, target].map { $0.hypervisor?.lowercased() ?? "" }
    isOtherHypervisor = !names.contains("") && names[0] != names[1]
    let versions = [source, target].map { Self.numbers($0.hypervisorVersion) }
    isOlder =
      !isOtherHypervisor && !versions.contains([])
      && versions[1].lexicographicallyPrecedes(versions[0])
  }

  /// The numbers of a version up to its first part that is none; zeros at its end left away, so that 8.2 is 8.2.0.
  private static func numbers(_ version: String?) -> [UInt32] {
    var numbers: [UInt32] = []
    for part in (version ?? "").split(whereSeparator: { ".-+~ ".contains($0) }) {
      guard let number = UInt32(part) else { break }
      numbers.append(number)
    }
    while numbers.last == 0 { numbers.removeLast() }
    return numbers
  }
}
