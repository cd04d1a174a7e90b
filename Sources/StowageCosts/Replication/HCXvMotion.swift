public import StowageModel

/// What HCX asks before it moves a running VM between sites, as docs.vmware.com (HCX User Guide, Understanding
/// VMware HCX vMotion and Cold Migration) states it.
public enum HCXvMotion {
  /// The least throughput between the sites, in Mb/s.
  public static let leastMegabitsPerSecond = 100.0
  /// The oldest virtual hardware.
  public static let oldestHardwareVersion = 9
  /// Moves at once between two sites that VMware supports.
  public static let movesAtOnce = 1

  /// Each prerequisite that is missing, as the end of a sentence that starts with the VM, and the remedy.
  ///
  /// - Parameters:
  ///   - vm: the VM.
  ///   - gbps: bandwidth between the sites; `nil` where it is not known.
  ///   - hardwareVersion: of the virtual machine; `nil` where the inventory does not say.
  /// - Returns: the prerequisites, in the order in which they are stated.
  public static func obstacles(
    vm: VM, gbps: Double?, hardwareVersion: Int? = nil
  ) -> [(because: String, remedy: String)] {
    var found: [(because: String, remedy: String)] = []
    if let gbps, gbps * 1000 < leastMegabitsPerSecond {
      found.append(
        (
          "HCX vMotion asks for 100 Mb/s and there are \(Figure.decimal(gbps * 1000, places: 1))",
          "use HCX bulk migration, or a faster link"
        ))
    }
    if let hardwareVersion, hardwareVersion < oldestHardwareVersion {
      found.append(
        (
          "HCX vMotion asks for virtual hardware 9 and it has \(hardwareVersion)",
          "upgrade its virtual hardware, or use HCX bulk migration"
        ))
    }
    if vm.blockers.contains(.iso) {
      found.append(("HCX vMotion moves no VM with an attached medium", "eject the medium"))
    }
    if vm.blockers.contains(.sharedDisk) {
      found.append(("HCX vMotion moves no VM with a shared disk", "move the whole group cold"))
    }
    return found
  }
}
