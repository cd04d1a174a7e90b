import StowageModel

/// Working set and dirty rates of a VM, measured or assumed.
///
/// Nothing known: an ordinary server, working set 2 % of memory dirtied at 60 MiB/s, 5 MiB/s outside
/// it. A measured dirty rate covers all memory, so without a cold rate beside it none is added. A
/// dirty rate without a working set: the set grows with the rate as in the classes that are published
/// for servers (60 MiB/s, 2 %), databases (512 MiB/s, 10 %) and caches (2 560 MiB/s, 60 %), on
/// straight lines between them.
struct MemoryWriting {
  let workingSetMiB: Double
  let hotMiBPerSecond: Double
  let coldMiBPerSecond: Double
  /// Whether the rate or the set is not from the inventory.
  let assumed: Bool

  init(_ vm: VM, configuredMiB: Double, unknown: UnknownConstants) {
    let rate = known(vm.dirtyRateMiBPerSecond)
    let set = known(vm.workingSetMiB)
    let cold = known(vm.coldDirtyRateMiBPerSecond)
    hotMiBPerSecond = rate ?? unknown.hotMiBPerSecond
    coldMiBPerSecond = cold ?? (rate == nil ? unknown.coldMiBPerSecond : 0)
    workingSetMiB = set ?? configuredMiB * unknown.workingSetShare(dirtyRate: hotMiBPerSecond)
    assumed = rate == nil || set == nil
  }
}
