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
  private(set) var keys: WaitKeys
  /// Which legs go in which wave; `nil` when all go as soon as they can.
  private(set) var waves: WavePlan?
  /// Of the members of each hard anti-affinity group, how many a wave may move: fewer than half, or one.
  let mostAtStake: [Int]
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
    mostAtStake = hard.map { max(1, ($0.members.count - 1) / 2) }
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

  /// Time between the waves in which nothing moves, in ms.
  var pauses: Int { waves.map { ($0.waves.count - 1) * $0.gate.validation } ?? 0 }

  /// How long a leg's source is kept as the way back, in ms; `nil` where it is not.
  func kept(_ leg: Leg) -> Int? {
    guard let days = fleet.options.keepSourceDays, days > 0, let from = fleet.hosts[leg.from].domain(.site),
      let to = fleet.hosts[leg.to].domain(.site), from != to
    else { return nil }
    return days * NightHours.night
  }

  /// The same moves in waves.
  func with(_ waves: WavePlan) -> Problem {
    var problem = self
    problem.waves = waves
    problem.keys.waves = waves.waves.count
    return problem
  }
}
