/// What keeps copies of VMs in step at another place.
public enum Replicator: String, CaseIterable, Hashable, Sendable {
  /// VMware vSphere Replication.
  case vSphereReplication = "vsphere-replication"
  /// VMware HCX, over its interconnect appliances.
  case hcx
  /// Hyper-V Replica.
  case hyperVReplica = "hyperv-replica"
  /// Azure Site Recovery.
  case azureSiteRecovery = "azure-site-recovery"
  /// Zerto.
  case zerto
  /// libvirt with QEMU's block mirror.
  case libvirt
  /// Proxmox VE's storage replication.
  case proxmox
  /// Snapshots sent from ZFS to ZFS.
  case zfs

  /// The name in sentences.
  public var name: String {
    switch self {
    case .vSphereReplication: "vSphere Replication"
    case .hcx: "HCX"
    case .hyperVReplica: "Hyper-V Replica"
    case .azureSiteRecovery: "Azure Site Recovery"
    case .zerto: "Zerto"
    case .libvirt: "QEMU's block mirror"
    case .proxmox: "Proxmox storage replication"
    case .zfs: "ZFS send"
    }
  }

  /// What a fleet of a platform would use when nobody says anything.
  public static func of(_ platform: Platform) -> Replicator {
    switch platform {
    case .vmware: .vSphereReplication
    case .hyperv: .hyperVReplica
    case .proxmox: .proxmox
    case .libvirt, .openstack, .ganeti, .kubevirt: .libvirt
    case .xcpng: .zfs
    }
  }
}
