import StowageModel

/// What the processors of two hosts say about each other.
enum Processors {
  /// Whether both makers are known and differ.
  static func areOfDifferentMakers(_ one: Host, _ other: Host) -> Bool {
    guard let one = maker(one), let other = maker(other) else { return false }
    return one != other
  }

  /// Whether both name the same processor and no baseline speaks against it.
  static func areAlike(_ source: Host, _ target: Host) -> Bool {
    guard let model = source.cpuModel, model != "" else { return false }
    return model == target.cpuModel && !mayLackFeatures(target, of: source)
  }

  /// Whether a guest that states what it sees sees more than the target is known to have.
  static func mayLackFeatures(_ target: Host, for seen: String) -> Bool {
    guard let own = rank(seen.lowercased()), let level = target.cpuCompatibilityLevel?.lowercased(),
      let there = rank(level), there.line == own.line
    else { return false }
    if there.step == own.step {
      return isWithoutTransactions(level) && !isWithoutTransactions(seen.lowercased())
    }
    return there.step < own.step
  }

  /// Whether the baselines differ, unless the target's is known to hold all of the source's.
  static func mayLackFeatures(_ target: Host, of source: Host) -> Bool {
    guard let before = source.cpuCompatibilityLevel?.lowercased(),
      let after = target.cpuCompatibilityLevel?.lowercased(), before != after
    else { return false }
    guard let old = rank(before), let new = rank(after), old.line == new.line else { return true }
    let losesTransactions = isWithoutTransactions(after) && !isWithoutTransactions(before)
    return new.step <= old.step || losesTransactions
  }

  private static func maker(_ host: Host) -> Int? {
    let words = [
      ["intel", "xeon"], ["amd", "epyc", "opteron", "ryzen"], ["neoverse", "ampere", "graviton", "cortex"],
    ]
    guard let name = host.cpuModel?.lowercased() else { return nil }
    // The first two lines are of the first two makers.
    return words.firstIndex { $0.contains { name.contains($0) } }
      ?? rank(name).map(\.line).flatMap { $0 < 2 ? $0 : nil }
  }

  private static func isWithoutTransactions(_ level: String) -> Bool { plain(level).contains("notsx") }

  private static func plain(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

  /// Lines of processors whose baselines grow, oldest first; words of one age are joined by a slash.
  private static let lines = [
    "merom/conroe penryn nehalem westmere sandybridge ivybridge haswell broadwell skylake cascadelake icelake "
      + "sapphirerapids",
    "zen/epyc zen2/rome zen3/milan zen4/genoa",
    "x8664v1 x8664v2 x8664v3 x8664v4",
  ].map { $0.split(separator: " ").map { $0.split(separator: "/").map(String.init) } }

  /// The newest age whose word is in a level: `zen2` is also a `zen`.
  private static func rank(_ level: String) -> (line: Int, step: Int)? {
    let level = plain(level)
    for (line, ages) in lines.enumerated() {
      let steps = ages.indices.filter { step in ages[step].contains { level.contains($0) } }
      if let step = steps.last { return (line, step) }
    }
    return nil
  }
}
