import StowageModel
import Testing

@Suite("Glob")
struct GlobTests {
  @Test(
    "matches whole ids with * and ?",
    arguments: [
      ("db-1", "db-1", true), ("db-1", "db-10", false), ("db-*", "db-10", true), ("db-*", "db-", true),
      ("db-?", "db-10", false), ("*", "", true), ("*a*b", "xxaxxb", true), ("*a*b", "xxaxx", false),
      ("a*", "ba", false), ("?", "é", true),
    ])
  func matches(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  @Test("a pattern of many stars on a long text ends")
  func isNotExponential() {
    let text = String(repeating: "a", count: 2000)
    #expect(!Glob(String(repeating: "*a", count: 30) + "b").matches(text))
  }
}

@Suite("Selection")
struct SelectionTests {
  @Test("needs one of the globs and all of the labels")
  func needsBoth() {
    let selection = Selection(globs: [Glob("db-*")], labels: ["tier": "gold"])
    #expect(selection.includes(id: "db-1", labels: ["tier": "gold", "x": "y"]))
    #expect(!selection.includes(id: "web-1", labels: ["tier": "gold"]))
    #expect(!selection.includes(id: "db-1", labels: ["tier": "silver"]))
    #expect(!selection.includes(id: "db-1", labels: [:]))
  }
}

@Suite("Amounts and Capacity")
struct AmountsTests {
  @Test("a load at the limit is held, one unit above is not, and no limit holds anything")
  func holds() {
    var capacity = Capacity.unlimited
    capacity[.memory] = 10
    #expect(capacity.holds(Amounts(cpu: .max / 8, memory: 10)))
    #expect(!capacity.holds(Amounts(memory: 11)))
    capacity[.memory] = nil
    #expect(capacity.holds(Amounts(memory: 11)))
  }

  @Test("amounts add and subtract resource by resource")
  func adds() {
    let sum = Amounts(cpu: 1, memory: 2, slots: 1) + Amounts(memory: 3, gpus: 2)
    #expect(sum == Amounts(cpu: 1, memory: 5, slots: 1, gpus: 2))
    #expect(sum - Amounts(memory: 5) == Amounts(cpu: 1, slots: 1, gpus: 2))
  }
}
