/// Constants of pre-copy's rounds.
public struct RoundConstants: Hashable, Sendable {
  /// Part of what QEMU counts as pending at the end of its first pass that has to be sent: measured 0.43
  /// over 81 moves of 13 guests (QEMU 10.0.2). Pages that were never written count until they are reached,
  /// and cost 9 bytes each.
  public var writtenShareOfFirstRest = 0.43
  /// First step of the throttle (`cpu-throttle-initial`), 0 to 1.
  public var firstThrottle = 0.2
  /// Each further step (`cpu-throttle-increment`).
  public var throttleStep = 0.1
  /// The highest throttle (`max-cpu-throttle`).
  public var mostThrottle = 0.99
  /// A round is bad when more than this part of it was dirtied again meanwhile (`throttle-trigger-threshold`).
  public var badShare = 0.5
  /// The longest downtime limit that QEMU accepts, in s.
  public var longestLimitSeconds = 2000.0
  /// Part of a working set that a guest which waits for pages asks for: network faults stayed below 21 % with
  /// adaptive pre-paging (Hines, Deshpande, Gopalan, SIGOPS OSR 2009, abstract).
  public var faultShare = 0.21
  /// A page that is asked for, in MiB.
  public var faultedPageMiB = 4.0 / 1024
  /// As measured and published.
  public init() {}
}
