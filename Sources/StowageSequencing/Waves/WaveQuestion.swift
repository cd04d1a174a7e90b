public import LinearOptimization
import StowageCalendar
public import StowageFleet
import StowageModel

/// Whether move groups have waves at all, by what no order of moves changes: how many they are, the least time that they
/// take, their hours, who goes first, and who stands in for whom.
///
/// What it rules out is ruled out; that it finds nothing in the way does not say that there are waves.
public struct WaveQuestion {
  private let fleet: Fleet
  private let policy: WavePolicy
  private let times: WaveTimes

  /// The question about the VMs of some times, with the rules, groups and waves of a fleet; `nil` when none are asked for.
  public init?(_ fleet: Fleet, times: WaveTimes) {
    guard let policy = fleet.options.waves else { return nil }
    self.fleet = fleet
    self.policy = policy
    self.times = times
  }

  /// The VMs of each move group that have times, in ascending order.
  public static func groups(_ fleet: Fleet, times: WaveTimes) -> [[Int]] {
    let named = MoveGroups.representatives(fleet)
    return Dictionary(grouping: times.ofVM.keys.sorted()) { named[$0] }.sorted { $0.key < $1.key }.map(
      \.value)
  }

  /// Whether there are waves for some of the VMs while the others stay; `nil` when it could not be told.
  public func hasWaves(for vms: Set<Int>, solver: any Solver) throws(SolverFailure) -> Bool? {
    let groups = Self.groups(fleet, times: times).map { $0.filter(vms.contains) }.filter { !$0.isEmpty }
    let problem = problem(groups)
    guard policy.nights == nil else {
      return try NightFeasibility(problem, solver: solver).hasNights()
    }
    // Without nights a wave more is always there: what counts is whether each group has one.
    let isAlone = groups.indices.allSatisfy { group in
      problem.units[group].vms <= policy.mostVMs ?? .max
        && problem.usable[problem.units[group].calendar].contains {
          $0 > 0 && $0 >= problem.units[group].longest
        }
    }
    let hasPilot = policy.pilotVMs.map { most in
      problem.units.contains { $0.vms <= most && $0.waitsFor.isEmpty }
    }
    return isAlone && (hasPilot ?? true || groups.isEmpty)
  }

  private func problem(_ groups: [[Int]]) -> NightProblem {
    var calendars = WaveHours(fleet.timeRules.calendar, policy)
    let rows = groups.map { calendars.row(of: $0) }
    let channels = Set(groups.joined().flatMap { times.ofVM[$0]?.taken.keys.sorted() ?? [] }).sorted()
    let dimension = Dictionary(uniqueKeysWithValues: channels.enumerated().map { ($1, $0) })
    let apart = fleet.antiAffinities.filter(\.isHard).map(\.members)
    let first = firstOfGroups(groups)
    let units = groups.enumerated().map { index, vms in
      var work: [Int: Double] = [:]
      for vm in vms {
        for (channel, time) in times.ofVM[vm]?.taken ?? [:] {
          work[dimension[channel] ?? 0, default: 0] += time
        }
      }
      return NightProblem.Unit(
        vms: vms.count, groups: vms.count(where: first.contains), calendar: rows[index],
        least: vms.compactMap { times.ofVM[$0]?.alone }.max() ?? 0,
        work: work.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, waitsFor: waits(index, groups),
        stakes: apart.enumerated().compactMap { number, members in
          let count = Set(members).intersection(vms).count
          return count > 0 ? (number, min(count, Self.mostAtStake(members))) : nil
        })
    }
    return NightProblem(
      units: units, usable: calendars.usable, dimensions: channels.count, mostVMs: policy.mostVMs,
      mostGroups: policy.nights?.mostGroups, pilotVMs: policy.pilotVMs,
      mostAtStake: apart.map(Self.mostAtStake))
  }

  /// One VM of each move group that people see to, so that one of which only parts move, or that is untied, counts once.
  private func firstOfGroups(_ groups: [[Int]]) -> Set<Int> {
    var first: [Int: Int] = [:]
    for vm in groups.joined() { first[times.groupOfVM[vm]] = min(first[times.groupOfVM[vm]] ?? vm, vm) }
    return Set(first.values)
  }

  private static func mostAtStake(_ members: [Int]) -> Int { max(1, (members.count - 1) / 2) }

  /// Groups of whom a rule has somebody go before somebody of this one.
  private func waits(_ group: Int, _ groups: [[Int]]) -> [Int] {
    let own = Set(groups[group])
    let first = Set(
      fleet.timeRules.orders.filter { !own.isDisjoint(with: $0.then) }.flatMap(\.first))
    return groups.indices.filter { $0 != group && !first.isDisjoint(with: groups[$0]) }
  }
}

extension NightProblem.Unit {
  /// The least time that it takes in all.
  fileprivate var longest: Double { ([least] + work.map(\.time)).max() ?? 0 }
}

/// What hours and dates leave of each night to groups, each for itself, in ms.
private struct WaveHours {
  private let calendar: MoveCalendar
  private let gate: WaveGate
  private let isNightly: Bool
  private var known: [Set<Int>: Int] = [:]
  private(set) var usable: [[Double]] = []

  init(_ calendar: MoveCalendar, _ policy: WavePolicy) {
    self.calendar = calendar
    gate = WaveGate(policy)
    isNightly = policy.nights != nil
  }

  /// The row of some VMs together.
  mutating func row(of vms: [Int]) -> Int {
    let entries = Set(vms.compactMap { calendar.entry(of: $0) })
    if let row = known[entries] { return row }
    known[entries] = usable.count
    let own = entries.sorted().map { calendar.entries[$0] }
    let open = own.reduce(OpenTimes.always) { $0.intersection($1.open) }
    usable.append(isNightly ? nights(open, due: own.compactMap(\.due).min()) : [most(open.spans, own)])
    return usable.count - 1
  }

  private func most(_ spans: [Range<Int>], _ own: [MoveCalendar.Entry]) -> Double {
    spans.map { usable($0, due: own.compactMap(\.due).min()) }.max() ?? 0
  }

  private func nights(_ open: OpenTimes, due: Int?) -> [Double] {
    let night = NightHours.night
    var most = [Double](repeating: 0, count: NightHours.horizon)
    for span in open.spans where span.lowerBound < most.count * night {
      for index in span.lowerBound / night...min(most.count - 1, (span.upperBound - 1) / night) {
        let part = span.clamped(to: index * night..<(index + 1) * night)
        most[index] = max(most[index], usable(part, due: due))
      }
    }
    return most
  }

  /// Moves must leave the time to validate and to go back within the hours, and be over when they are due.
  private func usable(_ span: Range<Int>, due: Int?) -> Double {
    Double(max(0, min(gate.usable(of: span.count), (due ?? .max) - span.lowerBound)))
  }
}
