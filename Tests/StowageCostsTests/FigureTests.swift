import StowageCosts
import Testing

@Suite("Numbers in sentences")
struct FigureTests {
  @Test(
    "bandwidth is in Mb/s below 1 Gb/s, and rounded up to a tenth",
    arguments: [(0.1456, "145.6 Mb/s"), (0.14561, "145.7 Mb/s"), (1, "1 Gb/s"), (2.51, "2.6 Gb/s")])
  func bandwidth(gbps: Double, text: String) {
    #expect(Figure.bandwidth(gbps) == text)
  }

  @Test(
    "a stretch of time is told in two units, rounded to the smaller",
    arguments: [
      (45.2, "45 s", "46 s"), (90, "1 min 30 s", "1 min 30 s"), (600, "10 min", "10 min"),
      (3599.5, "59 min 59 s", "1 h"), (7815, "2 h 10 min", "2 h 11 min"), (0, "0 s", "0 s"),
    ])
  func duration(seconds: Double, down: String, up: String) {
    #expect(Figure.duration(seconds, .down) == down)
    #expect(Figure.duration(seconds, .up) == up)
  }

  @Test(
    "what is whole has no decimals, up to where digits no longer say anything",
    arguments: [
      (0.25, "0.3"), (3.0, "3"), (-0.0, "0"), (1.5e15, "1500000000000000"), (1e19, "1e+19"),
      (.infinity, "endless"),
    ])
  func decimal(value: Double, text: String) {
    #expect(Figure.decimal(value, places: 1) == text)
  }
}
