import StowageReports
import Testing

@Suite("Units")
struct UnitsTests {
  @Test(
    "counts have commas between thousands",
    arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-4321, "-4,321")])
  func counts(number: Int, text: String) {
    #expect(Units.count(number) == text)
  }

  @Test("one move, two moves, and plurals of their own")
  func plurals() {
    #expect(Units.count(1, "move") == "1 move")
    #expect(Units.count(1200, "move") == "1,200 moves")
    #expect(Units.count(2, "entry", "entries") == "2 entries")
  }

  @Test(
    "decimals are fixed and halves go away from zero",
    arguments: [
      (0.05, 1, "0.1"), (2.5, 0, "3"), (-2.5, 0, "-3"), (-0.001, 1, "0.0"), (1234.5, 2, "1,234.50"),
      (.infinity, 1, "unknown"), (.nan, 1, "unknown"), (1e300, 0, "1e+300"),
    ])
  func decimals(value: Double, digits: Int, text: String) {
    #expect(Units.decimal(value, digits: digits) == text)
  }

  @Test(
    "memory is in MiB below one GiB, with one decimal below 100 GiB",
    arguments: [
      (0.0, "0 GiB"), (512, "512 MiB"), (1024, "1.0 GiB"), (1023.6, "1.0 GiB"), (8417, "8.2 GiB"),
      (102_400, "100 GiB"), (5_321_728, "5,197 GiB"), (.nan, "unknown"),
    ])
  func memory(mebibytes: Double, text: String) {
    #expect(Units.gibibytes(fromMiB: mebibytes) == text)
  }

  @Test("rates are in MiB/s", arguments: [(1096.7, "1,097 MiB/s"), (8.54, "8.5 MiB/s"), (0, "0 MiB/s")])
  func rates(rate: Double, text: String) {
    #expect(Units.rate(mibPerSecond: rate) == text)
  }

  @Test(
    "lengths of time have at most two units",
    arguments: [
      (0.0, "0 s"), (0.287, "287 ms"), (0.9996, "1.0 s"), (41.2, "41.2 s"), (59.96, "1 min 00 s"),
      (872, "14 min 32 s"), (3599.6, "1 h 00 min"), (7500, "2 h 05 min"), (86_399, "1 d 00 h"),
      (273_600, "3 d 04 h"), (-1.5, "-1.5 s"), (.infinity, "unknown"), (1e15, "unknown"),
    ])
  func durations(seconds: Double, text: String) {
    #expect(Units.duration(seconds: seconds) == text)
  }

  @Test("a range that reads the same at both ends is one figure")
  func ranges() {
    #expect(Units.durationRange(lowSeconds: 38.9, highSeconds: 44) == "38.9 s to 44.0 s")
    #expect(Units.durationRange(lowSeconds: 1.5, highSeconds: 1.5) == "1.5 s")
  }

  @Test(
    "instants are hours, minutes and seconds",
    arguments: [
      (0.0, "0:00:00"), (872.4, "0:14:32"), (3661, "1:01:01"), (360_000, "100:00:00"), (.nan, "unknown"),
    ])
  func offsets(seconds: Double, text: String) {
    #expect(Units.offset(seconds: seconds) == text)
  }

  @Test("power, energy, parts and money carry their units")
  func others() {
    #expect(Units.watts(640) == "640 W")
    #expect(Units.watts(12_400) == "12.4 kW")
    #expect(Units.energy(kilowattHours: 5606.4) == "5,606 kWh")
    #expect(Units.energy(kilowattHours: 102_500) == "102.5 MWh")
    #expect(Units.percent(0.834) == "83 %")
    #expect(Units.percent(0.8342, digits: 1) == "83.4 %")
    #expect(Units.money(1250, currency: "EUR") == "1,250 EUR")
    #expect(Units.money(1250, currency: nil) == "1,250")
    #expect(Units.money(1, currency: "E\nR") == "1 E\\nR")
  }
}
