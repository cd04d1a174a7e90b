import StowageFleet
import StowageModel

/// The hosts of a model in groups that are alike: of each resource about as much is free in all of them.
///
/// What a fleet allows then holds for each of its groups, nearly: moves within groups do what moves
/// between all hosts would, and prices found in one group are good ones for the whole fleet.
struct HostGroups {
  struct Group {
    /// Hosts of the model by index, ascending.
    let positions: [Int]
    /// Blocks without a home that are to enter these hosts.
    let homeless: Set<Int>
  }

  let groups: [Group]

  init(_ model: ChangeModel, size: Int) {
    let hosts = model.hosts
    let count = max(1, (hosts.count + size - 1) / size)
    let resources = model.grid.all
    // Set by set: hosts that fewer blocks may enter are spread as evenly as the others.
    let kinds = hosts.map { room in model.sets.map { $0.contains(room.host) } }
    var totals = [Double](repeating: 1, count: resources.count)
    for room in hosts {
      for (axis, resource) in resources.enumerated() {
        totals[axis] += Double(room.free[resource].magnitude) / Double(hosts.count)
      }
    }
    let shares = hosts.map { room in
      zip(resources, totals).map { Double(room.free[$0]) / $1 }
    }
    let sizes = shares.map { $0.reduce(0) { $0 + $1 * $1 } }
    var members = [[Int]](repeating: [], count: count)
    var sums = [[Double]](repeating: Array(repeating: 0, count: resources.count), count: count)
    for kind in Set(kinds).sorted(by: { "\($0)" < "\($1)" }) {
      let own = hosts.indices.filter { kinds[$0] == kind }
        .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
      var counts = [Int](repeating: 0, count: count)
      for (index, host) in own.enumerated() {
        // Each group gets one before any gets another.
        let open = (0..<count).filter { counts[$0] == index / count }
        func unevenness(_ group: Int) -> Double {
          zip(sums[group], shares[host]).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) - $1.0 * $1.0 }
        }
        let values = open.map(unevenness)
        guard let best = values.indices.min(by: { (values[$0], $0) < (values[$1], $1) }) else { continue }
        let group = open[best]
        counts[group] += 1
        members[group].append(host)
        for axis in sums[group].indices { sums[group][axis] += shares[host][axis] }
      }
    }
    let homeless = model.classes.flatMap(\.homeless)
    groups = members.enumerated().map { group, own in
      Group(
        positions: own.sorted(),
        homeless: Set(stride(from: group, to: homeless.count, by: count).map { homeless[$0] }))
    }
  }
}

extension ChangeModel {
  /// The model of one of the groups of this model's hosts.
  func part(_ group: HostGroups.Group) -> ChangeModel {
    ChangeModel(self, positions: group.positions, homeless: group.homeless)
  }
}
