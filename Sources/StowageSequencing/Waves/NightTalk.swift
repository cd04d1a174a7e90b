import StowageCalendar
import StowageFleet

/// What soft dependencies cost for each night in which only one of their ends has moved: traffic in Mb/s times round trip in ms.
///
/// An end is as far as the first of its VMs that moves. The round trip is that between the place to which the one that goes
/// first moves and the place where the other still is; a link that states none counts as 1 ms. An end that does not move is
/// there from the start.
struct NightTalk {
  private(set) var pairs: [NightProblem.Pair] = []
  private(set) var waiting: [Double]

  init(_ units: [[Int]], _ problem: Problem) {
    waiting = Array(repeating: 0, count: units.count)
    var unitOfVM: [Int: (unit: Int, leg: Leg)] = [:]
    for (unit, legs) in units.enumerated() {
      for leg in legs { unitOfVM[problem.legs[leg].vm] = (unit, problem.legs[leg]) }
    }
    for dependency in problem.fleet.dependencies where !dependency.isHard && dependency.mbps > 0 {
      let ends = [dependency.from, dependency.to].map { vms in vms.compactMap { unitOfVM[$0] }.first }
      switch (ends[0], ends[1]) {
      case (let one?, let other?) where one.unit != other.unit:
        pairs.append(
          NightProblem.Pair(
            first: one.unit, second: other.unit,
            ifFirst: dependency.mbps * Self.trip(one.leg.to, other.leg.from, problem),
            ifSecond: dependency.mbps * Self.trip(other.leg.to, one.leg.from, problem)))
      case (let one?, nil):
        waiting[one.unit] +=
          dependency.mbps * Self.trip(one.leg.from, problem.fleet.start[dependency.to[0]], problem)
      case (nil, let other?):
        waiting[other.unit] +=
          dependency.mbps * Self.trip(other.leg.from, problem.fleet.start[dependency.from[0]], problem)
      default: break
      }
    }
  }

  /// In ms; 0 between hosts without a link between them.
  private static func trip(_ from: Int, _ to: Int, _ problem: Problem) -> Double {
    guard from != to, let route = problem.book.routes.route(from: from, to: to), route.count > 2 else {
      return 0
    }
    return problem.fleet.network.roundTripMilliseconds(of: route) ?? 1
  }
}
