import StowageCosts
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageSequencing

/// Random placements of small generated fleets, ordered with the real cost model and judged by the
/// naive checker. The argument is the seed.
@Suite("Sequences of generated fleets")
struct SequencerPropertyTests {
  @Test("every sequence is legal at every instant", arguments: UInt64(0)..<400)
  func legal(seed: UInt64) throws {
    var fleets = SmallFleets()
    fleets.hasMoveRules = seed % 2 == 1
    let inventory = fleets.inventory(seed: seed)
    let platform = Platform.allCases[Int(seed) % Platform.allCases.count]
    let engine = MigrationEngine.of(platform)
    let waves = SmallFleets.waves(seed: seed)
    let options = PlanOptions(platform: platform, start: SmallFleets.start, waves: waves)
    let fleet = Fleet(inventory, options: options) { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) { because } else { nil }
    }
    let placement = RandomPlacement(fleet, seed: seed).placement
    let answer = try Sequencer(fleet: fleet, engine: engine, attempts: 3).schedule(to: placement)
    guard case .scheduled(let sequence) = answer else { return }
    #expect(NaiveChecker(fleet, engine: engine).problems(sequence, to: placement) == [], "seed \(seed)")
    let clock = NaiveClock(inventory, start: SmallFleets.start)
    #expect(clock.problems(sequence.moves, waves) == [], "seed \(seed)")
  }

  @Test("every sequence of a fleet measured by the hour is legal in all hours", arguments: UInt64(0)..<60)
  func legalByTheHour(seed: UInt64) throws {
    var fleets = SmallFleets()
    fleets.hasHours = true
    let fleet = Fleet(fleets.inventory(seed: seed), options: PlanOptions(sizing: SmallFleets.measured))
    let placement = RandomPlacement(fleet, seed: seed).placement
    guard
      case .scheduled(let sequence) =
        try Sequencer(fleet: fleet, forecaster: PlainForecaster(), attempts: 2).schedule(to: placement)
    else { return }
    let checker = NaiveChecker(fleet)
    #expect(checker.problems(sequence.moves, sequence.schedule, to: placement) == [], "seed \(seed)")
    #expect(fleets.hasFailover || checker.wrongWaits(sequence.moves) == [], "seed \(seed)")
  }

  @Test("a move waits for just what it needs", arguments: UInt64(0)..<100, [false, true])
  func minimalWaits(seed: UInt64, hasMoveRules: Bool) throws {
    var fleets = SmallFleets()
    fleets.hasFailover = false
    fleets.hasMoveRules = hasMoveRules
    let fleet = Fleet(fleets.inventory(seed: seed), options: PlanOptions(start: SmallFleets.start))
    let placement = RandomPlacement(fleet, seed: seed).placement
    guard
      case .scheduled(let sequence) =
        try Sequencer(fleet: fleet, forecaster: PlainForecaster(), attempts: 2).schedule(to: placement)
    else { return }
    #expect(NaiveChecker(fleet).wrongWaits(sequence.moves) == [], "seed \(seed)")
  }

  @Test("most random placements of small fleets have an order")
  func mostAreScheduled() throws {
    var scheduled = 0
    var moved = 0
    for seed in UInt64(0)..<200 {
      let fleet = Fleet(SmallFleets().inventory(seed: seed), options: PlanOptions())
      let placement = RandomPlacement(fleet, seed: seed).placement
      guard
        case .scheduled(let sequence) =
          try Sequencer(fleet: fleet, forecaster: PlainForecaster(), attempts: 2).schedule(to: placement)
      else { continue }
      scheduled += 1
      moved += sequence.moves.count
    }
    #expect(scheduled >= 180, "\(scheduled) of 200")
    #expect(moved >= 400, "\(moved) moves")
  }

  @Test("the same seed gives the same sequence", arguments: UInt64(0)..<20)
  func deterministic(seed: UInt64) throws {
    let fleet = Fleet(SmallFleets().inventory(seed: seed), options: PlanOptions())
    let placement = RandomPlacement(fleet, seed: seed).placement
    let answers = try (0..<2).map { _ in
      try Sequencer(fleet: fleet, engine: .of(.libvirt), seed: 7).schedule(to: placement)
    }
    #expect(answers[0] == answers[1])
  }
}

/// A placement that keeps every rule at rest as well as the start does, found by a random walk of
/// relocations and swaps.
struct RandomPlacement {
  private(set) var placement: [Int]
  private let fleet: Fleet
  private var state: FleetState
  private var random: StowageTestSupport.SeededGenerator
  private let checker: NaiveChecker

  init(_ fleet: Fleet, seed: UInt64) {
    self.fleet = fleet
    placement = fleet.start
    state = FleetState(fleet)
    random = StowageTestSupport.SeededGenerator(seed: seed ^ 0xABCD)
    checker = NaiveChecker(fleet)
    let groups = fleet.affinities.filter(\.isHard)
    let together = Set(groups.flatMap(\.members))
    let movable = fleet.vms.indices.filter { fleet.pins[$0] == nil && !together.contains($0) }
    guard !movable.isEmpty else { return }
    for _ in 0..<(3 * movable.count) {
      let vm = movable[Int.random(in: movable.indices, using: &random)]
      if Bool.random(using: &random) {
        relocate(vm, to: Int.random(in: fleet.hosts.indices, using: &random))
      } else {
        swap(vm, movable[Int.random(in: movable.indices, using: &random)])
      }
    }
    for group in groups { moveTogether(group) }
  }

  private mutating func relocate(_ vm: Int, to host: Int) {
    guard host != placement[vm], mayEnd(vm, host) else { return }
    let from = placement[vm]
    state.leave(vm, from)
    if state.hasRoomAtRest(for: vm, on: host) { placement[vm] = host }
    if !checker.restFaults(placement).isEmpty { placement[vm] = from }
    state.enter(vm, placement[vm])
  }

  private mutating func swap(_ left: Int, _ right: Int) {
    let (a, b) = (placement[left], placement[right])
    guard a != b, mayEnd(left, b), mayEnd(right, a) else { return }
    state.leave(left, a)
    state.leave(right, b)
    if state.hasRoomAtRest(for: left, on: b) {
      state.enter(left, b)
      if state.hasRoomAtRest(for: right, on: a) {
        state.enter(right, a)
        (placement[left], placement[right]) = (b, a)
        if checker.restFaults(placement).isEmpty { return }
        (placement[left], placement[right]) = (a, b)
        state.leave(right, a)
      }
      state.leave(left, b)
    }
    state.enter(left, a)
    state.enter(right, b)
  }

  /// All members of an affinity group that are on one host go to another, when all may and fit.
  private mutating func moveTogether(_ group: VMGroup) {
    let host = Int.random(in: fleet.hosts.indices, using: &random)
    let from = placement[group.members[0]]
    guard host != from, group.members.allSatisfy({ placement[$0] == from && fleet.mayMove($0, to: host) })
    else {
      return
    }
    let before = (placement, state)
    for vm in group.members { relocate(vm, to: host) }
    if !group.members.allSatisfy({ placement[$0] == host }) { (placement, state) = before }
  }

  private func mayEnd(_ vm: Int, _ host: Int) -> Bool {
    fleet.mayMove(vm, to: host) || (host == fleet.start[vm] && !fleet.mustLeave(vm))
  }
}
