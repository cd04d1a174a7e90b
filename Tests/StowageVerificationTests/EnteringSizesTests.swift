import StowageTestSupport
import Testing

@testable import StowageVerification

@Suite("Sizes that enter")
struct EnteringSizesTests {
  @Test("agrees with trying every content, and settles nothing without steps", arguments: UInt64(1)...20)
  func agrees(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sizes = (0..<5).map { _ in
      (
        amounts: [Int64.random(in: 6...25, using: &random), Int64.random(in: 0...25, using: &random)],
        worth: Int.random(in: 1...30, using: &random)
      )
    }
    func best(_ room: [Int64]) -> Int {
      sizes.filter { $0.amounts[0] <= room[0] && $0.amounts[1] <= room[1] }
        .map { size in size.worth + best([room[0] - size.amounts[0], room[1] - size.amounts[1]]) }.max() ?? 0
    }
    // A ceiling that says more than the truth, and no less.
    let dearest = sizes.map(\.worth).max() ?? 0
    let ceiling = { (room: [Int64]) in Int(room[0] / 6) * dearest }
    let entering = EnteringSizes(sizes)
    for _ in 0..<10 {
      let room = [Int64.random(in: 0...70, using: &random), Int64.random(in: 0...70, using: &random)]
      var steps = 1_000_000
      #expect(entering.best(room, above: nil, ceiling: ceiling, steps: &steps) == best(room))
      #expect(entering.best(room, above: best(room), ceiling: ceiling, steps: &steps) == nil)
      #expect(entering.best(room, above: -7, ceiling: ceiling, steps: &steps) == best(room))
      #expect(steps > 0)
      var few = 2
      let hasty = entering.best(room, above: nil, ceiling: ceiling, steps: &few)
      #expect(few <= 0 || hasty == best(room))
    }
  }
}
