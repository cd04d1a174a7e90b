import LinearOptimization
import Testing

struct ViolationTests {
  /// One integer column up to 3, one continuous, and 2x + y ≤ 10.
  private static func program() -> LinearProgram {
    var program = LinearProgram()
    let x = program.addInteger(in: .between(0, 3), cost: 1), y = program.addContinuous(cost: 1)
    program.require("limit", 2 * x + y, atMost: 10)
    return program
  }

  private static func subjects(_ values: [Double]) -> [Violation.Subject] {
    Solution(of: program(), values: values).violations(of: program()).map(\.subject)
  }

  @Test("a feasible solution violates nothing, at the limit either")
  func feasible() {
    #expect(Self.subjects([3, 4]).isEmpty)
    #expect(Self.subjects([0, 0]).isEmpty)
  }

  @Test("rows, bounds and fractions are reported with what is wrong")
  func violations() {
    let program = Self.program()
    let (x, row) = (program.column(at: 0), program.row(at: 0))
    #expect(Self.subjects([3, 5]) == [.row(row)])
    #expect(Self.subjects([4, 0]) == [.column(x)])
    #expect(Self.subjects([2.5, 0]) == [.integrality(x)])
    #expect(Self.subjects([0, -1]) == [.column(program.column(at: 1))])
    let violation = Solution(of: program, values: [3, 5]).violations(of: program).first
    #expect(violation?.value == 11 && violation?.excess == 1)
  }

  @Test("an objective that is not what the values come to is reported")
  func objective() {
    let solution = Solution(objective: 6, values: [3, 4])
    #expect(solution.violations(of: Self.program()).map(\.subject) == [.objective])
  }

  @Test("values that are no numbers never pass")
  func notANumber() {
    #expect(!Self.subjects([.nan, 0]).isEmpty)
    #expect(!Self.subjects([0, .infinity]).isEmpty)
  }

  @Test("one unit over a capacity of a million is a violation, a rounding error is not")
  func scale() {
    var program = LinearProgram()
    let x = program.addInteger(), y = program.addInteger()
    program.require("memory", x + y, atMost: 1_000_000)
    #expect(!Solution(of: program, values: [1_000_001, 0]).violations(of: program).isEmpty)
    #expect(Solution(of: program, values: [999_999, 1]).violations(of: program).isEmpty)
    program.setBounds(of: program.row(at: 0), to: .atMost(0.1 + 0.2 + 999_999.7 - 1e-9))
    #expect(Solution(of: program, values: [1_000_000, 0]).violations(of: program).isEmpty)
  }
}
