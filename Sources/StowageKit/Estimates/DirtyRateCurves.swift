import StowageCosts
import StowageModel
import StowageReports

/// The techniques of one VM at dirty rates from 0 to twice what its path carries.
struct DirtyRateCurves {
  private static let steps = 100

  let engine: MigrationEngine
  let vm: VM
  /// Whether the working set grows with the rate as in the published classes, which a VM of medians has no other figure
  /// for: one of 2 % that is dirtied at the speed of a cache is none that anybody runs.
  let growsSet: Bool
  let path: MigrationPath

  private var payload: Double { path.payloadMiBPerSecond * engine.goodput }

  /// Each technique, as far as it comes to an end and would be planned: a pre-copy that only a small working set saves
  /// from running for ever is not.
  var curves: [EstimateCurves.Curve] {
    let model = MigrationModel(engine: engine)
    let carried = engine.rateLimit(.preCopy) * engine.goodput
    return Technique.allCases.map { technique in
      let points = rates.compactMap { dirty -> EstimateCurves.Point? in
        let forecast = model.forecast(
          machine(at: dirty), technique: technique, storage: .none, path: path)
        let runsOn = technique == .preCopy && engine.stalling == .endless && dirty >= min(payload, carried)
        guard forecast.isPossible, !runsOn else { return nil }
        return EstimateCurves.Point(
          dirtyMiBPerSecond: dirty, seconds: forecast.totalSeconds,
          downtimeSeconds: forecast.downtimeSeconds)
      }
      return EstimateCurves.Curve(technique, points)
    }
  }

  /// Which technique is the one to use, in stretches.
  var uses: [EstimateCurves.Use] {
    let chooser = TechniqueChooser(engine: engine)
    var hosts = (
      Host(id: "source", cores: 1, memoryMiB: vm.memoryMiB),
      Host(id: "target", cores: 1, memoryMiB: vm.memoryMiB)
    )
    // Where post-copy is a setting, the picture shows what it would be good for.
    (hosts.0.allowsPostCopy, hosts.1.allowsPostCopy) = (true, true)
    var uses: [EstimateCurves.Use] = []
    for dirty in rates {
      let choice = chooser.choose(vm: machine(at: dirty), from: hosts.0, to: hosts.1, path: path)
      if let last = uses.indices.last {
        uses[last].to = dirty
        if uses[last].technique == choice?.technique, uses[last].aid == choice?.aid { continue }
      }
      uses.append(EstimateCurves.Use(choice?.technique, aid: choice?.aid, from: dirty, to: dirty))
    }
    return uses
  }

  private var rates: [Double] {
    (0...Self.steps).map { 2 * payload * Double($0) / Double(Self.steps) }
  }

  private func machine(at dirty: Double) -> VM {
    var vm = vm
    vm.dirtyRateMiBPerSecond = dirty
    if growsSet {
      let share = engine.constants.unknown.workingSetShare(dirtyRate: dirty)
      vm.workingSetMiB = max(vm.workingSetMiB ?? 0, share * vm.memoryMiB)
    }
    return vm
  }
}
