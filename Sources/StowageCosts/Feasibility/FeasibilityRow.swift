import StowageModel

/// What an attribute of a VM, its hosts or the platform does to each technique: one row of the table.
struct FeasibilityRow {
  /// What the row is about.
  enum Attribute: Hashable {
    /// The VM is off or suspended.
    case poweredOff
    /// The inventory marks the VM as not movable.
    case notMovable
    /// The VM carries a blocker.
    case blocker(Blocker)
    /// The processors of the two hosts are of different vendors.
    case otherCPUVendor
    /// The target's CPU baseline lacks, or may lack, features of the source's.
    case olderCPULevel
    /// The platform copies no disks under a running VM, and they must be copied.
    case noLiveStorageCopy
    /// The hosts are of different hypervisors.
    case otherHypervisor
    /// The target's hypervisor is older than the source's.
    case olderHypervisor
    /// The platform has no post-copy, or only as a setting of hosts that these are not known to have.
    case noPostCopy
    /// The platform begins every live move as pre-copy, and switches to post-copy by itself.
    case switchesAtTimeout
    /// One of the hosts is known not to allow post-copy.
    case hostWithoutPostCopy
  }

  /// What becomes of one technique.
  enum Ruling {
    case allowed
    case refused
    /// Allowed between hosts whose `cpu_model` is known and the same.
    case ifSameCPUModel
    /// Allowed to hosts that have GPUs enough.
    case ifTargetHasGPUs
    /// Allowed when both hosts reach the disks.
    case ifStorageStays
    /// Allowed when the disks travel.
    case ifStorageTravels
    /// Allowed to the hosts on which the disks are kept in step.
    case ifTargetHoldsReplica
    /// Allowed unless the target lists sizes of huge pages without this one.
    case ifTargetHasPages(String)
  }

  let attribute: Attribute
  /// Platforms for which the row holds; `nil` for all that no other row of the attribute names.
  let platforms: [Platform]?
  let cold: Ruling
  let preCopy: Ruling
  /// Post-copy and hybrid.
  let postCopy: Ruling
  /// A live move, by whatever technique, that copies disks.
  let liveWithStorage: Ruling
  /// Why, as the end of a sentence that starts with the VM.
  let because: String
  /// What lifts it, as an imperative.
  let remedy: String

  init(
    _ attribute: Attribute, on platforms: [Platform]? = nil, cold: Ruling, preCopy: Ruling,
    postCopy: Ruling, liveWithStorage: Ruling, because: String, remedy: String
  ) {
    self.attribute = attribute
    self.platforms = platforms
    self.cold = cold
    self.preCopy = preCopy
    self.postCopy = postCopy
    self.liveWithStorage = liveWithStorage
    self.because = because
    self.remedy = remedy
  }

  /// The rulings that `technique` has to pass.
  func rulings(_ technique: Technique, storage: StorageCopy) -> [Ruling] {
    let own: Ruling =
      switch technique {
      case .cold: cold
      case .preCopy: preCopy
      case .postCopy: attribute == .switchesAtTimeout ? .refused : postCopy
      case .hybrid: postCopy
      }
    return technique.isLive && storage == .full ? [own, liveWithStorage] : [own]
  }
}
