/// The headers of vInfo that RVTools itself writes, in versions 3.9 to 4.7. Every other header is a
/// custom attribute or a tag category of a vCenter.
enum RVToolsInfoHeaders {
  /// The headers, reduced to letters and digits.
  static let standard: Set<String> = Set(
    (names.split(separator: "|").map { RVToolsColumn.plain(String($0)) })
      + [RVToolsColumn.vm, .memory, .provisioned, .inUse, .annotation, .configuredOS, .toolsOS]
      .flatMap(\.spellings) + RVToolsColumn.networks.flatMap(\.spellings))

  private static let names = """
    VM|Powerstate|Template|SRM Placeholder|Config status|DNS Name|Connection state|Guest state|Heartbeat|\
    Consolidation Needed|PowerOn|Suspended To Memory|Suspend time|Suspend Interval|Creation date|\
    Change Version|CPUs|Overall Cpu Readiness|Memory|Active Memory|NICs|Disks|Total disk capacity MiB|\
    Total disk capacity MB|Fixed Passthru HotPlug|min Required EVC Mode Key|Latency Sensitivity|\
    Op Notification Timeout|EnableUUID|CBT|Primary IP Address|Network #1|Network #2|Network #3|Network #4|\
    Network #5|Network #6|Network #7|Network #8|Num Monitors|Video Ram KiB|Video Ram KB|Resource pool|\
    Folder ID|Folder|vApp|DAS protection|FT State|FT Role|FT Latency|FT Bandwidth|FT Sec. Latency|\
    Vm Failover In Progress|Provisioned MiB|Provisioned MB|In Use MiB|In Use MB|Unshared MiB|Unshared MB|\
    HA Restart Priority|HA Isolation Response|HA VM Monitoring|Cluster rule(s)|Cluster rule name(s)|\
    Boot Required|Boot delay|Boot retry delay|Boot retry enabled|Boot BIOS setup|Reboot PowerOff|\
    EFI Secure boot|Firmware|HW version|HW upgrade status|HW upgrade policy|HW target|Path|Log directory|\
    Snapshot directory|Suspend directory|Annotation|Datacenter|Cluster|Host|\
    OS according to the configuration file|OS according to the VMware Tools|OS|Customization Info|\
    Guest Detailed Data|VM ID|SMBIOS UUID|VM UUID|UUID|Instance UUID|Object ID|VI SDK Server type|\
    VI SDK API Version|VI SDK Server|VI SDK UUID|Guest host name|VM Name|Num virtual disks|Create date|Version
    """
}
