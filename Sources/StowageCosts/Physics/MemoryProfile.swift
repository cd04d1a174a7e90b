/// How much memory a running VM has to send, and how it rewrites it: numbers only.
///
/// With *w* the working set, *h* the rate at which it is dirtied and *c* the rate at which the rest
/// is, the distinct memory dirtied in *t* seconds is
///
///     U(t) = min( M, w·s(h·t/w) + c·max(0, t − w/h) )
///
/// where *s* is the share that a ``WritePattern`` dirties, *min(1, h·t/w)* for a sequential writer.
/// Distinct memory, not writes: a page written twice is sent once. This is what earlier models
/// missed (Nathan, Bellur, Kulkarni, SoCC 2015).
public struct MemoryProfile: Hashable, Sendable {
  /// Memory to send, *M*, in MiB.
  public let memoryMiB: Double
  /// Memory rewritten again and again, *w*, in MiB; at most all of it.
  public let workingSetMiB: Double
  /// Rate at which the working set is dirtied, *h*, in MiB/s; never below the cold rate.
  public let hotMiBPerSecond: Double
  /// Rate at which the rest is dirtied, *c*, in MiB/s.
  public let coldMiBPerSecond: Double
  /// How writes spread over the working set.
  public let pattern: WritePattern

  /// A profile; all figures are finite and not negative.
  ///
  /// A hot rate below the cold one is raised to it: U is then concave, which the closed forms need,
  /// and errs to the side of more dirty memory.
  public init(
    memoryMiB: Double, workingSetMiB: Double, hotMiBPerSecond: Double, coldMiBPerSecond: Double,
    pattern: WritePattern = .sequential
  ) {
    let figures = [memoryMiB, workingSetMiB, hotMiBPerSecond, coldMiBPerSecond]
    precondition(
      figures.allSatisfy { $0.isFinite && $0 >= 0 },
      "memory figures must be finite and not negative: \(figures)")
    self.memoryMiB = memoryMiB
    self.workingSetMiB = min(workingSetMiB, memoryMiB)
    self.hotMiBPerSecond = max(hotMiBPerSecond, coldMiBPerSecond)
    self.coldMiBPerSecond = coldMiBPerSecond
    self.pattern = pattern
  }

  private init(unchecked profile: MemoryProfile, dirtyFactor: Double, memoryMiB: Double) {
    self.memoryMiB = memoryMiB
    workingSetMiB = min(profile.workingSetMiB, memoryMiB)
    hotMiBPerSecond = profile.hotMiBPerSecond * dirtyFactor
    coldMiBPerSecond = profile.coldMiBPerSecond * dirtyFactor
    pattern = profile.pattern
  }

  /// The same memory, dirtied `factor` times as fast.
  func dirtied(times factor: Double) -> MemoryProfile {
    MemoryProfile(unchecked: self, dirtyFactor: factor, memoryMiB: memoryMiB)
  }

  /// The same writing on `memoryMiB` of memory.
  func sending(_ memoryMiB: Double) -> MemoryProfile {
    MemoryProfile(unchecked: self, dirtyFactor: 1, memoryMiB: memoryMiB)
  }

  /// Seconds in which the working set is dirtied once, *w/h*.
  var workingSetSeconds: Double {
    hotMiBPerSecond > 0 ? workingSetMiB / hotMiBPerSecond : 0
  }

  /// Distinct memory dirtied in `seconds`, *U(t)*, in MiB.
  public func dirtyMiB(after seconds: Double) -> Double {
    min(memoryMiB, hotDirtyMiB(after: seconds) + coldDirtyMiB(after: seconds))
  }

  /// The part of it in the working set.
  func hotDirtyMiB(after seconds: Double) -> Double {
    guard seconds > 0 else { return 0 }
    guard pattern != .sequential, workingSetMiB > 0 else {
      return min(workingSetMiB, hotMiBPerSecond * seconds)
    }
    return workingSetMiB * pattern.dirtyShare(times: hotMiBPerSecond * seconds / workingSetMiB)
  }

  /// The part of it elsewhere.
  func coldDirtyMiB(after seconds: Double) -> Double {
    let beyond = seconds - workingSetSeconds
    // Guarded so that an endless time at rate 0 gives 0, not a product of 0 and infinity.
    return beyond > 0 && coldMiBPerSecond > 0 ? coldMiBPerSecond * beyond : 0
  }
}
