import StowageFleet
import StowageModel

/// Turns a timeline into the moves of a plan.
struct MoveWriter {
  private let timeline: Timeline
  private let legs: [Leg]
  private let runs: [Run]
  private let reasons: [Int: String]
  private let seeds: [Int: Seed]

  /// `seeds` are the copies ahead of moves, by VM.
  init(_ timeline: Timeline, reasons: [Int: String], seeds: [Int: Seed] = [:]) {
    self.seeds = seeds
    self.timeline = timeline
    legs = timeline.legs
    runs = timeline.runs
    self.reasons = reasons
  }

  /// The moves by start, then VM; named in this order.
  func moves() -> [Move] {
    let needed = Dependencies.find(timeline)
    let order = runs.indices.sorted {
      (runs[$0].start, leg($0).vm) < (runs[$1].start, leg($1).vm)
    }
    var position = [Int](repeating: 0, count: order.count)
    for (index, run) in order.enumerated() { position[run] = index }
    var waves = [Int](repeating: 1, count: order.count)
    return order.enumerated().map { index, run in
      let after = needed[run].map { position[$0] }.sorted()
      waves[index] =
        timeline.waves.isActive
        ? timeline.waves.waveOfLeg[runs[run].leg] + 1 : 1 + (after.map { waves[$0] }.max() ?? 0)
      return move(
        run, id: id(index, of: order.count), wave: waves[index], after: after.map { id($0, of: order.count) })
    }
  }

  private func leg(_ run: Int) -> Leg { legs[runs[run].leg] }

  private func id(_ index: Int, of count: Int) -> Move.ID {
    let digits = String(index + 1)
    let width = max(4, String(count).count)
    return Move.ID("m" + String(repeating: "0", count: width - digits.count) + digits)
  }

  private func move(_ index: Int, id: Move.ID, wave: Int, after: [Move.ID]) -> Move {
    let run = runs[index]
    let leg = leg(index)
    let fleet = timeline.fleet
    var move = Move(
      id: id, vm: fleet.vms[leg.vm].id, from: fleet.hosts[leg.from].id, to: fleet.hosts[leg.to].id,
      technique: run.option.technique, wave: wave, startSeconds: Milliseconds.seconds(run.start),
      endSeconds: Milliseconds.seconds(run.end),
      sourceReleasedSeconds: Milliseconds.seconds(run.released),
      targetReservedSeconds: Milliseconds.seconds(run.reserved),
      rateMiBPerSecond: Tenths.mibPerSecond(run.option.rateTenths),
      links: timeline.problem.book.routes.names(leg.route), after: after, estimate: run.option.estimate,
      seed: seeds[leg.vm], reason: reason(leg), rejected: run.option.rejected)
    move.aid = run.option.manner.aid
    return move
  }

  private func reason(_ leg: Leg) -> String {
    let own = reasons[leg.vm] ?? "the placement puts it on \(timeline.fleet.hosts[leg.to].id)"
    switch leg.detour {
    case nil: return own
    case .parking(let because): return because
    case .back: return "goes back to \(timeline.fleet.hosts[leg.to].id) after making room for others"
    case .onward: return "\(own); goes on from \(timeline.fleet.hosts[leg.from].id)"
    case .cold(let because): return "\(own); \(because)"
    }
  }

  /// VMs that run and are stopped for want of room.
  var stoppedVMs: Int {
    let fleet = timeline.fleet
    return runs.indices.count { run in
      guard case .cold = leg(run).detour else { return false }
      return fleet.vms[leg(run).vm].powerState == .on
    }
  }

  /// Detours with their price, and what was taken for granted.
  func notes() -> [String] {
    let detours = runs.indices.compactMap { run -> String? in
      switch leg(run).detour {
      case nil, .onward, .back: nil
      case .parking(let because), .cold(let because): "\(timeline.fleet.vms[leg(run).vm].id) is \(because)"
      }
    }
    return detours + unknownPorts()
  }

  private func unknownPorts() -> [String] {
    let routes = timeline.problem.book.routes
    let used = Set(runs.indices.flatMap { [leg($0).from, leg($0).to] })
    let unknown = routes.hostsWithUnknownPorts.filter(used.contains)
    guard let first = unknown.first else { return [] }
    let rate = DecimalText.tenths(Tenths.mibPerSecond(routes.capacityTenths[2 * first]))
    let hosts = DecimalText.count(unknown.count, "host")
    return ["migration bandwidth of \(hosts) is unknown: taken as \(rate) MiB/s each way"]
  }
}
