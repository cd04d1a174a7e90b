import StowageFleet
import StowageModel

/// The question where the VMs of failed hosts can go: placed within limits, allowed hosts and
/// anti-affinity between hosts, beside everything that is charged there.
///
/// The largest VM goes first, each to the host where it leaves the least memory, with some steps back
/// when one finds no place. A refuge proves that they fit; that none is found proves nothing.
struct RefugeQuestion {
  /// Placements tried at most.
  private static let mostSteps = 500

  let fleet: Fleet
  let charges: FleetState
  /// The VMs to place.
  let vms: [Int]
  /// VMs that are safe at their source, where they are charged already.
  let returning: [Int: Int]
  /// Where they may go.
  let hosts: [Int]
  /// Whether somebody at a host keeps a VM out.
  let isCrowded: (Int, Int) -> Bool
  /// Whether two VMs may not share a host.
  let areApart: (Int, Int) -> Bool

  /// A host for every VM; `nil` when none was found.
  func solve() -> [Int: Int]? {
    guard isWithinVolume else { return nil }
    var search = Search(self)
    return search.extend() ? answer(search) : nil
  }

  /// What an earlier refuge becomes: VMs that are no longer concerned leave it, those whose host has
  /// no room any more and new ones find another place.
  func repaired(_ refuge: [Int: Int]) -> [Int: Int]? {
    var search = Search(self)
    for vm in vms {
      if let host = refuge[vm], search.takes(vm, host) { search.put(vm, on: host) }
    }
    return search.extend() ? answer(search) : nil
  }

  private func answer(_ search: Search) -> [Int: Int] {
    search.places.merging(returning) { placed, _ in placed }
  }

  /// Whether all hosts together have enough of everything.
  private var isWithinVolume: Bool {
    let needed = vms.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
    return Resource.allCases.allSatisfy { resource in
      var left = needed[resource]
      for host in hosts where left > 0 {
        left -= max(0, fleet.limits[host][resource] - charges.load[host][resource])
      }
      return left <= 0
    }
  }

  private struct Search {
    private let question: RefugeQuestion
    private(set) var places: [Int: Int] = [:]
    private var extra: [Int: Amounts] = [:]
    private var extraHours: [Int: [Int64]] = [:]
    private var steps = 0

    init(_ question: RefugeQuestion) {
      self.question = question
    }

    func takes(_ vm: Int, _ host: Int) -> Bool {
      let fleet = question.fleet
      guard fleet.allows(vm, on: host) else { return false }
      let demand = fleet.demand[vm]
      let load = question.charges.load[host] + (extra[host] ?? .zero) + demand
      for resource in Resource.allCases
      where demand[resource] > 0 && load[resource] > fleet.limits[host][resource] {
        return false
      }
      if let hours = question.charges.hours,
        hours.obstacle(to: vm, on: host, limit: fleet.limits[host], extra: extraHours[host] ?? []) != nil
      {
        return false
      }
      return !question.isCrowded(vm, host)
        && !places.contains { $0.value == host && question.areApart(vm, $0.key) }
    }

    mutating func put(_ vm: Int, on host: Int) {
      places[vm] = host
      extra[host, default: .zero] += question.fleet.demand[vm]
      addHours(of: vm, to: host, 1)
    }

    private mutating func takeBack(_ vm: Int, from host: Int) {
      places[vm] = nil
      extra[host, default: .zero] -= question.fleet.demand[vm]
      addHours(of: vm, to: host, -1)
    }

    private mutating func addHours(of vm: Int, to host: Int, _ sign: Int64) {
      guard let hourly = question.fleet.hourly else { return }
      var hours = extraHours[host] ?? Array(repeating: 0, count: hourly.width)
      for (column, amount) in hourly.row(of: vm).enumerated() { hours[column] += sign * amount }
      extraHours[host] = hours
    }

    /// Places all VMs that have no place yet.
    mutating func extend() -> Bool {
      let demand = question.fleet.demand
      let open = question.vms.filter { places[$0] == nil }.sorted { left, right in
        let (a, b) = (demand[left], demand[right])
        return (a[.memory], a[.cpu], -left) > (b[.memory], b[.cpu], -right)
      }
      return place(open[...])
    }

    private mutating func place(_ open: ArraySlice<Int>) -> Bool {
      guard let vm = open.first else { return true }
      let hosts = question.hosts.filter { takes(vm, $0) }.map { (left: memoryLeft($0), host: $0) }
        .sorted { $0 < $1 }
      for (_, host) in hosts {
        guard steps < RefugeQuestion.mostSteps else { return false }
        steps += 1
        put(vm, on: host)
        if place(open.dropFirst()) { return true }
        takeBack(vm, from: host)
      }
      return false
    }

    private func memoryLeft(_ host: Int) -> Int64 {
      question.fleet.limits[host][.memory] - question.charges.load[host][.memory]
        - (extra[host] ?? .zero)[.memory]
    }
  }
}
