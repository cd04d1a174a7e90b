extension MemoryProfile {
  /// What pre-copy cannot get below at `rate`: the largest fixed point *v\** of *v ↦ U(v/b)*, in MiB.
  ///
  /// The map is increasing and concave and rounds start at all memory, so they fall monotonically
  /// to this value:
  ///
  ///     c ≥ b        all memory (cold pages alone fill the link)
  ///     h < b        0
  ///     c < b ≤ h    w·(1 − c/h) / (1 − c/b)
  ///
  /// At *h = b* a round leaves as much as it sends, so equality counts as not shrinking.
  public func unsendableMiB(at rate: Double) -> Double {
    if hotMiBPerSecond < rate { return 0 }
    if coldMiBPerSecond >= rate { return memoryMiB }
    return min(memoryMiB, linearFixedPoint(at: rate))
  }

  /// Where rounds longer than *w/h* are heading when nothing caps them, in MiB; needs *c < b*, *h > 0*.
  func linearFixedPoint(at rate: Double) -> Double {
    workingSetMiB * (1 - coldMiBPerSecond / hotMiBPerSecond) / (1 - coldMiBPerSecond / rate)
  }

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
