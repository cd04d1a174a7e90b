import LinearOptimization
import Testing

struct LinearExpressionTests {
  @Test("an expression is worth what it says")
  func value() {
    var program = LinearProgram()
    let x = program.addContinuous(), y = program.addContinuous()
    let values = [5.0, 7.0]
    #expect((2 * x + y - 3).value(at: values) == 14)
    #expect((-x - 2 * y + 1).value(at: values) == -18)
    #expect((3 * (x + y) - (x - y)).value(at: values) == 38)
    #expect((x + (y + 1) - x).value(at: values) == 8)
    #expect((-(x + 2)).value(at: values) == -7)
  }

  @Test("sums run over whatever is summed over")
  func sums() {
    var program = LinearProgram()
    let x = (0..<4).map { _ in program.addContinuous() }
    #expect(sum(x).value(at: [1, 2, 3, 4]) == 10)
    #expect(sum(0..<4) { Double($0) * x[$0] + 1 }.value(at: [1, 2, 3, 4]) == 24)
    #expect(sum([LinearProgram.Column]()).value(at: [1]) == 0)
  }

  @Test("a program merges terms of one column and moves the constant to the bound")
  func merging() {
    var program = LinearProgram()
    let x = program.addContinuous(), y = program.addContinuous()
    program.require("merged", y + 2 * x + 3 * x - y + 4, atMost: 10)
    #expect(program.coefficients.columns == [0])
    #expect(program.coefficients.values == [5])
    #expect(program.rowBounds == [.atMost(6)])
  }
}
