/// A form in which an inventory can be read.
public enum InventoryFormat: String, CaseIterable, Hashable, Sendable {
  /// Stowage's own tables: a folder of CSV files or one `inventory.json`.
  case native
  /// An RVTools export: a folder of CSV files or one workbook.
  case rvtools
  /// Proxmox VE: answers of its API or `pvesh`, and files of `/etc/pve`.
  case proxmox
  /// Ganeti: htools text, or answers of its remote API.
  case ganeti
  /// OpenStack: lists of its command line, or answers of its APIs.
  case openstack
  /// OpenStack Watcher's model of a cluster.
  case watcher
  /// libvirt: what `virsh` prints.
  case libvirt
  /// VMware vSphere by `govc … -json`.
  case govc
  /// Hyper-V: `Get-VM` and `Get-VMHost`, of a host or of SCVMM.
  case hyperv
  /// VMware PowerCLI: `Get-VM` and `Get-VMHost`.
  case powercli
  /// XCP-ng or XenServer: `xe vm-list` and `xe host-list`.
  case xcpng
  /// Nutanix Prism Central: its list of VMs.
  case nutanix
  /// The template that Azure Migrate imports.
  case azureMigrate = "azure-migrate"
  /// The templates that AWS Migration Hub and Application Migration Service import.
  case awsMigrationHub = "aws-migration-hub"
  /// The templates that Google Migration Center imports.
  case googleMigrationCenter = "google-migration-center"
}
