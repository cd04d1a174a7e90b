import StowageCosts
import StowageFleet

/// The routes of moves and what each carries.
///
/// Hosts that enter the network at the same place share their routes between places, so that a fleet
/// of thousands of hosts in dozens of racks asks for hundreds of routes.
final class RouteTable {
  private struct Places: Hashable {
    var source: Int
    var target: Int
  }

  /// Capacity of each channel in tenths of MiB/s.
  ///
  /// A port of unknown bandwidth counts as the slowest known port, else as 1 Gb/s: a plan that sends
  /// hundreds of moves through it at once would be legal by the letter and useless.
  let capacityTenths: [Int]
  /// Payload rate of each channel in MiB/s; `nil` when its bandwidth is unknown.
  let payload: [Double?]
  /// Whether any channel's bandwidth is unknown, by host index.
  let hostsWithUnknownPorts: [Int]
  private let fleet: Fleet
  private var betweenPlaces: [Places: [Int]?] = [:]

  /// The routes of a fleet; `taken` is what copies take of channels, in tenths of MiB/s.
  init(_ fleet: Fleet, taken: [Int: Int] = [:]) {
    self.fleet = fleet
    let ports = fleet.network.channels.prefix(2 * fleet.hosts.count)
    let payload = fleet.network.channels.map {
      $0.gbps.map { $0 > 0 ? PayloadRate.mibPerSecond(gbps: $0) : 0 }
    }
    let assumed = ports.compactMap(\.gbps).min().map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown
    self.payload = payload
    capacityTenths = payload.enumerated().map { Tenths.roundedDown($1 ?? assumed) - (taken[$0] ?? 0) }
    hostsWithUnknownPorts = fleet.hosts.indices.filter { payload[2 * $0] == nil }
  }

  /// The channels from one host to another; `nil` when there is no way.
  func route(from source: Int, to target: Int) -> [Int]? {
    let places = Places(
      source: fleet.network.routeClass(of: source), target: fleet.network.routeClass(of: target))
    if let known = betweenPlaces[places] {
      return known.map { [2 * source] + $0 + [2 * target + 1] }
    }
    let route = fleet.network.route(from: source, to: target)
    betweenPlaces[places] = .some(route.map { Array($0.dropFirst().dropLast()) })
    return route
  }

  /// The whole payload rate of a route in MiB/s, not rounded: that of its slowest channel of known
  /// bandwidth, or `PayloadRate.whenUnknown` when none is known.
  func wholeRate(_ route: [Int]) -> Double {
    route.compactMap { payload[$0] }.min() ?? PayloadRate.whenUnknown
  }

  /// The whole rate as a move is planned at it: in tenths, and no more than any channel takes.
  func path(_ route: [Int]) -> PathRate {
    let tenths = route.map { capacityTenths[$0] }.min() ?? 0
    return PathRate(
      tenths: min(Tenths.roundedDown(wholeRate(route)), tenths),
      roundTripMilliseconds: fleet.network.roundTripMilliseconds(of: route),
      isStretched: fleet.network.isStretched(route))
  }

  /// The names of a route's channels, as a plan lists them.
  func names(_ route: [Int]) -> [String] {
    route.map { fleet.network.channels[$0].name }
  }
}
