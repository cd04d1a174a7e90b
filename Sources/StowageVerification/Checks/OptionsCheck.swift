import StowageModel

/// Whether the options of a plan can be counted with, and the limits on moves are kept.
struct OptionsCheck {
  let roster: Roster

  func run(_ plan: Plan) -> [Finding] {
    let sizing = plan.options.sizing
    var facts: [DocumentFact] = []
    if !(sizing.defaultCPUOvercommitRatio > 0 && sizing.defaultCPUOvercommitRatio.isFinite) {
      facts.append(.option(name: "default CPU overcommit ratio", value: sizing.defaultCPUOvercommitRatio))
    }
    if !(0...100 ~= sizing.cpuHeadroomPercent) {
      facts.append(.option(name: "CPU headroom in percent", value: sizing.cpuHeadroomPercent))
    }
    if !(0...100 ~= sizing.memoryHeadroomPercent) {
      facts.append(.option(name: "memory headroom in percent", value: sizing.memoryHeadroomPercent))
    }
    for constant in Calibration.Constant.allCases {
      guard let value = plan.options.calibration?.constants[constant] else { continue }
      if !constant.range.contains(value) || !constant.isKnown(to: plan.options.platform) {
        facts.append(.option(name: "calibrated \(constant.rawValue)", value: value))
      }
    }
    if let waves = plan.options.waves {
      for (name, value) in [
        ("VMs of a wave", Double(waves.mostVMs ?? 1)), ("VMs of the pilot", Double(waves.pilotVMs ?? 1)),
      ] where value < 1 { facts.append(.option(name: name, value: value)) }
      if let seeding = waves.seeding {
        if !(seeding.sharePercent > 0 && seeding.sharePercent < 100) {
          facts.append(.option(name: "share of seeds in percent", value: seeding.sharePercent))
        }
        if !(seeding.intervalSeconds >= 0 && seeding.intervalSeconds.isFinite) {
          facts.append(.option(name: "seconds between rounds of replication", value: seeding.intervalSeconds))
        }
      }
      for (name, value) in [
        ("seconds to validate a wave", waves.validationSeconds),
        ("seconds to take a wave back", waves.rollbackSeconds ?? 0),
      ] where !(value >= 0 && value.isFinite) { facts.append(.option(name: name, value: value)) }
    }
    for (resource, percent) in plan.options.targetPercent.sorted(by: { $0.key < $1.key })
    where !(percent > 0 && percent <= 100) {
      facts.append(.option(name: "target of \(resource.rawValue) in percent", value: percent))
    }
    if let limit = plan.options.maxMoves, plan.moves.count > limit {
      facts.append(.tooManyMoves(count: plan.moves.count, limit: limit))
    }
    if let limit = plan.options.moveBudgetMiB {
      let moved = plan.moves.reduce(0) { sum, move in
        sum + (roster.vmIndex[move.vm].map { roster.vms[$0].memoryMiB } ?? 0)
      }
      if !(moved <= limit) { facts.append(.tooMuchMoved(mib: moved, limit: limit)) }
    }
    for host in plan.options.hosts where roster.hostIndex[host] == nil {
      facts.append(.unknownHost(host, place: "the request"))
    }
    return facts.map { Finding(.plan, .document($0)) }
  }
}
