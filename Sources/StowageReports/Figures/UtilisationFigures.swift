import StowageModel

/// Load of the fleet's usable hosts at one end of a plan, by the plan's own definitions.
struct UtilisationFigures {
  /// The most loaded resource of any usable host; `nil` when nothing is limited.
  let highest: (host: Host.ID, resource: Resource, ratio: Double)?

  init(_ input: ReportInput, at moment: HostLoad.Moment) {
    let usable = Set(input.inventory.hosts.filter(\.isUsableAsTarget).map(\.id))
    var highest: (host: Host.ID, resource: Resource, ratio: Double)?
    for load in input.hostLoads where usable.contains(load.host) {
      guard let own = load.highestUtilisation(at: moment) else { continue }
      if highest.map({ own.ratio > $0.ratio }) ?? true {
        highest = (load.host, own.resource, own.ratio)
      }
    }
    self.highest = highest
  }

  /// Load of all hosts together that hold a VM then: demand over capacity; `nil` when a host's
  /// capacity is unlimited or nothing is there.
  static func overall(of resource: Resource, in loads: [HostLoad], at moment: HostLoad.Moment) -> Double? {
    var demand = 0.0
    var capacity = 0.0
    for load in loads where load.amounts(at: moment)[.slots] > 0 {
      guard let limit = load.capacity[resource] else { return nil }
      demand += Double(load.amounts(at: moment)[resource])
      capacity += Double(limit)
    }
    return capacity > 0 ? demand / capacity : nil
  }
}
