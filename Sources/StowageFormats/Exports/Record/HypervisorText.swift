import StowageModel

/// Hypervisors as exports write them: `QEMU 7.2.22`, `VMware ESXi 8.0.2 build-21997540`, Nova's 9001000.
///
/// VMware moves VMs both ways between updates of one release, so that of ESXi only the release is kept: a target of
/// 8.0.2 is not older than a source of 8.0.3.
struct HypervisorText {
  /// Its name, as `hypervisor` wants it.
  let name: String
  /// Its version, numbers between dots.
  let version: String?

  /// Applies it to a host.
  func describe(_ host: inout Host) {
    host.hypervisor = name
    host.hypervisorVersion = version ?? host.hypervisorVersion
  }

  /// ESXi, from a version or a full name.
  static func esx(_ text: String?) -> HypervisorText? {
    guard let text, let version = number(in: text) else { return nil }
    let release = version.split(separator: ".").prefix(2).joined(separator: ".")
    return HypervisorText(name: "ESXi", version: release)
  }

  /// A name and a version behind it, as libvirt writes them.
  static func named(_ text: String?) -> HypervisorText? {
    guard let text else { return nil }
    let parts = text.split(separator: " ")
    guard let name = parts.first, name.first?.isLetter == true else { return nil }
    return HypervisorText(
      name: String(name), version: parts.dropFirst().first.flatMap { number(in: String($0)) })
  }

  /// Nova's type, and its number of a million, a thousand and one.
  static func nova(type: String?, version: String?) -> HypervisorText? {
    guard let type, ["qemu", "kvm"].contains(type.lowercased()) else { return nil }
    let number = version.flatMap { UInt32($0) }
    return HypervisorText(
      name: "QEMU", version: number.map { "\($0 / 1_000_000).\($0 / 1000 % 1000).\($0 % 1000)" })
  }

  /// Proxmox VE, from `pve-manager/8.4-1/761609f7`.
  static func proxmox(_ text: String?) -> HypervisorText? {
    guard let text, text.hasPrefix("pve-manager/") else { return nil }
    return HypervisorText(name: "Proxmox VE", version: number(in: text))
  }

  /// The first number with dots of a text, at most four parts of at most six digits.
  private static func number(in text: String) -> String? {
    let tail = text.drop { !("0"..."9").contains($0) }.prefix { ("0"..."9").contains($0) || $0 == "." }
    let parts = tail.split(separator: ".").prefix(4)
    guard !parts.isEmpty, parts.allSatisfy({ $0.count <= 6 }) else { return nil }
    return parts.joined(separator: ".")
  }
}
