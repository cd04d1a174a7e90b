import Testing

@testable import StowageReports

@Suite("Tables of text")
struct TextTableTests {
  private func lines(_ names: [String], fitting width: Int) -> [String] {
    var table = TextTable([.init(isName: true), .init(isRightAligned: true)])
    for name in names { table.add([name, "1 min 23 s"]) }
    return table.lines(fitting: width)
  }

  @Test("names are shortened until a line fits, as far as their ends tell them apart")
  func shortens() {
    #expect(
      lines(["host-000117", "host-000118"], fitting: 21) == [
        "  hos…117  1 min 23 s", "  hos…118  1 min 23 s",
      ])
    let names = ["analytics-etl-01", "analytics-web-01"]
    #expect(lines(names, fitting: 20) == ["  ana…l-01  1 min 23 s", "  ana…b-01  1 min 23 s"])
    #expect(Set(lines(["left-of-the-middle-x", "left-in-the-middle-x"], fitting: 12)).count == 2)
  }

  @Test("a name that stands in several rows is shortened like any other")
  func repeats() {
    let rows = lines(["analytics-etl-01", "analytics-etl-01"], fitting: 20)
    #expect(rows[0] == "  ana…-01  1 min 23 s")
    #expect(rows[0] == rows[1])
  }
}
