import StowageFleet
import StowageModel

/// What every attempt at a schedule starts from.
struct Problem {
  let fleet: Fleet
  let book: MoveBook
  /// One leg for each VM that changes its host, in ascending order of VMs.
  let legs: [Leg]
  /// The hard anti-affinity groups of each VM, by position.
  let apartGroupsOfVM: [[Int]]
  /// Legs that the affinity rules keep together in time.
  let bundles: [[Int]]
  /// Legs that switch over at one moment.
  let convoys: Convoys
  /// Whether rules that no single host decides have to be watched.
  let watchesRules: Bool
  let keys: WaitKeys
  let slotLimits: SlotLimits
  /// The rules of order and time before anything starts.
  let gates: MoveGates
  /// The watch over failures as it is at the start.
  let failover: FailoverWatch

  init(book: MoveBook, legs: [Leg]) {
    let fleet = book.fleet
    self.fleet = fleet
    self.book = book
    self.legs = legs
    var apart = [[Int]](repeating: [], count: fleet.vms.count)
    let hard = fleet.antiAffinities.filter(\.isHard)
    for (group, rule) in hard.enumerated() {
      for member in rule.members { apart[member].append(group) }
    }
    apartGroupsOfVM = apart
    watchesRules = fleet.watchesRules
    convoys = Convoys(fleet, legs: legs)
    bundles = AffinityBlocks.bundles(fleet, legs: legs, convoys: convoys)
    gates = MoveGates(fleet)
    keys = WaitKeys(
      channels: fleet.network.channels.count, hosts: fleet.hosts.count, groups: hard.count,
      gates: (gates.count, gates.rented), hours: fleet.timeRules.calendar.entries.count)
    slotLimits = book.forecaster.slotLimits
    failover = FailoverWatch(fleet)
  }
}
