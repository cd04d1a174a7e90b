import StowageFleet
import StowageModel
import StowageReports
import StowageSequencing

// What waves as they were asked for have no place for.
extension NoPlanWords {
  /// No waves for moves that have an order without.
  func noWaves(_ obstacle: Stuck.WaveObstacle, _ blockages: [Stuck.Blockage]) -> NoPlan {
    var noPlan = page(
      .undecided(limit: "the moves that were found do not go in the waves that were asked for"))
    noPlan.progress = [sentence(obstacle, of: blockages.map { fleet.vms[$0.vm] })]
    noPlan.remedies = [remedy(obstacle)]
    return noPlan
  }

  /// What stands in the way of the VMs of a move group.
  func sentence(_ obstacle: Stuck.WaveObstacle, of vms: [VM]) -> String {
    let apps = Set(vms.map { $0.app ?? "" })
    let names = list(vms.map(\.id.rawValue))
    let group = apps.count == 1 && apps != [""] ? "\(names) of \(quoted(apps.first ?? ""))" : names
    switch obstacle {
    case .group(let count, let most):
      return
        "\(group) are one move group: \(Units.count(count, "VM")) that move; a wave takes \(most) (--wave-size)"
    case .hours(let seconds):
      return
        "\(group): the move group needs \(Units.duration(seconds: seconds)) with validation and rollback, and no hours "
        + "that it has in common are so long"
    case .noPilot(let most, .some(let smallest)):
      return
        "the smallest move group that could go first has \(Units.count(smallest, "VM")) that move, and the pilot takes "
        + "\(most) (--pilot): \(group)"
    case .nights(let open, let atLeast):
      return
        "the \(Units.count(open, "night")) that are open do not take all move groups; at least \(atLeast) are needed"
    case .lateSeeds:
      return
        "the disks of \(Units.count(vms.count, "VM")) cannot all be copied before the nights of their moves on the share "
        + "of the bandwidth that seeds may take"
    case .endlessSeed(let change, let share, _):
      return
        "\(names): disks change at up to \(Units.rate(mibPerSecond: change)), and seeds may take "
        + "\(Units.rate(mibPerSecond: share)) of the way: a copy would never end"
    case .noCopy(let noWay):
      let because =
        noWay
        ? "no way leads to a copy at another site" : "no interval of what keeps the copies is short enough"
      return "\(names) with rpo_s: \(because)"
    case .copies(let link, let rate, let payload, _):
      return
        "copies of \(Units.count(vms.count, "VM")) with rpo_s take \(Units.rate(mibPerSecond: rate)) of \(quoted(link)) for their"
        + " recovery points, and it gives copies \(Units.rate(mibPerSecond: payload))"
    case .noPilot(_, nil):
      return "\(group): no move group that could go first has hours long enough for a pilot"
    }
  }

  private func remedy(_ obstacle: Stuck.WaveObstacle) -> String {
    let untie = "untie its VMs (column app, rules affinity and together)"
    switch obstacle {
    case .group(let count, _):
      return "let a wave take the largest move group (--wave-size \(count)), or \(untie)"
    case .noPilot(_, .some(let smallest)):
      return "let the pilot take it (--pilot \(smallest)), plan without a pilot, or \(untie)"
    case .lateSeeds:
      return "give seeds a larger share (--seed-share), start earlier (--start), or ship the largest disks"
    case .endlessSeed(_, _, let gbps):
      let bandwidth = gbps.map { "more than \(Units.decimal($0, digits: 2)) Gb/s" } ?? "more bandwidth"
      return
        "give the way \(bandwidth) at this --seed-share, or a larger share, or leave these VMs where they are (--vms)"
    case .noCopy:
      return
        "choose what keeps the copies (--copies-with), ask for less (rpo_s), or leave copies out (--without-copies)"
    case .copies(_, _, _, let gbps):
      let bandwidth = gbps.map { "more than \(Units.decimal($0, digits: 2)) Gb/s" } ?? "more bandwidth"
      return
        "give it \(bandwidth), ask for less (rpo_s), compress (--reduction), let copies use more of it (--shared-links, --copies-headroom), or leave them out (--without-copies)"
    case .nights:
      return
        "open more nights (rules window and blackout), let a night take more (--wave-size, --groups-per-night, "
        + "--validation-minutes, --rollback-minutes), or take less along (--vms)"
    case .hours, .noPilot(_, nil):
      return
        "widen the hours (rules window and blackout), ask for less time after the moves (--validation-minutes, "
        + "--rollback-minutes), or untie VMs (column app, rules affinity and together)"
    }
  }
}
