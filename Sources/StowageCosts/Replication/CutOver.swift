/// The end of a move by replication: the VM is shut down, the last changes are sent, and it starts at the other
/// site.
///
/// *D = t(shutdown) + U(I) / b + t(convert) + t(boot) + t(network) + t(validation)*.
public struct CutOver: Hashable, Sendable {
  /// To shut the guest down, in s.
  public var shutdownSeconds: Double
  /// To send what changed since the last copy began, in s.
  public var deltaSeconds: Double
  /// To turn disks and definition into what the target runs, in s.
  public var convertSeconds: Double
  /// To boot until the guest serves, in s.
  public var bootSeconds: Double
  /// Until clients reach it there: addresses, routes, names; in s.
  public var networkSeconds: Double
  /// To see whether it is well before users are let in, in s.
  public var validationSeconds: Double

  /// A cut-over of its parts, shutdown and boot as a cold move's.
  public init(
    deltaSeconds: Double, convertSeconds: Double = 0, networkSeconds: Double = 0,
    validationSeconds: Double = 0, stops: StopConstants = StopConstants()
  ) {
    shutdownSeconds = stops.shutdownSeconds
    self.deltaSeconds = deltaSeconds
    self.convertSeconds = convertSeconds
    bootSeconds = stops.bootSeconds
    self.networkSeconds = networkSeconds
    self.validationSeconds = validationSeconds
  }

  /// How long users are without the VM, in s.
  public var downtimeSeconds: Double {
    shutdownSeconds + deltaSeconds + convertSeconds + bootSeconds + networkSeconds + validationSeconds
  }
}
