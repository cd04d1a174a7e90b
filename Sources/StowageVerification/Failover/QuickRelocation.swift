import StowageModel

/// A first try at placing the VMs of failed hosts, without laying the whole question out.
///
/// Keeps every VM where the last answer put it and gives each other one the next host that has
/// room. It counts what is reserved for the VMs elsewhere as taken, so that what it finds holds, and
/// what it does not find may still exist.
struct QuickRelocation {
  private struct GroupPlace: Hashable {
    let group: Int
    let host: Int
  }

  let failed: [Int]
  let cluster: [Int]
  let questions: FailoverQuestions
  let moment: FleetMoment
  let isOn: [Bool]

  func places(near earlier: [Int: Int]) -> [Int: Int]? {
    var places: [Int: Int] = [:]
    var added: [Int: HourlyAmounts] = [:]
    var groups: Set<GroupPlace> = []
    for vm in failed.flatMap({ moment.running[$0] }).sorted(by: isLarger) {
      let near = earlier[vm].flatMap { fits(vm, on: $0, added, groups) ? $0 : nil }
      guard let host = near ?? search(vm, added, groups) else { return nil }
      places[vm] = host
      added[host, default: .nothing(questions.roster)] += questions.roster.taken(by: vm)
      for group in questions.apart.groups(of: vm) { groups.insert(GroupPlace(group: group, host: host)) }
    }
    return places
  }

  private func isLarger(_ left: Int, _ right: Int) -> Bool {
    let (a, b) = (questions.roster.demand[left][.memory], questions.roster.demand[right][.memory])
    return a != b ? a > b : left < right
  }

  /// From the host after the failed ones round the cluster: so sets lean on different hosts, and few
  /// have to be asked again when one fills up.
  private func search(_ vm: Int, _ added: [Int: HourlyAmounts], _ groups: Set<GroupPlace>) -> Int? {
    let first = cluster.firstIndex { $0 >= failed.last ?? 0 } ?? 0
    return (1...max(1, cluster.count)).lazy.map { cluster[(first + $0) % cluster.count] }
      .first { fits(vm, on: $0, added, groups) }
  }

  private func fits(_ vm: Int, on host: Int, _ added: [Int: HourlyAmounts], _ groups: Set<GroupPlace>) -> Bool
  {
    let roster = questions.roster
    guard isOn[host], roster.hosts[host].isUsableAsTarget, !failed.contains(host) else { return false }
    var load = moment.load[host]
    if let added = added[host] { load += added }
    let demand = roster.taken(by: vm)
    for resource in Resource.allCases where demand.whole[resource] > 0 {
      if let limit = roster.capacity[host][resource], load.whole[resource] + demand.whole[resource] > limit {
        return false
      }
    }
    for (column, amount) in demand.hours.enumerated() where amount > 0 {
      if let limit = roster.capacity(of: host, column: column), load.hours[column] + amount > limit {
        return false
      }
    }
    return questions.mayRun(vm, on: host)
      && questions.apart.groups(of: vm).allSatisfy {
        moment.members(ofGroup: $0, on: host) == 0 && !groups.contains(GroupPlace(group: $0, host: host))
      }
  }
}
