import StowageFleet
import StowageModel

/// In which order legs are asked: those first on which most depends.
///
/// A leg's tail is its own duration and the longest tail of a leg that has no room at the start on the
/// host which it leaves. Its load is the time that its busiest channel or host needs for all its
/// moves. The larger of the two, in ms, is the urgency: whatever takes longest begins first.
enum Urgency {
  /// How many legs behind each other a tail looks at; rings would go on for ever.
  private static let sweeps = 8

  static func base(_ problem: Problem) -> [Double] {
    let tails = tails(problem)
    let channelLoad = channelLoads(problem)
    let hostLoad = hostLoads(problem)
    let calendar = problem.fleet.timeRules.calendar
    return problem.legs.indices.map { index in
      let leg = problem.legs[index]
      let load = leg.preferred.rateTenths > 0 ? leg.route.map { channelLoad[$0] }.max() ?? 0 : 0
      return max(tails[index], load, hostLoad[leg.from], hostLoad[leg.to])
        + Double(leg.preferred.duration) / 1000
        + dueWeight(calendar.entry(of: leg.vm).flatMap { calendar.entries[$0].due })
    }
  }

  /// What is due comes before all that is not, and the sooner the earlier.
  private static func dueWeight(_ due: Int?) -> Double {
    due.map { 1e15 / Double(max(0, $0) + 1000) } ?? 0
  }

  /// Urgencies up or down by as much as 40 % each.
  static func varied(_ base: [Double], _ random: inout SeededGenerator) -> [Double] {
    base.map { $0 * (0.6 + 0.8 * random.unit()) }
  }

  private static func tails(_ problem: Problem) -> [Double] {
    let start = FleetState(problem.fleet)
    let blocked = problem.legs.map { !start.hasRoom(for: $0.vm, on: $0.to) }
    var tails = problem.legs.map { Double($0.preferred.duration) }
    guard blocked.contains(true) else { return tails }
    for _ in 0..<sweeps {
      var behind: [Int: Double] = [:]
      for (index, leg) in problem.legs.enumerated() where blocked[index] {
        behind[leg.to] = max(behind[leg.to] ?? 0, tails[index])
      }
      tails = problem.legs.map { Double($0.preferred.duration) + (behind[$0.from] ?? 0) }
    }
    return tails
  }

  private static func channelLoads(_ problem: Problem) -> [Double] {
    let capacity = problem.book.routes.capacityTenths
    var loads = [Double](repeating: 0, count: capacity.count)
    for leg in problem.legs where leg.preferred.rateTenths > 0 {
      let work = Double(leg.preferred.rateTenths) * Double(leg.preferred.duration)
      for channel in leg.route where capacity[channel] > 0 {
        loads[channel] += work / Double(capacity[channel])
      }
    }
    return loads
  }

  private static func hostLoads(_ problem: Problem) -> [Double] {
    let limits = problem.slotLimits
    let hosts = problem.fleet.hosts.count
    var out = [Double](repeating: 0, count: hosts)
    var into = [Double](repeating: 0, count: hosts)
    for leg in problem.legs {
      let work = Double(leg.preferred.slots * leg.preferred.duration)
      out[leg.from] += work
      into[leg.to] += work
    }
    return (0..<hosts).map { host in
      max(
        time(out[host], limits.out), time(into[host], limits.into), time(out[host] + into[host], limits.host))
    }
  }

  private static func time(_ work: Double, _ limit: Int?) -> Double {
    limit.map { work / Double(max(1, $0)) } ?? 0
  }
}
