import StowageModel

extension FeasibilityTable {
  static let devices: [FeasibilityRow] = [
    // A cold move would need the same device at the target, which an inventory does not say.
    FeasibilityRow(
      .blocker(.passthrough), cold: .refused, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "a PCI device of its host is passed through",
      remedy: "detach the device, or move the VM by hand to a host with the same device"),
    FeasibilityRow(
      .blocker(.sriov), on: [.hyperv], cold: .allowed, preCopy: .allowed, postCopy: .refused,
      liveWithStorage: .allowed, because: "an SR-IOV function is attached",
      remedy: "use pre-copy: the guest falls back to the synthetic path meanwhile"),
    FeasibilityRow(
      .blocker(.sriov), cold: .refused, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "an SR-IOV function of its host is attached",
      remedy: "replace it by a paravirtual interface, or detach it for the move"),
    // QEMU rejects VFIO with post-copy; live needs the same type, drivers and a long limit.
    FeasibilityRow(
      .blocker(.vgpu), cold: .ifTargetHasGPUs, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused,
      because: "it has a mediated GPU",
      remedy: "move it cold to a host with a free GPU of the same type"),
    FeasibilityRow(
      .blocker(.usb), cold: .refused, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "a USB device of its host is attached",
      remedy: "detach the device, or reach it over the network"),
    FeasibilityRow(
      .blocker(.iso), cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "a CD image or other removable medium is attached", remedy: "eject the medium"),
    // libvirt moves a memory of the role "master" only; the inventory does not say which it is.
    FeasibilityRow(
      .blocker(.sharedMemory), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "it shares memory with other processes of its host",
      remedy: "detach the shared memory, or move it cold"),
    FeasibilityRow(
      .blocker(.serial), cold: .allowed, preCopy: .refused, postCopy: .refused, liveWithStorage: .refused,
      because: "a serial or parallel port ends at a device of its host",
      remedy: "let the port end at a socket, or move it cold"),
    FeasibilityRow(
      .blocker(.hardwareRenderer), on: [.vmware], cold: .allowed, preCopy: .ifTargetHasGPUs,
      postCopy: .refused, liveWithStorage: .ifTargetHasGPUs,
      because: "its graphics are rendered by hardware that the target is not known to have",
      remedy: "choose a target with such a GPU, or set the renderer to automatic"),
    FeasibilityRow(
      .blocker(.hardwareRenderer), cold: .allowed, preCopy: .refused, postCopy: .refused,
      liveWithStorage: .refused, because: "its graphics are rendered by its host's hardware",
      remedy: "switch 3D off, or move it cold"),
  ]
}
