/// The end of a move by replication: the VM is shut down, the last changes are sent, and it starts at the other
/// site.
///
/// *D = t(shutdown) + U(I) / b + t(convert) + t(boot) + t(network) + t(validation)*.
public struct CutOver: Hashable, Sendable {
  /// To shut the guest down, in s.
  public var shutdownSeconds: Double
  /// To send what changed since the last copy began, with what the platform takes to set that up, in s.
  public var deltaSeconds: Double
  /// To turn disks and definition into what the target runs, in s.
  public var convertSeconds: Double
  /// To boot until the guest serves, in s.
  public var bootSeconds: Double
  /// Until clients reach it there: addresses, routes, names; in s.
  public var networkSeconds: Double
  /// To see whether it is well before users are let in, in s.
  public var validationSeconds: Double

  /// A cut-over of its parts.
  public init(
    shutdownSeconds: Double, deltaSeconds: Double, convertSeconds: Double, bootSeconds: Double,
    networkSeconds: Double, validationSeconds: Double
  ) {
    self.shutdownSeconds = shutdownSeconds
    self.deltaSeconds = deltaSeconds
    self.convertSeconds = convertSeconds
    self.bootSeconds = bootSeconds
    self.networkSeconds = networkSeconds
    self.validationSeconds = validationSeconds
  }

  /// How long users are without the VM, in s.
  public var downtimeSeconds: Double {
    shutdownSeconds + deltaSeconds + convertSeconds + bootSeconds + networkSeconds + validationSeconds
  }
}

/// What a cold move that takes the disks along adds to a VM's downtime, beside what the platform does.
public struct CutOverPolicy: Hashable, Sendable {
  /// To turn disks and definition into what the target runs, before it boots, in s.
  public var convertSeconds: Double
  /// Until clients reach it there, after it has booted, in s.
  public var networkSeconds: Double
  /// To see whether it is well before users are let in, in s.
  public var validationSeconds: Double

  /// Nothing, unless said.
  public init(convertSeconds: Double = 0, networkSeconds: Double = 0, validationSeconds: Double = 0) {
    self.convertSeconds = convertSeconds
    self.networkSeconds = networkSeconds
    self.validationSeconds = validationSeconds
  }
}
