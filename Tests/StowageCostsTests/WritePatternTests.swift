import StowageCosts
import Testing

@Suite("How writes spread")
struct WritePatternTests {
  private func dirty(_ pattern: WritePattern, _ seconds: Double) -> String {
    printed(
      MemoryProfile(
        memoryMiB: 1000, workingSetMiB: 100, hotMiBPerSecond: 50, coldMiBPerSecond: 0, pattern: pattern
      ).dirtyMiB(after: seconds), 3)
  }

  /// 100·(1 − e^(−1)) = 63.212; 10·(1 − e^(−9.1)) + 90·(1 − e^(−0.1)) = 18.564.
  @Test("written through once: all of it, 63 % of it, 19 % of it")
  func once() {
    #expect(dirty(.sequential, 2) == "100.000")
    #expect(dirty(.random, 2) == "63.212")
    #expect(dirty(.skewed, 2) == "18.564")
  }

  @Test("no pattern dirties more than a sequential one, and none less than nothing")
  func bounds() {
    for seconds in stride(from: 0.0, through: 20, by: 0.1) {
      let share = { (pattern: WritePattern) in
        MemoryProfile(
          memoryMiB: 1000, workingSetMiB: 100, hotMiBPerSecond: 50, coldMiBPerSecond: 3, pattern: pattern
        ).dirtyMiB(after: seconds)
      }
      #expect(share(.random) <= share(.sequential))
      #expect(share(.skewed) <= share(.random) + 1e-9)
      #expect(share(.skewed) >= 0)
    }
  }

  /// Of x = 1 − e^(−2x) the largest root is 0.797.
  @Test("a random writer twice as fast as the link keeps four fifths of its working set back")
  func fixedPoint() {
    let vm = MemoryProfile(
      memoryMiB: 1000, workingSetMiB: 100, hotMiBPerSecond: 200, coldMiBPerSecond: 0, pattern: .random)
    #expect(abs(vm.unsendableMiB(at: 100) / 79.7 - 1) < 0.01)
    #expect(vm.unsendableMiB(at: 201) == 0)
  }
}
