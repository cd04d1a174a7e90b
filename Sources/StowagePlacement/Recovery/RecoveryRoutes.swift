import StowageFleet

/// Ways between hosts, searched once for each two places that hosts reach without a link.
final class RecoveryRoutes {
  /// Two such places.
  struct Ends: Hashable {
    let source, target: Int
  }

  private let fleet: Fleet
  /// The links between them; `nil` where no way leads.
  private(set) var linksBetween: [Ends: [Int]?] = [:]

  init(_ fleet: Fleet) { self.fleet = fleet }

  /// The channels from one host to another; `nil` when there is no way.
  func route(from source: Int, to target: Int) -> [Int]? {
    let ends = Ends(
      source: fleet.network.routeClass(of: source), target: fleet.network.routeClass(of: target))
    if let known = linksBetween[ends] { return known.map { [2 * source] + $0 + [2 * target + 1] } }
    let route = fleet.network.route(from: source, to: target)
    linksBetween[ends] = .some(route.map { Array($0.dropFirst().dropLast()) })
    return route
  }
}
