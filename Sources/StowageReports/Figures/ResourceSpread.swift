import StowageModel

/// How full usable hosts are in one resource, and how evenly, before and after a plan.
struct ResourceSpread {
  /// Figures of one moment, in parts of capacity.
  struct Figures {
    let highest: Double
    let lowest: Double
    /// Population standard deviation.
    let deviation: Double

    init?(_ ratios: [Double]) {
      guard let highest = ratios.max(), let lowest = ratios.min() else { return nil }
      self.highest = highest
      self.lowest = lowest
      let mean = ratios.reduce(0, +) / Double(ratios.count)
      let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = (squares / Double(ratios.count)).squareRoot()
    }
  }

  let resource: Resource
  let start: Figures
  let end: Figures

  /// Every resource that somebody asks for and all usable hosts limit.
  static func all(_ input: ReportInput) -> [ResourceSpread] {
    let usable = Set(input.inventory.hosts.filter(\.isUsableAsTarget).map(\.id))
    let loads = input.hostLoads.filter { usable.contains($0.host) }
    return Resource.allCases.compactMap { resource in
      guard loads.allSatisfy({ ($0.capacity[resource] ?? 0) > 0 }),
        loads.contains(where: { $0.amounts(at: .start)[resource] + $0.amounts(at: .end)[resource] > 0 })
      else { return nil }
      func figures(_ moment: HostLoad.Moment) -> Figures? {
        Figures(
          loads.map { Double($0.amounts(at: moment)[resource]) / Double($0.capacity[resource] ?? 1) })
      }
      guard let start = figures(.start), let end = figures(.end) else { return nil }
      return ResourceSpread(resource: resource, start: start, end: end)
    }
  }
}
