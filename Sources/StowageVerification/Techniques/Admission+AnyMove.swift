import StowageModel

extension Admission {
  /// What stops a move whether the VM runs or not.
  var toAnyMove: String? {
    if vm.isMovable == false { return "the inventory marks it as not movable" }
    if let host = hosts, Hypervisors.differ(host.source, host.target) {
      return "the target runs another hypervisor"
    }
    return boundToHost ?? boundToDisks ?? wantsAtTarget
  }

  /// What no move takes along.
  private var boundToHost: String? {
    if has(.passthrough) { return "a PCI device of its host is passed through" }
    if has(.usb) { return "a USB device of its host is attached" }
    if has(.faultTolerance) { return "fault tolerance keeps a running shadow of it" }
    if has(.sriov), !isOn(.hyperv) { return "an SR-IOV function of its host is attached" }
    return nil
  }

  private var boundToDisks: String? {
    if has(.diskJob) { return "a block job runs on a disk of it, or one is transient" }
    if has(.snapshot), isOn(.libvirt, .xcpng, .proxmox) {
      if isOn(.libvirt) { return "libvirt migrates no domain with snapshots" }
      if disksTravel { return "it has snapshots, and its disks would be copied" }
    }
    guard disksTravel else { return nil }
    if has(.rdm) { return "a raw device is mapped, which the target does not reach" }
    if has(.sharedDisk) { return "it shares a disk with another VM, and its disks would be copied" }
    return has(.linkedClone) && isOn(.proxmox) ? "its disks are linked clones and would be copied" : nil
  }

  private var wantsAtTarget: String? {
    guard let target = hosts?.target else { return nil }
    if has(.vgpu), !offersGPUs(target) { return "the target has too few GPUs for its mediated GPU" }
    let pages = Set(target.hugePageSizes.map { $0.lowercased() })
    guard !pages.isEmpty else { return nil }
    if has(.hugepages2M), !pages.contains("2m") { return "the target sets no pages of 2 MiB aside" }
    return has(.hugepages1G) && !pages.contains("1g") ? "the target sets no pages of 1 GiB aside" : nil
  }

  func offersGPUs(_ target: Host) -> Bool {
    guard let there = target.gpuCount, there > 0 else { return false }
    return there >= vm.gpuCount ?? 1
  }
}
