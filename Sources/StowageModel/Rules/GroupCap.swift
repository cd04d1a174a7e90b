/// VMs on a set of hosts take no more of a resource in total than a limit: a licence, or the power of
/// a rack in terms of CPU.
///
/// - At rest: the demands of the selected VMs on the hosts sum to at most the limit.
/// - At every instant: as at rest; a moving VM counts as soon as one of its ends is in the set, and
///   once.
/// - Broken at the start: the total is never larger than at the start, or than the limit.
public struct GroupCap: Hashable, Sendable {
  /// The set of hosts.
  public var hosts: Selection
  /// Whose demands count; unspecified means all VMs.
  public var vms: Selection
  /// Of what.
  public var resource: Resource
  /// How much at most: vCPUs (MHz when CPU is counted so), MiB of memory, Mb/s of network, GiB of
  /// local disk, VMs for `slots`, GPUs.
  public var limit: Double

  /// A total over hosts.
  public init(hosts: Selection, vms: Selection = Selection(), resource: Resource, limit: Double) {
    precondition(limit >= 0 && limit <= 1e9, "a limit lies from 0 to 1e9: \(limit)")
    self.hosts = hosts
    self.vms = vms
    self.resource = resource
    self.limit = limit
  }

  /// The limit in the whole units of ``Resource``, rounded down after a slack of a millionth.
  public var limitInUnits: Int64 {
    let units: Double =
      switch resource {
      case .cpu, .network: 1000
      case .memory: 1024
      case .localDisk: 1024 * 1024
      case .slots, .gpus: 1
      }
    return Int64((limit * units + 1e-6).rounded(.down))
  }
}
