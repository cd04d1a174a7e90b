import StowageCosts
import StowageModel
import Testing

@Suite("Nova's limits, and energy")
struct NovaTests {
  private func forecast(set: Double, rate: Double) -> Forecast {
    Fleet.model(.openstack).forecast(
      Fleet.vm {
        $0.memoryMiB = 4096
        $0.memoryConsumedMiB = 4096
        $0.workingSetMiB = set
        $0.dirtyRateMiBPerSecond = 1000
      }, technique: .preCopy, storage: .none, path: Fleet.path(rate))
  }

  /// 22 MiB at 100 MiB/s fit into the fifth of ten steps, 250 ms, which comes after four times 75 s for each of 4 GiB.
  @Test("the limit rises every 75 s for each GiB")
  func steps() {
    let found = forecast(set: 22, rate: 100)
    #expect(found.converges)
    #expect(abs(found.totalSeconds - 1207.3) < 0.5)
  }

  /// As before with 1 000 MiB: four times 75 s for each of 2 GiB, after 7 s of set-up.
  @Test("a small VM waits as long as one of 2 GiB")
  func smallVM() {
    let found = Fleet.model(.openstack).forecast(
      Fleet.vm {
        $0.workingSetMiB = 22
        $0.dirtyRateMiBPerSecond = 1000
      }, technique: .preCopy, storage: .none, path: Fleet.path(100))
    #expect(found.converges)
    #expect(abs(found.totalSeconds - 607.3) < 0.5)
  }

  /// 4 096 MiB at 1 MiB/s take longer than 800 s for each GiB; 7 s of set-up come before.
  @Test("a move is given up after 800 s for each GiB")
  func completionTimeout() {
    let found = forecast(set: 22, rate: 1)
    #expect(!found.converges)
    #expect(found.totalSeconds == 3207)
  }

  /// 0.512 J for each of 1 048.576 MB, and 20.165 J.
  @Test("energy follows what is sent")
  func energy() {
    let post = Fleet.model().forecast(
      Fleet.vm(), technique: .postCopy, storage: .none, path: Fleet.path(100))
    #expect(printed(post.energyJoules, 1) == "557.0")
    let cold = Fleet.model().forecast(Fleet.vm(), technique: .cold, storage: .none, path: Fleet.path(100))
    #expect(cold.energyJoules == 0)
  }
}
