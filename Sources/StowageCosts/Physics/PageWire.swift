/// What pages cost on QEMU's wire.
public enum PageWire {
  /// A page, in bytes.
  static let pageBytes = 4096.0
  /// Before each page that is sent: address and flags (`migration/ram.c`, `save_page_header`).
  static let headerBytes = 8.0
  /// A page of zeros: header and the fill byte.
  static let zeroPageBytes = 9.0
  /// Device state and configuration at the end, in MiB: measured 0.1 on a guest of one disk-less machine.
  static let deviceStateMiB = 0.1

  /// Bytes on the wire for each byte of a page that was written: 1.002.
  public static let overhead = 1 + headerBytes / pageBytes

  /// Sent for memory of which `writtenMiB` are not zero, in MiB.
  public static func mib(writtenMiB: Double, zeroMiB: Double) -> Double {
    writtenMiB * overhead + zeroMiB * zeroPageBytes / pageBytes
  }
}
