import LinearOptimization
import Testing

struct BoundsTests {
  @Test("absent ends are nil")
  func absence() {
    #expect(Bounds.free.lower == nil && Bounds.free.upper == nil)
    #expect(Bounds.nonNegative.lower == 0 && Bounds.nonNegative.upper == nil)
    #expect(Bounds.atMost(3) == Bounds(lower: nil, upper: 3))
  }

  @Test("bounds are empty only when their ends cross")
  func emptiness() {
    #expect(Bounds.between(2, 1).isEmpty)
    #expect(!Bounds.exactly(1).isEmpty)
    #expect(Bounds.exactly(1).isFixed)
    #expect(!Bounds.free.isEmpty)
  }

  @Test("the excess is the distance outside", arguments: [(-1.0, 1.0), (0, 0), (2, 0), (5, 2)])
  func excess(value: Double, expected: Double) {
    #expect(Bounds.between(0, 3).excess(of: value) == expected)
  }

  @Test("the integer hull moves ends inward, but not past an integer missed by a hair")
  func integerHull() {
    #expect(Bounds.between(0.5, 2.5).integerHull == .between(1, 2))
    #expect(Bounds.between(1.0000000001, 2.9999999999).integerHull == .between(1, 3))
    #expect(Bounds.between(1.2, 1.8).integerHull.isEmpty)
    #expect(Bounds.free.integerHull == .free)
  }

  @Test("a bound that is no number is refused")
  func refusal() async {
    await #expect(processExitsWith: .failure) { _ = Bounds.atMost(.nan) }
    await #expect(processExitsWith: .failure) { _ = Bounds.atLeast(-.infinity) }
  }
}
