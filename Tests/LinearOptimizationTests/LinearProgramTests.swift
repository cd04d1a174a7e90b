import LinearOptimization
import Synchronization
import Testing

struct LinearProgramTests {
  @Test("names are made when read, not before")
  func lazyNames() {
    let made = Made()
    var program = LinearProgram()
    let x = program.addBinary(made.name("x"))
    let y = program.addBinary()
    let row = program.require(made.name("row"), x + y, atMost: 1)
    #expect(made.count == 0)
    #expect(program.name(of: x) == "x" && program.name(of: row) == "row")
    #expect(program.name(of: y) == "column 1")
    #expect(made.count == 2)
  }

  @Test("rows and columns may come in any order")
  func order() {
    var program = LinearProgram()
    let x = program.addContinuous()
    let row = program.require("first", 2 * x, atLeast: 1)
    let y = program.appendColumn(coefficients: [(row: row, value: 3)])
    program.require("second", x - y, equals: 0)
    #expect(program.activities(at: [10, 1]) == [23, 9])
  }

  @Test("the raw path sorts coefficients and drops zeros")
  func rawPath() {
    var program = LinearProgram()
    let columns = (0..<3).map { _ in program.addContinuous() }
    program.appendRow(
      bounds: .free,
      coefficients: [
        (column: columns[2], value: 5), (column: columns[0], value: 4), (column: columns[1], value: 0),
      ])
    #expect(program.coefficients.columns == [0, 2])
    #expect(program.coefficients.values == [4, 5])
  }

  @Test("an objective replaces the one before")
  func objective() {
    var program = LinearProgram()
    let x = program.addContinuous(cost: 7), y = program.addContinuous()
    program.maximize(2 * y + 3)
    #expect(program.sense == .maximize && program.costs == [0, 2])
    program.setCost(of: x, to: 1)
    #expect(program.objective(at: [10, 100]) == 213)
  }

  @Test("snapping rounds integer columns and moves every column into its bounds")
  func snapping() {
    var program = LinearProgram()
    program.addContinuous(in: .between(0, 1))
    program.addInteger(in: .between(0, 5))
    program.addContinuous()
    #expect(program.snapped([-1e-12, 2.9999999, 0.3]) == [0, 3, 0.3])
  }

  @Test("relaxing makes every column continuous")
  func relaxing() {
    var program = LinearProgram()
    program.addBinary()
    program.addInteger()
    #expect(program.hasIntegers && !program.relaxed.hasIntegers)
    #expect(program.relaxed.columnBounds == program.columnBounds)
  }

  @Test("coefficients that are no numbers are refused before any solver sees them")
  func refusal() async {
    await #expect(processExitsWith: .failure) {
      var program = LinearProgram()
      let x = program.addContinuous()
      program.require("ratio", (0.0 / 0) * x, atMost: 1)
    }
    await #expect(processExitsWith: .failure) {
      var program = LinearProgram()
      program.addContinuous(cost: .infinity)
    }
    await #expect(processExitsWith: .failure) {
      var program = LinearProgram()
      let row = program.appendRow(bounds: .free)
      program.appendColumn(coefficients: [(row: row, value: 1), (row: row, value: 2)])
    }
    await #expect(processExitsWith: .failure) {
      var program = LinearProgram()
      let x = program.addBinary()
      program.setBounds(of: x, to: .between(0, 2))
    }
  }
}

/// Counts how many names were made.
private final class Made: Sendable {
  private let made = Mutex(0)

  var count: Int { made.withLock { $0 } }

  func name(_ name: String) -> String {
    made.withLock { $0 += 1 }
    return name
  }
}
