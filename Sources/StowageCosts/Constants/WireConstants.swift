/// What QEMU's stream and the network under it cost.
public struct WireConstants: Hashable, Sendable {
  /// A page, in bytes.
  public var pageBytes = 4096.0
  /// Before each page that is sent: address and flags (`migration/ram.c`, `save_page_header`).
  public var headerBytes = 8.0
  /// A page of zeros: header and the fill byte.
  public var zeroPageBytes = 9.0
  /// Device state and configuration at the end, in MiB: measured 0.1 on a guest of one disk-less machine.
  public var deviceStateMiB = 0.1
  /// Part of an Ethernet frame of 1 514 bytes, as a traffic shaper counts it, that is TCP payload at an MTU
  /// of 1 500: 1 448 bytes, 0.956. A link shaped to 64 MiB/s gave 0.9557.
  public var frameEfficiency = 1448.0 / 1514
  /// What QEMU sends at a `max-bandwidth` over a link that carries much more, as a part of it when that is
  /// small: its limiter overshoots by what it sends at once.
  public var limiterOvershoot = 1.032
  /// The `max-bandwidth` in MiB/s at which sending alone would halve that: it falls short by the time that
  /// sending takes in a window. Measured 32.6, 64.3 and 125 MiB/s at caps of 32, 64 and 128.
  public var limiterHalfMiBPerSecond = 2400.0
  /// What loopback carries once the engine no longer limits itself, in MiB/s: fitted to the last phase of
  /// 20 hybrid moves.
  public var loopbackMiBPerSecond = 610.0
  /// From the command of a bare engine to its first byte, in s: measured 1 to 20 ms.
  public var bareSetUpSeconds = 0.01
  /// As measured.
  public init() {}

  /// Bytes on the wire for each byte of a page that was written: 1.002.
  public var pageOverhead: Double { 1 + headerBytes / pageBytes }

  /// Sent for memory of which `writtenMiB` are not zero, in MiB.
  public func mib(writtenMiB: Double, zeroMiB: Double) -> Double {
    writtenMiB * pageOverhead + zeroMiB * zeroPageBytes / pageBytes
  }

  /// What QEMU sends at a `max-bandwidth` of `cap` MiB/s over a link that carries much more, in MiB/s:
  /// *cap · 1.032 / (1 + cap / 2 400)*.
  public func capped(_ cap: Double) -> Double {
    cap * limiterOvershoot / (1 + cap / limiterHalfMiBPerSecond)
  }
}
