import StowageCosts
import StowageModel

/// Times of seeds, each as late as it can be: a seed that is there early sends its changes for longer.
///
/// Time runs backwards. From the start of its move on a VM takes its changes of the share on its way; when the share has
/// enough besides, its copy takes what is left, the first that came first, until all of its disks are sent.
struct SeedSchedule {
  /// A copy is made at no less than this part of the share, save where another channel leaves less.
  private static let leastPart = 0.25
  /// Parts of the share that copies leave to the changes of others, tried in this order.
  private static let reserves = [0.1, 0.2, 0.4, 0.6]

  private struct Wait {
    let seeded: SeedPlan.Seeded
    /// In ms, as all instants here.
    let move: Int
    let change: Int
  }

  private let plan: SeedPlan
  private var free: [Int: Int]
  /// What copies may still take, beside the changes of their own VMs.
  private var copyable: [Int: Int]
  private var waits: [Wait]
  private var waiting: [Int] = []
  private var copies: [(end: Int, wait: Int, rate: Int)] = []
  private(set) var seeds: [Int: Seed] = [:]

  /// The seeds of a timeline's moves, by VM; `nil` when they are not done in time.
  static func seeds(of timeline: Timeline) -> [Int: Seed]? {
    guard let plan = timeline.problem.book.seeds else { return [:] }
    var starts: [Int: Int] = [:]
    for run in timeline.runs where timeline.legs[run.leg].detour == nil {
      starts[timeline.legs[run.leg].vm] = run.start
    }
    for reserve in Self.reserves {
      var schedule = SeedSchedule(plan, moves: starts, reserve: reserve)
      if schedule.run() { return schedule.seeds }
    }
    return nil
  }

  /// Of moves that start at these instants, by VM.
  private init(_ plan: SeedPlan, moves: [Int: Int], reserve: Double) {
    self.plan = plan
    free = plan.share
    copyable = plan.share.mapValues { Int(Double($0) * (1 - reserve)) }
    waits = plan.seeded.values.filter { !$0.isThere }.compactMap { seeded in
      moves[seeded.vm].map {
        Wait(
          seeded: seeded, move: $0, change: Int((seeded.changeMiBPerSecond * 10).rounded(.up)))
      }
    }.sorted { ($0.move, $0.seeded.vm) > ($1.move, $1.seeded.vm) }
  }

  /// Finds the times.
  ///
  /// - Returns: whether all seeds are done before their moves, from the start of the plan on.
  mutating func run() -> Bool {
    var next = 0
    while next < waits.count || !waiting.isEmpty || !copies.isEmpty {
      let comes = next < waits.count ? waits[next].move : Int.min
      let goes = copies.map(\.end).max() ?? Int.min
      let clock = max(comes, goes)
      guard clock > 0 || (clock == Int.min && waiting.isEmpty) else { return false }
      while let index = copies.firstIndex(where: { $0.end == clock }) { finish(copies.remove(at: index)) }
      while next < waits.count, waits[next].move == clock {
        guard takeChange(next) else { return false }
        waiting.append(next)
        next += 1
      }
      for wait in waiting where start(wait, at: clock) { waiting.removeAll { $0 == wait } }
    }
    return true
  }

  private mutating func take(_ route: [Int], _ rate: Int) {
    for channel in route { free[channel, default: 0] -= rate }
  }

  private mutating func takeChange(_ wait: Int) -> Bool {
    take(waits[wait].seeded.route, waits[wait].change)
    return waits[wait].seeded.route.allSatisfy { (free[$0] ?? 0) >= 0 }
  }

  private mutating func finish(_ copy: (end: Int, wait: Int, rate: Int)) {
    let wait = waits[copy.wait]
    take(wait.seeded.route, -copy.rate)
    for channel in wait.seeded.route { copyable[channel, default: 0] += copy.rate - wait.change }
  }

  private mutating func start(_ index: Int, at clock: Int) -> Bool {
    let wait = waits[index]
    let seeded = wait.seeded
    let left = (seeded.route.map { min(free[$0] ?? 0, copyable[$0] ?? 0) }.min() ?? 0) + wait.change
    let whole = seeded.route.compactMap { plan.share[$0] }.min() ?? 0
    guard left > wait.change, Double(left) >= Self.leastPart * Double(whole) else { return false }
    let rate = Tenths.mibPerSecond(left)
    let seconds = seeded.diskMiB / (rate - Tenths.mibPerSecond(wait.change))
    guard seconds * 1000 < Double(clock) else { return false }
    let duration = Int((seconds * 1000).rounded(.up))
    take(seeded.route, left - wait.change)
    for channel in seeded.route { copyable[channel, default: 0] -= left - wait.change }
    copies.append((clock - duration, index, left))
    seeds[seeded.vm] = Seed(
      startSeconds: Milliseconds.seconds(clock - duration), endSeconds: Milliseconds.seconds(clock),
      rateMiBPerSecond: rate, changeMiBPerSecond: Tenths.mibPerSecond(wait.change),
      mib: (rate * Double(duration)).rounded() / 1000, deltaMiB: seeded.deltaMiB)
    return true
  }
}
