/// What a link carries of a migration, in MiB/s.
public enum PayloadRate {
  /// Part of a link's nominal bandwidth that arrives as payload.
  ///
  /// Measured on 1 Gb/s Ethernet with 2 000 timed KVM migrations (0.92); a shaped link between two
  /// network namespaces gave 0.955. The lower figure holds, since nothing checks it afterwards.
  public static let efficiency = 0.92

  /// Payload of a link of `gbps` Gb/s (decimal), in MiB/s (binary): 109.67 for 1 Gb/s.
  public static func mibPerSecond(gbps: Double) -> Double {
    efficiency * streamMiBPerSecond(gbps: gbps)
  }

  /// The same amount of payload in MiB/s, nothing taken off: for limits that were measured on
  /// payload, such as what one stream carries.
  static func streamMiBPerSecond(gbps: Double) -> Double {
    gbps * 1e9 / 8 / 1_048_576
  }

  /// A MiB in MB, for figures that others count in decimal units.
  static let megabytesPerMiB = 1.048576

  /// Taken for a path on which no link and no port has a known bandwidth: that of 1 Gb/s.
  ///
  /// Chosen: the slowest network that is common among hosts, so that a plan errs to the long side.
  public static let whenUnknown = mibPerSecond(gbps: 1)
}

/// What the network between two hosts gives to one move.
public struct MigrationPath: Hashable, Sendable {
  /// Payload in MiB/s: of the slowest link, or the share of it that the move is given.
  public var payloadMiBPerSecond: Double
  /// Round trip between the hosts in ms. Default 0.2, a switch or two on Ethernet.
  public var roundTripMilliseconds: Double
  /// Whether guest networks are the same at both ends; `nil` where no link says.
  public var isStretched: Bool?

  /// A path of a rate and a round trip.
  public init(payloadMiBPerSecond: Double, roundTripMilliseconds: Double = 0.2, isStretched: Bool? = nil) {
    self.payloadMiBPerSecond = payloadMiBPerSecond
    self.roundTripMilliseconds = roundTripMilliseconds
    self.isStretched = isStretched
  }
}

/// Whether disks travel with the VM.
public enum StorageCopy: String, CaseIterable, Hashable, Sendable {
  /// Both hosts reach the disks, or there are none.
  case none
  /// The used part of the disks is copied too.
  case full
}
