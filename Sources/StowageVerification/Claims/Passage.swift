import StowageCosts
import StowageModel

/// A VM's direct way from its start to its end, as the schedule bound counts it.
struct Passage {
  let vm: Int
  let from: Int
  let to: Int
  let path: [Channels.Channel]
  /// Whether the plan moves it cold: then its source may be free at once, and its target reserved late.
  let mayStop: Bool
  /// One for each manner in which the plan moves it.
  var tables: [TrafficTable] = []
  var slotSeconds = Double.infinity
  /// Seconds that must pass before it starts, and after it ends.
  var before = 0.0
  var after = 0.0

  init(vm: Int, from: Int, to: Int, path: [Channels.Channel], mayStop: Bool) {
    self.vm = vm
    self.from = from
    self.to = to
    self.path = path
    self.mayStop = mayStop
  }

  /// The shortest time, in s.
  var shortest: Double { tables.map(\.shortest).min() ?? 0 }

  /// Rate times time, in MiB, at the least, if it may last so long.
  func traffic(lasting limit: Double) -> Double {
    tables.map { $0.traffic(lasting: limit) }.min() ?? 0
  }
}

/// Rate times time of a move by one technique, at the least, for every duration that it may have.
///
/// At 64 rates, each 15/16 of the one before, as long as the move ends: between two of them it lasts
/// at least as long as at the higher, and takes at least the bytes of the higher and, at the lower rate, the time beside them.
struct TrafficTable {
  /// Ascending, in s.
  private var durations: [Double] = []
  /// Falling, in MiB.
  private var traffic: [Double] = []

  /// `nil` when the move does not end even at the whole rate.
  init?(whole: Double, least: (_ fastest: Double, _ slowest: Double) -> LeastCost?) {
    for step in 0..<64 {
      let rate = Self.rate(whole, step)
      let slower = step < 63 ? Self.rate(whole, step + 1) : 0
      guard let cost = least(rate, slower) else { break }
      var area = cost.mib
      if cost.mib > 0 { area += max(0, cost.seconds - cost.mib / rate) * slower }
      durations.append(cost.seconds)
      traffic.append(min(traffic.last ?? area, area))
      if cost.mib <= 0 { break }
    }
    if durations.isEmpty { return nil }
    // A slower move may happen to be shorter: what holds at a rate must hold at all lower ones.
    var shortest = Double.infinity
    for step in durations.indices.reversed() {
      shortest = min(shortest, durations[step])
      durations[step] = shortest
    }
  }

  private static func rate(_ whole: Double, _ step: Int) -> Double {
    (0..<step).reduce(whole) { rate, _ in rate * 15 / 16 }
  }

  var shortest: Double { durations[0] }

  func traffic(lasting limit: Double) -> Double {
    var (first, count) = (0, durations.count)
    // The number of durations within the limit.
    while count > 0 {
      let half = count / 2
      if durations[first + half] <= limit {
        first += half + 1
        count -= half + 1
      } else {
        count = half
      }
    }
    return traffic[max(0, first - 1)]
  }
}

/// How a plan has a move made: its technique, and what helps it along.
struct Manner: Hashable {
  let technique: Technique
  let aid: PreCopyAid?

  init(_ move: Move) {
    technique = move.technique
    aid = move.aid
  }
}

/// Makes tables, one for all VMs that the cost model cannot tell apart.
struct TrafficTables {
  private struct Question: Hashable {
    let subject: MigrationSubject
    let manner: Manner
    let storage: StorageCopy
    let rate: Double
    let roundTrip: Double
  }

  let model: MigrationModel
  private var known: [Question: TrafficTable?] = [:]

  init(model: MigrationModel) {
    self.model = model
  }

  mutating func table(
    _ vm: VM, _ manner: Manner, _ storage: StorageCopy, _ path: MigrationPath
  ) -> TrafficTable? {
    let model = model.aided(by: manner.aid, vm)
    let whole = min(path.payloadMiBPerSecond, model.engine.rateLimit(manner.technique, storage: storage))
    let question = Question(
      subject: MigrationSubject(vm), manner: manner, storage: storage, rate: whole,
      roundTrip: path.roundTripMilliseconds)
    if let table = known[question] { return table }
    let table = TrafficTable(whole: whole) { rate, slowest in
      let path = MigrationPath(
        payloadMiBPerSecond: rate, roundTripMilliseconds: path.roundTripMilliseconds)
      return model.least(vm, technique: manner.technique, storage: storage, path: path, slowest: slowest)
    }
    known[question] = .some(table)
    return table
  }
}
