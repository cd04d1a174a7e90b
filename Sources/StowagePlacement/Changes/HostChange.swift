/// A change of one host: who leaves and which sizes enter.
struct HostChange: Hashable, Sendable {
  /// Position of the host in ``ChangeModel/hosts``.
  let position: Int
  /// Residents that leave, by position, ascending.
  let leavers: [Int]
  /// Classes that enter, ascending, repeated as often as they enter.
  let entering: [Int]
  /// VMs that enter.
  let cost: Int
}
