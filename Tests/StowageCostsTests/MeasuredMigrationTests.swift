import StowageCosts
import Testing

/// Moves that were made with QEMU 10.0.2 under software emulation on one machine (the project's own
/// measurements): guests of 256 to 1 024 MiB, links limited to 32 to 128 MiB/s by the engine on loopback, or
/// shaped to 64 MiB/s between two network namespaces.
///
/// Each row holds what was measured within what repeats of a row differ by, and what the model says to the last digit
/// printed: twice any of its constants changes one of them.
@Suite("Measured migrations")
struct MeasuredMigrationTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var way: BareQEMU.Way
    var engine: BareQEMU
    var guest: MemoryProfile
    var zeroMiB: Double
    /// Total s, MiB, blackout s.
    var measured: (Double, Double, Double?)
    var predicted: String

    var testDescription: String { "\(way) at \(engine.capMiBPerSecond) MiB/s" }

    init(
      _ way: BareQEMU.Way, cap: Double, link: Double?, limit: Double,
      guest: (written: Double, zero: Double, set: Double, rate: Double, pattern: WritePattern),
      measured: (Double, Double, Double?), predicted: String
    ) {
      self.way = way
      engine = BareQEMU(
        capMiBPerSecond: cap, linkMiBPerSecond: link, limitSeconds: limit, timeoutSeconds: 40)
      self.guest = MemoryProfile(
        memoryMiB: guest.written, workingSetMiB: guest.set, hotMiBPerSecond: guest.rate, coldMiBPerSecond: 0,
        pattern: guest.pattern)
      zeroMiB = guest.zero
      self.measured = measured
      self.predicted = predicted
    }
  }

  static let rows = [
    Row(
      .paused, cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 64, 0.000, .sequential),
      measured: (7.321, 461.9, 7.524),
      predicted: "7.187 461.81 7.187"),
    Row(
      .preCopy(maxRounds: 10), cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.164, 537.3, 0.141),
      predicted: "8.196 542.10 0.096"),
    Row(
      .postCopy(preempts: false), cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (7.145, 461.8, 1.764),
      predicted: "7.187 461.81 1.647"),
    Row(
      .hybrid(preempts: false), cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.204, 526.1, 0.600),
      predicted: "7.899 524.87 0.552"),
    Row(
      .hybrid(preempts: false), cap: 32, link: nil, limit: 0.3,
      guest: (452.8, 59.7, 128, 31.250, .sequential),
      measured: (17.787, 581.9, 0.653),
      predicted: "17.590 582.27 0.808"),
    Row(
      .preCopy(maxRounds: 10), cap: 64, link: nil, limit: 0.3,
      guest: (458.7, 53.8, 128, 31.250, .random),
      measured: (9.860, 630.9, 0.076),
      predicted: "9.380 619.37 0.098"),
    Row(
      .hybrid(preempts: false), cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 128, 31.250, .skewed),
      measured: (7.331, 493.3, 0.220),
      predicted: "7.427 494.53 0.299"),
    Row(
      .preCopy(maxRounds: 10), cap: 64, link: nil, limit: 0.3,
      guest: (460.7, 51.8, 256, 93.750, .sequential),
      measured: (40.005, 2572.1, nil),
      predicted: "40.010 2573.30 -"),
    Row(
      .hybrid(preempts: false), cap: 64, link: nil, limit: 0.3,
      guest: (224.7, 31.8, 16, 78.125, .sequential),
      measured: (3.611, 243.0, 0.121),
      predicted: "3.551 242.22 0.094"),
    Row(
      .hybrid(preempts: false), cap: 128, link: nil, limit: 0.3,
      guest: (915.5, 109.0, 64, 11.719, .sequential),
      measured: (7.464, 981.8, 0.234),
      predicted: "7.602 982.11 0.308"),
    Row(
      .stoppedPreCopy(afterRounds: 4), cap: 64, link: nil, limit: 0.3,
      guest: (452.8, 59.7, 256, 93.750, .sequential),
      measured: (21.915, 1436.6, 3.799),
      predicted: "21.874 1423.91 3.787"),
    Row(
      .postCopy(preempts: true), cap: 64, link: nil, limit: 0.3,
      guest: (461.5, 51.0, 128, 31.250, .random),
      measured: (6.753, 462.6, 0.093),
      predicted: "7.199 462.61 0.098"),
    Row(
      .hybrid(preempts: true), cap: 64, link: nil, limit: 0.3,
      guest: (461.5, 51.0, 128, 31.250, .random),
      measured: (8.365, 568.8, 0.163),
      predicted: "8.550 566.74 0.236"),
    Row(
      .preCopy(maxRounds: 10), cap: 512, link: 64, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.939, 546.0, 0.339),
      predicted: "8.880 543.06 0.336"),
    Row(
      .preCopy(maxRounds: 10), cap: 512, link: 64, limit: 1.0,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.721, 532.4, 1.013),
      predicted: "8.619 527.05 1.047"),
    Row(
      .postCopy(preempts: false), cap: 512, link: 64, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (7.614, 461.8, 1.083),
      predicted: "7.553 461.81 1.040"),
    Row(
      .postCopy(preempts: true), cap: 512, link: 64, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (7.544, 461.8, 0.726),
      predicted: "7.553 461.81 0.716"),
    Row(
      .hybrid(preempts: false), cap: 512, link: 64, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.599, 526.1, 0.392),
      predicted: "8.585 524.96 0.484"),
    Row(
      .hybrid(preempts: true), cap: 512, link: 64, limit: 0.3,
      guest: (460.7, 51.8, 64, 15.625, .sequential),
      measured: (8.638, 526.1, 0.345),
      predicted: "8.585 524.96 0.307"),
  ]

  @Test("the model says what it said", arguments: rows)
  func pinned(_ row: Row) {
    let outcome = row.engine.move(row.guest, zeroMiB: row.zeroMiB, way: row.way)
    let texts = [
      printed(outcome.totalSeconds, 3), printed(outcome.sentMiB, 2),
      outcome.blackoutSeconds.map { printed($0, 3) } ?? "-",
    ]
    #expect(texts.joined(separator: " ") == row.predicted)
  }

  /// 7 % of time and 3 % of bytes are what repeats of one row differ by; blackouts by up to 58 %.
  @Test("and that is what was measured", arguments: rows)
  func measured(_ row: Row) {
    let outcome = row.engine.move(row.guest, zeroMiB: row.zeroMiB, way: row.way)
    let (total, mib, blackout) = row.measured
    #expect(abs(outcome.totalSeconds / total - 1) < 0.07)
    #expect(abs(outcome.sentMiB / mib - 1) < 0.03)
    #expect((outcome.blackoutSeconds == nil) == (blackout == nil))
    if let blackout, let predicted = outcome.blackoutSeconds {
      #expect(abs(predicted - blackout) < max(0.1, 0.58 * blackout))
    }
  }

  /// 256 MiB dirtied at 93.75 MiB/s over 125 MiB/s: rounds shrink by a quarter, which ten rounds do not finish.
  @Test("a move that needs more rounds than it is given does not end")
  func rounds() {
    let engine = BareQEMU(capMiBPerSecond: 128, linkMiBPerSecond: nil, limitSeconds: 0.3)
    let guest = SampleVM.profile(460.7, 256, 93.75, 0)
    #expect(engine.move(guest, zeroMiB: 51.8, way: .preCopy(maxRounds: 10)).blackoutSeconds == nil)
    #expect(engine.move(guest, zeroMiB: 51.8, way: .preCopy(maxRounds: 20)).blackoutSeconds != nil)
  }

  /// 93.75 MiB/s over 64.3: 20 % slower are 75, 30 % slower 65.6, 40 % slower 56.3 MiB/s.
  @Test("auto-converge slows the guest down until the rest fits")
  func throttled() {
    let engine = BareQEMU(capMiBPerSecond: 64, linkMiBPerSecond: nil, limitSeconds: 0.3)
    let guest = SampleVM.profile(460.7, 256, 93.75, 0)
    #expect(engine.move(guest, zeroMiB: 51.8, way: .throttledPreCopy(maxRounds: 5)).blackoutSeconds == nil)
    let ended = engine.move(guest, zeroMiB: 51.8, way: .throttledPreCopy(maxRounds: 40))
    #expect(ended.blackoutSeconds != nil)
    #expect(ended.totalSeconds > 4 * 460.7 / 64)
  }
}
