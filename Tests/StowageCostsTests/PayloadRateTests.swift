import StowageCosts
import Testing

@Suite("Payload rate")
struct PayloadRateTests {
  /// 1 Gb/s is 119.21 MiB/s, of which 92 % arrive.
  @Test("1, 10 and 25 Gb/s carry 109.67, 1096.7 and 2741.8 MiB/s")
  func published() {
    #expect(printed(PayloadRate.mibPerSecond(gbps: 1), 2) == "109.67")
    #expect(printed(PayloadRate.mibPerSecond(gbps: 10), 1) == "1096.7")
    #expect(printed(PayloadRate.mibPerSecond(gbps: 25), 1) == "2741.8")
    #expect(PayloadRate.whenUnknown == PayloadRate.mibPerSecond(gbps: 1))
  }
}
