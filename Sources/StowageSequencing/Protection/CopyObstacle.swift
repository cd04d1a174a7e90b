import StowageCosts
import StowageFleet
import StowageModel

/// Says why copies cannot be kept at other sites while VMs move.
struct CopyObstacle {
  let stuck: Stuck

  init(_ obstacle: ProtectionPlan.Obstacle, _ fleet: Fleet, placement: [Int]) {
    let vms: [Int]
    let wave: Stuck.WaveObstacle
    switch obstacle {
    case .impossible(let own, let noWay): (vms, wave) = (own, .noCopy(noWay: noWay))
    case .overfull(let channel, let rate, let payload, let own):
      let known = fleet.network.channels[channel]
      vms = own
      wave = .copies(
        link: known.name, mibPerSecond: rate, payloadMiBPerSecond: payload,
        leastGbps: known.gbps.flatMap { payload > 0 ? $0 * rate / payload : nil })
    }
    stuck = Stuck(
      blockages: vms.map { Stuck.Blockage(vm: $0, host: placement[$0], obstacle: .wave(wave)) },
      certainty: .undecided)
  }
}
