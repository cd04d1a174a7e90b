/// How often each number of seconds lay between two samples of a VM.
struct StepCounts {
  private var counts: [Int64: Int] = [:]
  /// Nearly all steps are the same: they are counted without looking them up.
  private var usual: Int64 = 0
  private var run = 0

  /// Counts a step; those backwards or longer than a day say nothing about the interval.
  @inline(__always)
  mutating func add(_ step: Int64) {
    guard step > 0, step <= 86_400 else { return }
    if step != usual {
      settle()
      usual = step
    }
    run += 1
  }

  private mutating func settle() {
    if run > 0 { counts[usual, default: 0] += run }
    run = 0
  }

  /// The usual number of seconds between two samples; 300 where there are too few to tell.
  var interval: Int64 {
    var all = self
    all.settle()
    // Jitter spreads 300 s over 299 to 301: neighbours count together.
    var best: (step: Int64, count: Int)?
    let usual = all.counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(64)
    for (step, _) in usual.sorted(by: { $0.key < $1.key }) {
      let slack = max(1, step / 50)
      let near = (step - slack...step + slack).reduce(0) { $0 + (all.counts[$1] ?? 0) }
      if near > best?.count ?? 0 { best = (step, near) }
    }
    return best?.step ?? 300
  }
}
