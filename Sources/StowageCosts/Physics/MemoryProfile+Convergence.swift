extension MemoryProfile {
  /// What pre-copy cannot get below at `rate`: the largest fixed point *v\** of *v ↦ U(v/b)*, in MiB.
  ///
  /// The map is increasing and concave and rounds start at all memory, so they fall monotonically
  /// to this value:
  ///
  ///     c ≥ b        all memory (cold pages alone fill the link)
  ///     h < b        0
  ///     c < b ≤ h    w·(1 − c/h) / (1 − c/b), for a sequential writer; followed for the others
  ///
  /// At *h = b* a round leaves as much as it sends, so equality counts as not shrinking.
  public func unsendableMiB(at rate: Double) -> Double {
    if hotMiBPerSecond < rate { return 0 }
    if coldMiBPerSecond >= rate { return memoryMiB }
    if pattern != .sequential { return followedFixedPoint(at: rate) }
    return min(memoryMiB, linearFixedPoint(at: rate))
  }

  /// Where rounds longer than *w/h* are heading when nothing caps them, in MiB; needs *c < b*, *h > 0*.
  func linearFixedPoint(at rate: Double) -> Double {
    workingSetMiB * (1 - coldMiBPerSecond / hotMiBPerSecond) / (1 - coldMiBPerSecond / rate)
  }

  /// The fixed point where no closed form holds, followed down from all memory, in MiB.
  ///
  /// Stops once a step is below a thousandth of what is left (``standstill``): the rest is then within a few per cent,
  /// on the side of more. Each step takes a thousandth away, so it comes to an end.
  private func followedFixedPoint(at rate: Double) -> Double {
    var rest = memoryMiB
    while true {
      let next = dirtyMiB(after: rest / rate)
      guard next < Self.standstill * rest else { return next }
      rest = next
    }
  }

  /// Rounds that leave no less than this part of the one before no longer shrink: that of the published vectors.
  static let standstill = 0.999

  /// The shortest pause that pre-copy can reach at `rate`, switch-over left out: *v\*/b*, in s.
  public func shortestPauseSeconds(at rate: Double) -> Double {
    let rest = unsendableMiB(at: rate)
    return rest > 0 ? rest / rate : 0
  }

  /// Whether pre-copy at `rate` gets the rest below what is sent in `limitSeconds`.
  ///
  /// A pause equal to the limit would take endless rounds to reach and counts as no.
  public func converges(at rate: Double, limitSeconds: Double) -> Bool {
    let pause = shortestPauseSeconds(at: rate)
    return pause == 0 ? rate > 0 || memoryMiB == 0 : pause < limitSeconds
  }
}
