import Glibc

extension Rounds {
  /// Goes through all rounds that are left of a run that converges, in closed form.
  ///
  /// While a round is longer than *w/h* the rest follows *v ↦ p + q·(v − p)* with *q = c/b* and
  /// *p* the fixed point of that line; below, it follows *v ↦ (h/b)·v*. Both sum as geometric series.
  mutating func leap() {
    let threshold = limitSeconds * rate
    let working = profile.workingSetSeconds * rate
    if restMiB > working {
      let slope = profile.coldMiBPerSecond / rate
      let fixedPoint = slope < 1 ? profile.linearFixedPoint(at: rate) : 0
      follow(slope: slope, around: fixedPoint, until: max(threshold, working))
    }
    if restMiB > threshold {
      follow(slope: profile.hotMiBPerSecond / rate, around: 0, until: threshold)
    }
  }

  /// Rounds of *v ↦ p + q·(v − p)* until the rest is no more than `target`; *0 ≤ q < 1*, *p* < `target`.
  private mutating func follow(slope: Double, around fixedPoint: Double, until target: Double) {
    let excess = restMiB - fixedPoint
    let count = slope > 0 ? max(1, (log((target - fixedPoint) / excess) / log(slope)).rounded(.up)) : 1
    let left = pow(slope, count)
    let sent = count * fixedPoint + excess * (1 - left) / (1 - slope)
    add(rounds: count, sentMiB: sent, leavingMiB: min(target, fixedPoint + excess * left))
  }
}
