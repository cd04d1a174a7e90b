/// The shortest time in which some moves can pass one channel.
///
/// With *A_v(X)* the least that move *v* takes of the channel when it may last *X* seconds, and *C*
/// the channel's payload rate, it is the least *X* with *Σ A_v(X) ≤ C·X* and *X ≥ p_v* for each *v*:
/// the more time there is, the less the moves take. Of every set of moves that start no earlier than
/// *h* and end no later than *q* before the end, *h + X + q* is a bound (Jackson's rule with rates).
/// Sets are taken by falling head, all that have at least so much, and by falling tail.
struct PortBound {
  private let moves: [DirectMove]
  private let rate: Double

  init(_ moves: [DirectMove], rate: Double) {
    self.moves = moves
    self.rate = rate
  }

  /// The largest bound above `known`, in s, with the head and tail of its set and what the set takes in
  /// MiB; `nil` when none is above.
  func above(_ known: Double) -> (seconds: Double, head: Double, tail: Double, mib: Double)? {
    var best = known
    var found: (seconds: Double, head: Double, tail: Double, mib: Double)?
    for isByHead in [true, false] {
      let order = moves.sorted {
        isByHead ? ($0.head, -$0.vm) > ($1.head, -$1.vm) : ($0.tail, -$0.vm) > ($1.tail, -$1.vm)
      }
      var (most, longest) = (0.0, 0.0)
      var (head, tail) = (Double.infinity, Double.infinity)
      for (index, move) in order.enumerated() {
        most += move.area(within: 0)
        longest = max(longest, move.seconds)
        (head, tail) = (min(head, move.head), min(tail, move.tail))
        let isWhole =
          index + 1 == order.count
          || (isByHead ? order[index + 1].head < move.head : order[index + 1].tail < move.tail)
        guard isWhole, head + tail + max(longest, most / rate) > best else { continue }
        let set = order[0...index]
        let time = shortest(set, longest: longest, most: most)
        guard head + time + tail > best else { continue }
        best = head + time + tail
        found = (best, head, tail, time * rate)
      }
      if moves.allSatisfy({ $0.head == 0 && $0.tail == 0 }) { break }
    }
    return found
  }

  private func shortest(_ set: ArraySlice<DirectMove>, longest: Double, most: Double) -> Double {
    func taken(_ limit: Double) -> Double { set.reduce(0) { $0 + $1.area(within: limit) } }
    var low = max(longest, taken(.infinity) / rate)
    if taken(low) <= rate * low { return low }
    var high = max(longest, most / rate)
    for _ in 0..<50 where high - low > 1e-4 {
      let middle = (low + high) / 2
      if taken(middle) <= rate * middle { high = middle } else { low = middle }
    }
    return low
  }
}
