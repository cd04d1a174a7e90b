import StowageModel

/// Understands the settings of a VM or container.
struct ProxmoxConfig {
  /// Things in the way of a move.
  private(set) var blockers: Set<Blocker> = []
  /// Storages that its disks lie on, by name.
  private(set) var storages: [String] = []
  /// Storages of the media in its drives.
  private(set) var mediaStorages: [String] = []
  /// Bridges that it is connected to.
  private(set) var bridges: [String] = []
  /// Size of its disks in GiB; `nil` when no disk states one.
  private(set) var diskGiB: Double?

  /// Whether a setting is a disk or drive: `scsi0`, `virtio12`, `rootfs`.
  static func isDisk(_ name: String) -> Bool {
    if name == "rootfs" { return true }
    let stem = name.prefix { $0.isLetter }
    return ["ide", "sata", "scsi", "virtio", "mp", "efidisk", "tpmstate"].contains(String(stem))
      && name.count > stem.count && name.dropFirst(stem.count).allSatisfy(\.isNumber)
  }

  /// Takes in the settings.
  init(_ record: ExportRecord) {
    for name in record.names {
      guard let value = record.text(name) else { continue }
      let stem = String(name.prefix { $0.isLetter })
      let isNumbered = name.count > stem.count
      if Self.isDisk(name) {
        readDisk(stem, value)
      } else if stem == "hostpci", isNumbered {
        blockers.insert(value.contains("mdev=") ? .vgpu : .passthrough)
      } else if stem == "usb", isNumbered, !value.contains("spice") {
        blockers.insert(.usb)
      } else if stem == "virtiofs", isNumbered {
        blockers.insert(.filesystemShare)
      } else if stem == "serial" || stem == "parallel", isNumbered, value.hasPrefix("/dev/") {
        blockers.insert(.serial)
      } else if stem == "numa", isNumbered, value.contains("hostnodes="), value.contains("policy=bind") {
        blockers.insert(.pinnedCPU)
      } else if stem == "net", isNumbered, let bridge = Self.option("bridge", of: value),
        !bridges.contains(bridge)
      {
        bridges.append(bridge)
      } else {
        readSetting(name, value)
      }
    }
  }

  private mutating func readSetting(_ name: String, _ value: String) {
    switch name {
    case "cpu", "cputype":
      let type = Self.option("cputype", of: value) ?? String(value.prefix { $0 != "," })
      if type == "host" || type == "max" { blockers.insert(.hostCPUModel) }
    case "hugepages":
      // In MiB; `any` leaves the size to the host.
      blockers.insert(value == "2" ? .hugepages2M : value == "1024" ? .hugepages1G : .hugepages)
    case "affinity": blockers.insert(.pinnedCPU)
    case "ivshmem": blockers.insert(.sharedMemory)
    case "vga": if value.contains("virtio-gl") { blockers.insert(.hardwareRenderer) }
    case "amd-sev", "amd_sev", "intel-tdx": blockers.insert(.confidential)
    case "snapshots", "parent": blockers.insert(.snapshot)
    default: break
    }
  }

  private mutating func readDisk(_ stem: String, _ value: String) {
    let volume = value.prefix { $0 != "," }
    guard volume != "none" else { return }
    let storage = volume.firstIndex(of: ":").map { String(volume[..<$0]) }
    if value.contains("media=cdrom") {
      if volume == "cdrom" { blockers.insert(.iso) } else if let storage { mediaStorages.append(storage) }
      return
    }
    if stem == "tpmstate" { blockers.insert(.vtpm) }
    if let storage {
      if !storages.contains(storage) { storages.append(storage) }
    } else if value.hasPrefix("/") {
      // A device or folder of the host itself.
      blockers.insert(stem == "mp" ? .filesystemShare : .localDisk)
    }
    if Self.option("shared", of: value) == "1", stem != "mp" { blockers.insert(.sharedDisk) }
    if let size = Self.option("size", of: value).flatMap(Self.gibibytes) { diskGiB = (diskGiB ?? 0) + size }
  }

  private static func option(_ name: String, of value: String) -> String? {
    for part in value.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      if pair.count == 2, pair[0] == name { return String(pair[1]) }
      // The model of a network adapter comes first: `virtio=MAC,bridge=vmbr0`.
    }
    return nil
  }

  private static func gibibytes(_ text: String) -> Double? {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits) else { return nil }
    switch text.dropFirst(digits.count).uppercased() {
    case "T": return number * 1024
    case "G": return number
    case "M": return number / 1024
    case "K": return number / 1_048_576
    default: return nil
    }
  }
}
