/// Constants of the cost model as one site measured them, and the file that they are from.
public struct Calibration: Hashable, Sendable {
  /// What can be calibrated; the raw value is its name in files.
  public enum Constant: String, CaseIterable, Hashable, Sendable {
    /// Between the command and the first byte, in s.
    case setUp = "set_up_s"
    /// Part of a link's nominal bandwidth that arrives as payload, 0 to 1.
    case goodput = "goodput_share"
    /// The most that one stream carries, in MiB/s.
    case stream = "stream_mib_per_s"
    /// Streams that pre-copy opens (libvirt's `--parallel-connections`): a setting, which is stated and never fitted.
    case streams = "pre_copy_streams"
    /// The most that a move may carry, in MiB/s: a setting (``isSetting``).
    case cap = "cap_mib_per_s"
    /// 1 where the site slows guests down whose memory cannot be followed, 0 where it does not: a setting.
    case autoConverge = "auto_converge"
    /// When the site gives a pre-copy up, in s for each GiB that the platform counts: a setting.
    case completion = "completion_s_per_gib"
    /// Device state and network announcement in the pause of pre-copy, in s.
    case switchover = "switchover_s"
    /// Pauses of post-copy in relation to the model's.
    case postCopyPause = "post_copy_pause_ratio"
    /// Pauses of hybrid in relation to the model's.
    case hybridPause = "hybrid_pause_ratio"
    /// To stop a guest and to start it again, in s.
    case stopAndBoot = "stop_and_boot_s"

    /// Whether it is what the site has set, stated in the file and never fitted.
    public var isSetting: Bool { [.streams, .cap, .autoConverge, .completion].contains(self) }

    /// Whether a site with the platform can have set it for all its moves. What is chosen for each move is no setting: libvirt's
    /// `--bandwidth` and `--auto-converge`.
    ///
    /// Nova: `live_migration_bandwidth`, `_permit_auto_converge`, `_completion_timeout` (nova/conf/libvirt.py). KubeVirt:
    /// `bandwidthPerMigration`, `allowAutoConverge`, `completionTimeoutPerGiB` (user guide, "Live Migration"). Ganeti:
    /// `migration_bandwidth`, `migration_caps` (gnt-instance(8)). Proxmox VE: `bwlimit` (datacenter.cfg); auto-converge always.
    public func isKnown(to platform: Platform) -> Bool {
      switch self {
      case .cap: [.openstack, .kubevirt, .ganeti, .proxmox].contains(platform)
      case .autoConverge: [.openstack, .kubevirt, .ganeti].contains(platform)
      case .completion: [.openstack, .kubevirt].contains(platform)
      case .setUp, .goodput, .stream, .streams, .switchover, .postCopyPause, .hybridPause, .stopAndBoot: true
      }
    }

    /// What is taken for possible.
    public var range: ClosedRange<Double> {
      switch self {
      case .setUp, .switchover: 0.001...600
      case .goodput: 0.05...1
      case .stream: 1...100_000
      case .streams: 1...255
      case .cap, .completion: 1...100_000
      case .autoConverge: 0...1
      case .postCopyPause, .hybridPause: 0.01...100
      case .stopAndBoot: 1...7200
      }
    }
  }

  /// SHA-256 of the calibration file, in hexadecimal.
  public var sha256: String
  /// What was measured; the platform's own figure holds for what is not here.
  public var constants: [Constant: Double]

  /// A calibration of its parts.
  public init(sha256: String, constants: [Constant: Double]) {
    self.sha256 = sha256
    self.constants = constants
  }
}
