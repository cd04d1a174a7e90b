import StowageFleet
import StowageModel

/// The better of the bounds on the number of hosts that a verifier can recompute.
struct HostsOnBound {
  let bound: ProvedBound
  /// The parts of the fleet, each with its bound.
  let parts: [(part: FleetParts.Part, hosts: Int)]

  init(_ fleet: Fleet) {
    let types = HostTypes(fleet)
    let volume = VolumeBound(types).hosts ?? types.hostCount
    var bound = ProvedBound(Double(volume), .volume)
    if case .hosts(let mix) = MixBound(types).answer { bound.raise(to: Double(mix), .mix) }
    let division = FleetParts(fleet)
    let byParts = PartsBound(fleet, division)
    bound.raise(to: byParts.hosts.map(Double.init), .parts)
    self.bound = bound
    parts = zip(division.parts, byParts.hostsOfPart).map { ($0, $1) }
  }
}
