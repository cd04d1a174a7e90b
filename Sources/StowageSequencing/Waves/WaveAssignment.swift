import StowageCosts
import StowageFleet
import StowageModel

/// Cuts moves into waves: units in an order that their waits allow, the most pressing first, each into the
/// first wave that takes it.
struct WaveAssignment {
  enum Outcome {
    case assigned(WavePlan)
    case refused([Stuck.Blockage])
  }

  private let problem: Problem
  private let policy: WavePolicy
  private let gate: WaveGate
  private let slack: Double
  private let units: [WaveUnit]
  /// Whether any rule speaks of hours: otherwise no wave is ever too long.
  private let hasHours: Bool
  private var drafts: [WaveDraft] = []
  private var waveOfUnit: [Int?]
  private var refused: [Stuck.Blockage] = []

  /// An assignment that reckons with `slack` times the least time that moves of a wave take.
  init(_ problem: Problem, _ policy: WavePolicy, _ units: [WaveUnit], slack: Double) {
    self.problem = problem
    self.policy = policy
    self.units = units
    self.slack = slack
    gate = WaveGate(policy)
    hasHours = !problem.fleet.timeRules.calendar.entries.isEmpty
    waveOfUnit = Array(repeating: nil, count: units.count)
  }

  mutating func outcome() -> Outcome {
    if let most = policy.mostVMs, let largest = largestUnit, units[largest].legs.count > most {
      return .refused(blockages(largest, .group(vms: units[largest].legs.count, mostVMs: most)))
    }
    if let most = policy.pilotVMs { fillPilot(most: most) }
    let earliest = drafts.count
    for unit in inOrder() where waveOfUnit[unit] == nil && refused.isEmpty {
      place(unit, from: max(earliest, units[unit].waitsFor.compactMap { waveOfUnit[$0] }.max() ?? 0))
    }
    guard refused.isEmpty else { return .refused(refused) }
    var waveOfVM: [Int: Int] = [:]
    for (wave, draft) in drafts.enumerated() {
      for leg in draft.legs { waveOfVM[problem.legs[leg].vm] = wave }
    }
    return .assigned(
      WavePlan(
        waves: drafts.map { WavePlan.Wave(open: $0.open, work: $0.load.milliseconds) }, waveOfVM: waveOfVM,
        gate: gate))
  }

  /// The unit with the most VMs that move, the first of equal ones.
  private var largestUnit: Int? {
    units.indices.max { (units[$0].legs.count, -$0) < (units[$1].legs.count, -$1) }
  }

  // MARK: The pilot

  /// Units of low risk that wait for nothing: first such as show a technique or a guest system that none
  /// before them showed, then more of them, as many as fit.
  private mutating func fillPilot(most: Int) {
    let candidates = units.indices.filter { !units[$0].legs.isEmpty && units[$0].waitsFor.isEmpty }
      .map { (risk: risk(of: units[$0]), unit: $0) }.sorted { ($0.risk, $0.unit) < ($1.risk, $1.unit) }
    var pilot = WaveDraft()
    var shown: Set<String> = []
    for isSecondPass in [false, true] {
      for (_, unit) in candidates where waveOfUnit[unit] == nil {
        let kinds = Set(units[unit].legs.map(kind))
        guard isSecondPass || !kinds.isSubset(of: shown), let filled = pilot.with(units[unit], problem, most)
        else { continue }
        guard filled.fits(gate, slack: slack) else { continue }
        pilot = filled
        shown.formUnion(kinds)
        waveOfUnit[unit] = 0
      }
    }
    guard !pilot.legs.isEmpty else {
      refused = noPilot(of: candidates.map(\.unit), most: most)
      return
    }
    drafts = [pilot]
  }

  /// Which of the units that could go first is the smallest, of those that have the time.
  private func noPilot(of candidates: [Int], most: Int) -> [Stuck.Blockage] {
    let timely = candidates.filter {
      WaveDraft().with(units[$0], problem, nil)?.fits(gate, slack: slack) ?? false
    }
    if let smallest = timely.min(by: { units[$0].legs.count < units[$1].legs.count }) {
      return blockages(smallest, .noPilot(mostVMs: most, smallest: units[smallest].legs.count))
    }
    let first = candidates.first ?? units.firstIndex { !$0.legs.isEmpty }
    return first.map { blockages($0, .noPilot(mostVMs: most, smallest: nil)) } ?? []
  }

  /// The most demanding service tier among the VMs, and then how long they are paused or moved.
  private func risk(of unit: WaveUnit) -> Double {
    let tiers: [ServiceTier] = [.bronze, .silver, .gold, .platinum]
    let vms = unit.legs.map { problem.fleet.vms[problem.legs[$0].vm] }
    let tier = vms.compactMap { tiers.firstIndex(of: ServiceTier($0.tier)) }.max() ?? 0
    let weight = unit.legs.reduce(0) { $0 + Detour.weight(problem.legs[$1].preferred) }
    return Double(tier) * 1e15 + weight
  }

  private func kind(of leg: Int) -> String {
    let system = problem.fleet.vms[problem.legs[leg].vm].operatingSystem ?? ""
    return "\(problem.legs[leg].preferred.technique.rawValue) \(system)"
  }

  // MARK: The others

  /// Units after those that they wait for; of those that could be next, what is due first, then what
  /// started first.
  private func inOrder() -> [Int] {
    var waiters = [[Int]](repeating: [], count: units.count)
    for (unit, own) in units.enumerated() {
      for other in own.waitsFor { waiters[other].append(unit) }
    }
    var open = units.map(\.waitsFor.count)
    var ready = PriorityQueue<Candidate>()
    for unit in units.indices where open[unit] == 0 { ready.insert(candidate(unit)) }
    var order: [Int] = []
    while let next = ready.popFirst() {
      order.append(next.unit)
      for waiter in waiters[next.unit] {
        open[waiter] -= 1
        if open[waiter] == 0 { ready.insert(candidate(waiter)) }
      }
    }
    return order
  }

  /// The most pressing counts as largest.
  private struct Candidate: Comparable {
    let due: Int
    let start: Int
    let unit: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.due, left.start, left.unit) > (right.due, right.start, right.unit)
    }

    static func == (left: Self, right: Self) -> Bool { left.unit == right.unit }
  }

  private func candidate(_ unit: Int) -> Candidate {
    let calendar = problem.fleet.timeRules.calendar
    let dues = units[unit].legs.compactMap { leg in
      calendar.entry(of: problem.legs[leg].vm).flatMap { calendar.entries[$0].due }
    }
    return Candidate(due: dues.min() ?? .max, start: units[unit].start, unit: unit)
  }

  private mutating func place(_ unit: Int, from lowest: Int) {
    // Of VMs that only make room on the way.
    guard !units[unit].legs.isEmpty else {
      waveOfUnit[unit] = lowest
      return
    }
    for wave in lowest..<max(lowest, drafts.count) {
      guard drafts[wave].takes(units[unit].legs, problem, most: policy.mostVMs) else { continue }
      if hasHours {
        guard let filled = drafts[wave].with(units[unit], problem, policy.mostVMs),
          filled.fits(gate, slack: slack)
        else { continue }
        drafts[wave] = filled
      } else {
        drafts[wave].add(units[unit].legs, problem)
      }
      waveOfUnit[unit] = wave
      return
    }
    var alone = WaveDraft()
    alone.add(units[unit].legs, problem)
    if !alone.fits(gate, slack: 1) {
      let work = alone.load.milliseconds
      refused = blockages(
        unit, .hours(neededSeconds: Milliseconds.seconds(work + gate.reserved(after: work))))
    } else {
      drafts.append(alone)
      waveOfUnit[unit] = drafts.count - 1
    }
  }

  private func blockages(_ unit: Int, _ obstacle: Stuck.WaveObstacle) -> [Stuck.Blockage] {
    units[unit].legs.map { problem.legs[$0] }.map {
      Stuck.Blockage(vm: $0.vm, host: $0.to, obstacle: .wave(obstacle))
    }
  }
}

extension WaveDraft {
  /// The draft with a unit in it; `nil` when it takes no such.
  fileprivate func with(_ unit: WaveUnit, _ problem: Problem, _ most: Int?) -> WaveDraft? {
    guard takes(unit.legs, problem, most: most) else { return nil }
    var filled = self
    filled.add(unit.legs, problem)
    return filled
  }
}
