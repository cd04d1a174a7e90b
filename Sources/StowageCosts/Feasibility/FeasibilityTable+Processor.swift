import StowageModel

extension FeasibilityTable {
  static let processor: [FeasibilityRow] = [
    // Pages of 2 MiB do for post-copy, pages of 1 GiB stall about 1 s each at 10 Gb/s.
    FeasibilityRow(
      .blocker(.hugepages), cold: .allowed, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .allowed, because: "its memory is in huge pages, of a size that is not known",
      remedy: "use pre-copy, or say of which size its pages are (hugepages_2m, hugepages_1g)"),
    FeasibilityRow(
      .blocker(.hugepages2M), cold: .ifTargetHasPages("2m"), preCopy: .ifTargetHasPages("2m"),
      postCopy: .ifTargetHasPages("2m"), liveWithStorage: .ifTargetHasPages("2m"),
      because: "its memory is in pages of 2 MiB, which the target sets none aside for",
      remedy: "set huge pages aside on the target, or choose another"),
    FeasibilityRow(
      .blocker(.hugepages1G), cold: .ifTargetHasPages("1g"), preCopy: .ifTargetHasPages("1g"),
      postCopy: .refused, liveWithStorage: .ifTargetHasPages("1g"),
      because: "its memory is in pages of 1 GiB",
      remedy: "choose a target that sets such pages aside, and pre-copy: post-copy stalls about 1 s for each"),
    FeasibilityRow(
      .blocker(.invariantTSC), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "it is promised an invariant time stamp counter",
      remedy: "state a fixed tsc frequency in its definition, or move it cold"),
    FeasibilityRow(
      .blocker(.performanceCounters), on: [.vmware], cold: .allowed, preCopy: .ifSameCPUModel,
      postCopy: .refused, liveWithStorage: .ifSameCPUModel,
      because: "it reads performance counters, and the target's are not known to be the same",
      remedy: "choose a target with the same processor, or take the counters from the VM"),
    FeasibilityRow(
      .blocker(.performanceCounters), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "it reads performance counters", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.pinnedCPU), on: [.openstack, .kubevirt], cold: .allowed, preCopy: .allowed,
      postCopy: .allowed,
      liveWithStorage: .allowed, because: "its vCPUs are pinned", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.pinnedCPU), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "it is pinned to cores or NUMA nodes of its host",
      remedy: "undo the pinning for the move, or move it cold"),
    FeasibilityRow(
      .blocker(.hostCPUModel), cold: .allowed, preCopy: .ifSameCPUModel, postCopy: .ifSameCPUModel,
      liveWithStorage: .ifSameCPUModel,
      because: "the guest sees its host's exact CPU, and the target's is not known to be the same",
      remedy: "choose a target with the same processor, or give the VM a CPU model and power-cycle it"),
  ]
}
