import StowageModel

extension Rooms {
  /// Fewest hosts by volume: for every resource that all hosts with room limit, how many of the
  /// largest rooms hold the total demand; never fewer than hold a VM which cannot move. Infinite
  /// when not even all hosts do.
  var volumeBound: Double {
    let counts = Resource.allCases.map(fewestHosts)
    return max(Double(kept.count), counts.max() ?? 0)
  }

  private func fewestHosts(for resource: Resource) -> Double {
    let limits = rooms.compactMap { $0.limits[resource.index] }
    guard limits.count == rooms.count else { return 0 }
    var left = totalDemand[resource]
    var count = 0
    for limit in limits.sorted(by: >) where left > 0 {
      left -= limit
      count += 1
    }
    return left > 0 ? .infinity : Double(count)
  }
}
