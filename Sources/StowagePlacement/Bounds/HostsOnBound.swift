import StowageFleet
import StowageModel

/// The better of the bounds on the number of hosts that a verifier can recompute.
struct HostsOnBound {
  let hosts: Int
  let proof: Objective.Proof

  init(_ fleet: Fleet) {
    let types = HostTypes(fleet)
    let volume = VolumeBound(types).hosts ?? types.hostCount
    if case .hosts(let mix) = MixBound(types).answer, mix > volume {
      hosts = mix
      proof = .mix
    } else {
      hosts = volume
      proof = .volume
    }
  }
}
