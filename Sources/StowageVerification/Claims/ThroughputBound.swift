/// The shortest time in which some moves pass one port or one direction of a link.
///
/// A set of them that starts no earlier than *b* and ends no later than *a* before the end needs *b + X + a*,
/// where *X* is the shortest time in which all of the set can be made and the least traffic of moves that
/// last no longer than *X* fits through. Sets are those that start latest, and those that must end earliest.
struct ThroughputBound {
  private let passages: [Passage]
  private let rate: Double

  init(_ passages: [Passage], rate: Double) {
    self.passages = passages
    self.rate = rate
  }

  var seconds: Double {
    var longest = 0.0
    for key in [\Passage.before, \Passage.after] {
      let sorted = passages.sorted { $0[keyPath: key] > $1[keyPath: key] }
      for count in 1...max(1, sorted.count) where count <= sorted.count {
        // Only whole groups of equal waits: a part of one needs less than all of it.
        if count < sorted.count, sorted[count][keyPath: key] == sorted[count - 1][keyPath: key] { continue }
        longest = max(longest, bound(sorted.prefix(count), atLeast: longest))
      }
    }
    return longest
  }

  private func bound(_ set: ArraySlice<Passage>, atLeast known: Double) -> Double {
    let waits = (set.map(\.before).min() ?? 0) + (set.map(\.after).min() ?? 0)
    let slowest = set.map(\.shortest).max() ?? 0
    var upper = max(slowest, traffic(set, 0) / rate)
    guard waits + upper > known else { return 0 }
    var lower = max(slowest, traffic(set, .infinity) / rate)
    if traffic(set, lower) <= rate * lower { return waits + lower }
    while upper - lower > 1e-4 {
      let middle = lower + (upper - lower) / 2
      if middle <= lower || middle >= upper { break }
      if traffic(set, middle) <= rate * middle { upper = middle } else { lower = middle }
    }
    return waits + lower
  }

  private func traffic(_ set: ArraySlice<Passage>, _ limit: Double) -> Double {
    set.reduce(0) { $0 + $1.traffic(lasting: limit) }
  }
}
