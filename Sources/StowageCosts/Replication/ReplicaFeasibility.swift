public import StowageModel

/// Whether a copy of a VM at another site could be kept and restarted, as far as VM and hosts decide.
public enum ReplicaFeasibility {
  /// Why no copy of `vm` can be kept anywhere, as the end of a sentence that starts with the VM, and what lifts it.
  ///
  /// What stops a live move (CPU, pinning, media, snapshots) does not stop a copy: the VM boots anew.
  public static func objection(to vm: VM, by replicator: Replicator) -> (because: String, remedy: String)? {
    let rows: [(Blocker, String, String)] = [
      (
        .rdm, "a raw device is mapped, which no replicator copies",
        "turn the mapping into a disk, or let the storage replicate"
      ),
      (
        .sharedDisk, "it shares a disk or SCSI bus with another VM",
        "let the storage or the cluster itself replicate the group"
      ),
      (
        .passthrough, "a PCI device of its host is passed through",
        "detach the device, or keep its twin at the other site by hand"
      ),
      (.usb, "a USB device of its host is attached", "reach the device over the network"),
      (.faultTolerance, "fault tolerance keeps a running shadow of it", "turn fault tolerance off"),
      (.vgpu, "it has a mediated GPU", "keep its twin at the other site by hand"),
    ]
    if let row = rows.first(where: { vm.blockers.contains($0.0) }) { return (row.1, row.2) }
    if vm.blockers.contains(.diskJob), replicator == .libvirt {
      return ("a block job runs on a disk of it, and a mirror is one", "wait for the job or end it")
    }
    return nil
  }

  /// Why no VM of `source` can restart on `target`; `nil` when nothing is known against it.
  public static func objection(from source: Host, to target: Host) -> String? {
    HypervisorChange(from: source, to: target).isOtherHypervisor ? "another hypervisor" : nil
  }
}
