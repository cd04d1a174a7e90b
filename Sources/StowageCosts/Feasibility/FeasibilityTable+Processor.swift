import StowageModel

extension FeasibilityTable {
  static let processor: [FeasibilityRow] = [
    // Pages of 2 MiB would do for post-copy, pages of 1 GiB stall about 1 s each at 10 Gb/s; the
    // inventory does not say which.
    FeasibilityRow(
      .blocker(.hugepages), cold: .allowed, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .allowed, because: "its memory is in huge pages, of a size that is not known",
      remedy: "use pre-copy, or back its memory by ordinary pages"),
    FeasibilityRow(
      .blocker(.pinnedCPU), on: [.openstack], cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "its vCPUs are pinned", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.pinnedCPU), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "its vCPUs are pinned to cores of its host",
      remedy: "undo the pinning for the move, or move it cold"),
    FeasibilityRow(
      .blocker(.hostCPUModel), cold: .allowed, preCopy: .ifSameCPUModel, postCopy: .ifSameCPUModel,
      liveWithStorage: .ifSameCPUModel,
      because: "the guest sees its host's exact CPU, and the target's is not known to be the same",
      remedy: "choose a target with the same processor, or give the VM a CPU model and power-cycle it"),
  ]
}
