/// The virtualization platform that will execute a plan.
public enum Platform: String, CaseIterable, Hashable, Sendable {
  /// libvirt with QEMU/KVM.
  case libvirt
  /// VMware vSphere.
  case vmware
  /// Microsoft Hyper-V.
  case hyperv
  /// Proxmox VE.
  case proxmox
  /// OpenStack Nova.
  case openstack
  /// Ganeti with KVM.
  case ganeti
  /// XCP-ng and XenServer.
  case xcpng
  /// KubeVirt.
  case kubevirt
}
