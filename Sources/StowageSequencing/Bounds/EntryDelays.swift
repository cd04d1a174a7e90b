import StowageFleet
import StowageModel

/// When moves can start at the earliest, for want of room at their targets.
///
/// A VM that does not fit into what its target has free at the start must wait until VMs that leave
/// the target have given up as much as it lacks. So it starts no earlier than
///
/// - the first instant by which leavers that could be gone hold that much together, each gone no
///   earlier than its own delay and its release time; and
/// - what the cheapest leavers (in MiB of the port for each unit of room, the last one in part) take
///   of the target's port outwards, at the port's payload rate.
///
/// Delays follow from delays, so this is done up to eight times, from no delay at all. With time
/// reversed, ends take the part of starts, and the same gives how long before the end a move must be over.
struct EntryDelays {
  private static let sweeps = 8

  private let moves: [DirectMove]
  private let demand: [Amounts]
  private let payload: (Int) -> Double?
  private let free: [Amounts]
  private let isReversed: Bool
  private var arrivals: [Int: [Int]] = [:]
  private var leavers: [Int: [Int]] = [:]

  /// Delays of some moves.
  ///
  /// - Parameters:
  ///   - moves: all moves.
  ///   - demand: of each VM.
  ///   - free: what each host has left at the start, or at the end when time is reversed.
  ///   - payload: of a host's port in the direction of leavers, in MiB/s; `nil` when unknown.
  ///   - isReversed: whether time runs backwards.
  init(
    _ moves: [DirectMove], demand: [Amounts], free: [Amounts], payload: @escaping (Int) -> Double?,
    isReversed: Bool
  ) {
    self.moves = moves
    self.demand = demand
    self.payload = payload
    self.free = free
    self.isReversed = isReversed
    for (index, move) in moves.enumerated() {
      let (leaves, enters) = isReversed ? (move.to, move.from) : (move.from, move.to)
      leavers[leaves, default: []].append(index)
      arrivals[enters, default: []].append(index)
    }
  }

  /// The delay of each move, in s.
  func seconds() -> [Double] {
    var delays = [Double](repeating: 0, count: moves.count)
    let hosts = arrivals.keys.sorted().filter { host in
      leavers[host] != nil && (arrivals[host] ?? []).contains { !fits($0, host) }
    }
    for _ in 0..<Self.sweeps {
      var hasChanged = false
      for host in hosts { sweep(host, &delays, &hasChanged) }
      if !hasChanged { break }
    }
    return delays
  }

  private func fits(_ move: Int, _ host: Int) -> Bool {
    Resource.allCases.allSatisfy { lack(of: move, $0, host) <= 0 }
  }

  private func lack(of move: Int, _ resource: Resource, _ host: Int) -> Int64 {
    let needed = demand[moves[move].vm][resource]
    return needed > 0 ? needed - free[host][resource] : 0
  }

  private func sweep(_ host: Int, _ delays: inout [Double], _ hasChanged: inout Bool) {
    let leaving = leavers[host] ?? []
    let byRelease = leaving.map { (delays[$0] + moves[$0].releaseSeconds, $0) }.sorted { $0 < $1 }
    for resource in Resource.allCases {
      let byCost = leaving.filter { demand[moves[$0].vm][resource] > 0 }.map { leaver in
        (area(leaver) / Double(demand[moves[leaver].vm][resource]), leaver)
      }.sorted { $0 < $1 }
      for move in arrivals[host] ?? [] {
        let lack = lack(of: move, resource, host)
        // A VM that may be stopped can start before its target has room.
        guard lack > 0, moves[move].releaseSeconds > 0 else { continue }
        let delay = max(
          whenReleased(lack, resource, byRelease), portSeconds(lack, resource, byCost.map(\.1), host))
        if delay > delays[move] {
          delays[move] = delay
          hasChanged = true
        }
      }
    }
  }

  /// What a leaver takes of the port before it has left: a VM that may be stopped perhaps nothing.
  private func area(_ move: Int) -> Double {
    moves[move].releaseSeconds > 0 ? moves[move].area(within: .infinity) : 0
  }

  private func whenReleased(_ lack: Int64, _ resource: Resource, _ leavers: [(Double, Int)]) -> Double {
    var left = lack
    for (instant, leaver) in leavers {
      left -= demand[moves[leaver].vm][resource]
      if left <= 0 { return instant }
    }
    return 0
  }

  private func portSeconds(_ lack: Int64, _ resource: Resource, _ leavers: [Int], _ host: Int) -> Double {
    guard let rate = payload(host), rate > 0 else { return 0 }
    var left = Double(lack)
    var mib = 0.0
    for leaver in leavers where left > 0 {
      let amount = Double(demand[moves[leaver].vm][resource])
      mib += area(leaver) * min(1, left / amount)
      left -= amount
    }
    return left > 0 ? 0 : mib / rate
  }
}
