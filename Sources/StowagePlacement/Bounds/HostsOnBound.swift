import StowageFleet
import StowageModel

/// The better of the bounds on the number of hosts that a verifier can recompute.
struct HostsOnBound {
  let bound: ProvedBound

  init(_ fleet: Fleet) {
    let types = HostTypes(fleet)
    let volume = VolumeBound(types).hosts ?? types.hostCount
    if case .hosts(let mix) = MixBound(types).answer, mix > volume {
      bound = ProvedBound(Double(mix), .mix)
    } else {
      bound = ProvedBound(Double(volume), .volume)
    }
  }
}
