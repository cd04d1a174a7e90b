import StowageModel

extension Admission {
  /// What stops a move of a running VM beside that.
  var toLiveMove: String? {
    if vm.powerState != .on { return "it does not run: there is no memory to copy" }
    return anywhere ?? onThisPlatform ?? between
  }

  /// Attributes that stop it on every platform.
  private var anywhere: String? {
    let reasons: [(Blocker, String)] = [
      (.iso, "a CD image or other removable medium is attached"),
      (.vgpu, "it has a mediated GPU"),
      (.sharedDisk, "it shares a disk or SCSI bus with another VM"),
      (.filesystemShare, "a folder of its host is shared into it"),
      (.confidential, "its memory is encrypted by the processor"),
      (.container, "it is a container"),
      (.invariantTSC, "it is promised an invariant time stamp counter"),
      (.sharedMemory, "it shares memory with other processes of its host"),
      (.serial, "a serial or parallel port ends at a device of its host"),
      (.liveBlocked, "the platform has live moves of it switched off"),
    ]
    return reasons.first { has($0.0) }?.1
  }

  private var onThisPlatform: String? {
    if has(.pinnedCPU), !isOn(.openstack, .kubevirt) {
      return "it is pinned to cores or NUMA nodes of its host"
    }
    if has(.vtpm), isOn(.openstack, .hyperv, .ganeti) { return "its virtual TPM is bound to its host" }
    if has(.dynamicMemory), isOn(.xcpng) { return "its memory would be driven to its minimum" }
    if has(.hardwareRenderer), !isOn(.vmware) { return "its graphics are rendered by its host's hardware" }
    if disksTravel {
      return isOn(.ganeti, .kubevirt) ? "the platform copies no disks under a running VM" : nil
    }
    return has(.diskCache) && isOn(.libvirt, .openstack, .ganeti)
      ? "a disk goes through its host's cache, which both hosts would hold at once" : nil
  }

  private var between: String? {
    guard let (source, target) = hosts else { return nil }
    if Processors.areOfDifferentMakers(source, target) {
      return "the target's processor is of another vendor"
    }
    let lacksFeatures =
      vm.cpuBaseline.map { Processors.mayLackFeatures(target, for: $0) }
      ?? Processors.mayLackFeatures(target, of: source)
    if lacksFeatures {
      return "the target's CPU compatibility level may lack features that the guest uses"
    }
    if Hypervisors.isOlder(target, than: source) {
      return "the target's hypervisor is older than the source's"
    }
    let seesProcessor = has(.hostCPUModel) || has(.performanceCounters) && isOn(.vmware)
    if seesProcessor, !Processors.areAlike(source, target) {
      return "the guest sees its host's processor, and the target's is not known to be the same"
    }
    if has(.hardwareRenderer), isOn(.vmware), !offersGPUs(target) {
      return "its graphics are rendered by hardware that the target is not known to have"
    }
    let isReplicated = has(.replicated) && isOn(.proxmox, .ganeti)
    return isReplicated && !vm.replicaHosts.contains(target.id.rawValue)
      ? "its disks are kept in step on other hosts than the target" : nil
  }

  /// What stops a move that runs ahead of its memory beside that.
  var toMoveAhead: String? {
    if let because = postCopyMissing { return because }
    if has(.hugepages) { return "its memory is in huge pages, of a size that is not known" }
    if has(.hugepages1G) { return "its memory is in pages of 1 GiB" }
    if has(.encrypted) { return "it is encrypted by the platform" }
    return has(.rdm) ? "a raw device is mapped" : nil
  }

  /// What stops one whose memory follows it from the first byte beside that.
  var toMoveAheadAtOnce: String? {
    isOn(.kubevirt) ? "the platform begins every live move as pre-copy" : nil
  }

  private var postCopyMissing: String? {
    let says = hosts.map { [$0.source.allowsPostCopy, $0.target.allowsPostCopy] } ?? [true, true]
    switch platform {
    case .libvirt: break
    case .openstack, .ganeti, .kubevirt:
      if says.contains(nil) { return "the platform has post-copy switched off by default" }
    case .vmware, .hyperv, .proxmox, .xcpng: return "the platform has no post-copy"
    }
    return says.contains(false) ? "one of the hosts does not allow post-copy" : nil
  }
}
