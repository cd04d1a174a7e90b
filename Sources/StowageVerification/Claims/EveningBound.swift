import StowageModel

extension Rooms {
  /// The least standard deviation over usable hosts that so many moves could leave of each resource that is limited on all of them
  /// and used, loads divided by `size`; 0 where the mean is not the same for every plan.
  func leastDeviations(moves: Int, size: (_ host: Int, _ resource: Resource, _ offered: Int64) -> Double)
    -> [Double]
  {
    let usable = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }
    let usableSet = Set(usable)
    return Resource.allCases.compactMap { resource in
      let offers = usable.map { roster.capacity[$0][resource] ?? 0 }
      guard !usable.isEmpty, offers.allSatisfy({ $0 > 0 }), totalDemand[resource] > 0 else { return nil }
      let sizes = Set(zip(usable, offers).map { size($0, resource, $1) })
      let startHosts = roster.startHost.compactMap { $0 }
      guard roster.hours == nil, sizes.count == 1, let one = sizes.first, usableSet.isSuperset(of: startHosts)
      else {
        return 0
      }
      return leastDeviation(resource, usable, moves: max(0, moves)) / one
    }
  }

  /// The same in units of the resource.
  private func leastDeviation(_ resource: Resource, _ usable: [Int], moves: Int) -> Double {
    let mean = usable.reduce(0.0) { $0 + Double(roster.startLoad[$1][resource]) } / Double(usable.count)
    let everybody = usable.flatMap { roster.startResidents[$0] }.map { Double(roster.demand[$0][resource]) }
      .sorted(by: >)
    var rest = 0.0
    var relieved: [Double] = []
    var filled: [Double] = []
    for host in usable {
      var distance = Double(roster.startLoad[host][resource]) - mean
      rest += distance * distance
      let isAbove = distance > 0
      let own = roster.startResidents[host].map { Double(roster.demand[$0][resource]) }.sorted(by: >)
      distance = distance.magnitude
      for amount in (isAbove ? own : everybody).prefix(moves) {
        let closer = max(0, distance - amount)
        let saved = distance * distance - closer * closer
        if saved <= 0 { break }
        if isAbove { relieved.append(saved) } else { filled.append(saved) }
        distance = closer
      }
    }
    relieved.sort(by: >)
    filled.sort(by: >)
    for savings in [relieved, filled] { rest -= savings.prefix(moves).reduce(0, +) }
    return (max(0, rest) / Double(usable.count)).squareRoot()
  }
}
