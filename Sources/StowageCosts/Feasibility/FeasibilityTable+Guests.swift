import StowageModel

extension FeasibilityTable {
  static let guests: [FeasibilityRow] = [
    FeasibilityRow(
      .blocker(.faultTolerance), cold: .refused, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "fault tolerance keeps a running shadow of it",
      remedy: "turn fault tolerance off for the move"),
    FeasibilityRow(
      .blocker(.filesystemShare), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "a folder of its host is shared into it",
      remedy: "unmount and detach the share, or move it cold"),
    // XCP-ng drives the memory to its minimum during a live move, and the guest may die of it.
    FeasibilityRow(
      .blocker(.dynamicMemory), on: [.xcpng], cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "its memory would be driven to its minimum",
      remedy: "raise the minimum to the maximum first, or move it cold"),
    FeasibilityRow(
      .blocker(.dynamicMemory), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "its memory is dynamic", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.liveBlocked), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "the platform has live moves of it switched off",
      remedy: "lift the blocked operation or the failover policy, or move it cold"),
    // The key store of a TPM is bound to the host or the user on these platforms.
    FeasibilityRow(
      .blocker(.vtpm), on: [.openstack, .hyperv, .ganeti], cold: .allowed, preCopy: .refused,
      postCopy: .refused, liveWithStorage: .refused, because: "its virtual TPM is bound to its host",
      remedy: "move it cold, or set the platform's TPM security so that it can follow"),
    FeasibilityRow(
      .blocker(.vtpm), cold: .allowed, preCopy: .allowed, postCopy: .allowed,
      liveWithStorage: .allowed, because: "it has a virtual TPM", remedy: "none needed"),
    FeasibilityRow(
      .blocker(.encrypted), cold: .allowed, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .allowed, because: "it is encrypted by the platform", remedy: "use pre-copy"),
    FeasibilityRow(
      .blocker(.confidential), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "its memory is encrypted by the processor (SEV, TDX)",
      remedy: "move it cold"),
    FeasibilityRow(
      .blocker(.container), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "it is a container", remedy: "move it cold"),
  ]
}
