/// How these VMs may be moved. Always hard.
///
/// - At rest: nothing.
/// - At every instant: every move of a member is by a technique that is allowed and not denied, pauses
///   the guest no longer than `maxDowntimeMilliseconds`, costs it no more of its time than `maxSlowdownSeconds`, and
///   loses it with no more than `maxLossProbability`, by the cost model. The VM's own columns hold as well.
/// - Broken at the start: cannot be.
public struct TechniqueLimit: Hashable, Sendable {
  /// The members.
  public var vms: Selection
  /// The techniques that are allowed; `nil` for all.
  public var allowed: Set<Technique>?
  /// Techniques that are not.
  public var denied: Set<Technique>
  /// The longest pause, in ms; `nil` for any.
  public var maxDowntimeMilliseconds: Double?
  /// The highest probability that a host failure during the move loses the VM, 0 to 1; `nil` for any.
  public var maxLossProbability: Double?
  /// The most time that a running guest loses to a throttle or to waiting for pages, in s per vCPU; `nil` for any.
  public var maxSlowdownSeconds: Double?

  /// Limits on how VMs are moved.
  public init(
    vms: Selection, allowed: Set<Technique>? = nil, denied: Set<Technique> = [],
    maxDowntimeMilliseconds: Double? = nil, maxLossProbability: Double? = nil,
    maxSlowdownSeconds: Double? = nil
  ) {
    self.vms = vms
    self.allowed = allowed
    self.denied = denied
    self.maxDowntimeMilliseconds = maxDowntimeMilliseconds
    self.maxLossProbability = maxLossProbability
    self.maxSlowdownSeconds = maxSlowdownSeconds
  }

  /// Whether a technique is allowed.
  public func allows(_ technique: Technique) -> Bool {
    allowed?.contains(technique) ?? true && !denied.contains(technique)
  }
}
