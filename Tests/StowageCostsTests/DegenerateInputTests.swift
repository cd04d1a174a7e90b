import StowageCosts
import StowageModel
import Testing

@Suite("Degenerate input")
struct DegenerateInputTests {
  static let figures: [Double] = [
    0, -1, .nan, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 1e-12, 1e18,
  ]

  @Test("no figure of a VM makes a forecast that is no number", arguments: figures)
  func hostileVM(figure: Double) {
    let changes: [(inout VM) -> Void] = [
      { $0.memoryMiB = figure }, { $0.memoryConsumedMiB = figure }, { $0.workingSetMiB = figure },
      { $0.dirtyRateMiBPerSecond = figure }, { $0.coldDirtyRateMiBPerSecond = figure },
      { $0.diskUsedGiB = figure }, { $0.diskChangeMiBPerSecond = figure },
      { $0.maxDowntimeMilliseconds = figure },
    ]
    for change in changes {
      expectNumbers(Fleet.vm(change), path: Fleet.path(100))
    }
  }

  @Test("no rate or round trip makes a forecast that is no number", arguments: figures)
  func hostilePath(figure: Double) {
    expectNumbers(Fleet.vm(), path: Fleet.path(figure))
    expectNumbers(Fleet.vm(), path: MigrationPath(payloadMiBPerSecond: 100, roundTripMilliseconds: figure))
    expectNumbers(Fleet.vm { $0.memoryMiB = 0 }, path: Fleet.path(figure))
  }

  private func expectNumbers(_ vm: VM, path: MigrationPath) {
    for platform in Platform.allCases {
      for technique in Technique.allCases {
        for storage in StorageCopy.allCases {
          let found = Fleet.model(platform).forecast(vm, technique: technique, storage: storage, path: path)
          let figures = [
            found.totalSeconds, found.downtimeSeconds, found.sentMiB, found.lowSeconds, found.highSeconds,
            found.guestSlowdownSeconds, found.exposureSeconds, found.lossProbability,
            found.minimumDowntimeSeconds, found.sourceReleasedAfterSeconds, found.targetReservedAfterSeconds,
          ]
          #expect(figures.allSatisfy { $0 >= 0 }, "\(platform) \(technique) \(storage) \(found)")
          #expect(found.lossProbability <= 1)
        }
      }
      _ = TechniqueChooser(engine: .of(platform)).choose(
        vm: vm, from: Fleet.source, to: Fleet.target, path: path)
    }
  }

  @Test("without a rate only what sends nothing is possible")
  func noRate() {
    let model = Fleet.model()
    let forecast = { (technique: Technique, storage: StorageCopy) in
      model.forecast(Fleet.vm(), technique: technique, storage: storage, path: Fleet.path(0))
    }
    #expect(forecast(.cold, .none).isPossible)
    #expect(!forecast(.cold, .full).isPossible)
    for technique in [Technique.preCopy, .postCopy, .hybrid] {
      #expect(!forecast(technique, .none).isPossible)
    }
    let choice = TechniqueChooser(engine: .of(.libvirt)).choose(
      vm: Fleet.vm(), from: Fleet.source, to: Fleet.target, path: Fleet.path(0))
    #expect(choice?.technique == .cold)
    #expect(choice?.rejected.first?.because == "the link carries 0 MiB/s")
  }

  /// 8 TiB at 1 Gb/s.
  @Test("a huge VM takes a day, in numbers")
  func huge() {
    let vm = Fleet.vm {
      $0.memoryMiB = 8 * 1_048_576
      $0.memoryConsumedMiB = nil
    }
    let forecast = Fleet.model().forecast(vm, technique: .preCopy, storage: .none, path: Fleet.path(gbps: 1))
    #expect(printed(forecast.totalSeconds / 3600, 0) == "21")
    #expect(forecast.converges)
  }
}
