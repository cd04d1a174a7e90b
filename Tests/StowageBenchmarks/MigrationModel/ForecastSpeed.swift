import StowageKit

/// How long it takes to forecast a fleet by all four techniques.
struct ForecastSpeed {
  let vms: Int
  let seed: UInt64

  func measure() -> Measurement {
    let subjects = subjects
    let models = Platform.allCases.map { MigrationModel(engine: .of($0)) }
    let path = MigrationPath(payloadMiBPerSecond: PayloadRate.mibPerSecond(gbps: 10))
    let (seconds, measured) = Measurement.of {
      var sum = 0.0
      for (index, subject) in subjects.enumerated() {
        let model = models[index % models.count]
        for technique in Technique.allCases {
          let forecast = model.forecast(subject, technique: technique, storage: .none, path: path)
          if forecast.isPossible { sum += forecast.totalSeconds }
        }
      }
      return sum
    }
    var measurement = measured
    measurement.name = "forecasts-\(vms)x4"
    measurement.value = seconds.rounded()
    return measurement
  }

  /// Servers, databases and caches over all platforms, from a linear congruential sequence.
  private var subjects: [MigrationSubject] {
    var state = seed
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) / Double(UInt64(1) << 53)
    }
    return (0..<vms).map { index in
      var vm = VM(id: VM.ID("vm-\(index)"), vCPUs: 4, memoryMiB: 2048 * (1 + 63 * next()))
      vm.workingSetMiB = vm.memoryMiB * next() * 0.6
      vm.dirtyRateMiBPerSecond = 2000 * next() * next()
      vm.coldDirtyRateMiBPerSecond = 20 * next()
      return MigrationSubject(vm)
    }
  }
}
