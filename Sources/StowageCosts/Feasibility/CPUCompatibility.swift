import StowageModel

/// What can be said about the processors of two hosts from their names.
enum CPUCompatibility {
  /// Whether both vendors are known and differ.
  static func vendorsDiffer(_ source: Host, _ target: Host) -> Bool {
    guard let one = vendor(of: source), let other = vendor(of: target) else { return false }
    return one != other
  }

  /// Whether a guest of `source` may use features that `target` lacks, as far as baselines tell.
  ///
  /// A guest that states the model it sees needs no more than that: it is in the way where the target's baseline is of the
  /// same family and older. Otherwise a baseline that only one of the hosts states says nothing; two that
  /// differ are in the way unless both are known, of one family, and the target's is of a later generation.
  static func targetMayLackFeatures(of vm: VM, _ source: Host, _ target: Host) -> Bool {
    guard let own = vm.cpuBaseline.flatMap(generation) else {
      return vm.cpuBaseline == nil && targetMayLackFeatures(source, target)
    }
    guard let there = target.cpuCompatibilityLevel.flatMap(generation), there.family == own.family else {
      return false
    }
    return there.position < own.position
      || (there.lacksTSX && !own.lacksTSX && there.position == own.position)
  }

  private static func targetMayLackFeatures(_ source: Host, _ target: Host) -> Bool {
    guard let one = source.cpuCompatibilityLevel, let other = target.cpuCompatibilityLevel else {
      return false
    }
    guard one.lowercased() != other.lowercased() else { return false }
    guard let old = generation(one), let new = generation(other) else { return true }
    return old.family != new.family || new.position <= old.position || (new.lacksTSX && !old.lacksTSX)
  }

  /// Whether the two hosts have the same processor, as far as they name it.
  static func isSameModel(_ source: Host, _ target: Host) -> Bool {
    guard let one = source.cpuModel, let other = target.cpuModel, !one.isEmpty else { return false }
    return one == other && !targetMayLackFeatures(source, target)
  }

  private enum Vendor { case intel, amd, arm }

  private static func vendor(of host: Host) -> Vendor? {
    guard let model = host.cpuModel?.lowercased() else { return nil }
    if model.contains("intel") || model.contains("xeon") { return .intel }
    if ["amd", "epyc", "opteron", "ryzen"].contains(where: model.contains) { return .amd }
    if ["neoverse", "ampere", "graviton", "cortex"].contains(where: model.contains) { return .arm }
    // libvirt names a processor by its generation alone.
    if let family = generation(model)?.family, family < 2 { return family == 0 ? .intel : .amd }
    return nil
  }

  /// A baseline's family, its place in the family, and whether it leaves TSX out.
  private struct Generation {
    let family: Int
    let position: Int
    let lacksTSX: Bool
  }

  private static func generation(_ level: String) -> Generation? {
    let level = level.lowercased().filter { $0.isLetter || $0.isNumber }
    for (family, generations) in families.enumerated() {
      // From the newest: `zen2` is also a `zen`, `EPYC-Rome` also an `EPYC`.
      let position = generations.lastIndex { names in names.contains(where: level.contains) }
      guard let position else { continue }
      return Generation(family: family, position: position, lacksTSX: level.contains("notsx"))
    }
    return nil
  }

  /// Baselines in order of age, each holding the features of those before it: VMware's EVC modes and
  /// the QEMU models of the same processors.
  private static let families: [[[String]]] = [
    [
      ["merom", "conroe"], ["penryn"], ["nehalem"], ["westmere"], ["sandybridge"], ["ivybridge"],
      ["haswell"], ["broadwell"], ["skylake"], ["cascadelake"], ["icelake"], ["sapphirerapids"],
    ],
    [["zen", "epyc"], ["zen2", "rome"], ["zen3", "milan"], ["zen4", "genoa"]],
    [["x8664v1"], ["x8664v2"], ["x8664v3"], ["x8664v4"]],
  ]
}
