import StowageCosts
import StowageModel

@testable import StowageVerification

/// One move as a test states it; everything else follows from the cost model.
struct MoveSketch {
  var vm: VM.ID
  var to: Host.ID
  var technique: Technique
  var aid: PreCopyAid?
  var start: Double
  var after: [Move.ID]
  /// Rate in MiB/s; `nil` for all that the path and the platform's streams carry.
  var rate: Double?

  init(
    _ vm: VM.ID, to: Host.ID, by technique: Technique = .preCopy, with aid: PreCopyAid? = nil,
    at start: Double = 0, after: [Move.ID] = [], rate: Double? = nil
  ) {
    self.vm = vm
    self.to = to
    self.technique = technique
    self.aid = aid
    self.start = start
    self.after = after
    self.rate = rate
  }
}

/// Builds plans that hold, through the cost model, so that a test can break one thing at a time.
struct PlanBuilder {
  var inventory: Inventory
  var goal = Goal.consolidate
  var options = PlanOptions()
  var generator = "stowage 0.1.0"

  init(_ inventory: Inventory) {
    self.inventory = inventory
  }

  func plan(_ sketches: [MoveSketch] = []) -> Plan {
    let moves = moves(sketches)
    let placement = placement(after: moves)
    let memory = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.memoryMiB) })
    let vms = Set(inventory.vms.map(\.id))
    var plan = Plan(
      generator: generator,
      inventory: Plan.InventoryStamp(
        sha256: "abc", hosts: inventory.hosts.count, vms: inventory.vms.count),
      goal: goal, seed: 1, options: options, outcome: .feasible,
      objectives: [
        Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial),
        Objective(.hostsOn, value: Double(Set(placement.values).count)),
        Objective(.movedMiB, value: moves.reduce(0) { $0 + (memory[$1.vm] ?? 0) }),
      ],
      placement: placement, poweredOffHosts: emptied(placement), moves: moves,
      schedule: Plan.Schedule(
        makespanSeconds: moves.map(\.endSeconds).max() ?? 0, lowerBoundSeconds: 0, binding: ""),
      unplaced: vms.subtracting(placement.keys).sorted().map { Plan.Unplaced(vm: $0, because: "no host") },
      violationsAtStart: [], assumptions: [])
    plan.schedule.lowerBoundSeconds = scheduleBound(plan)
    return plan
  }

  private func host(_ id: Host.ID) -> Host? { inventory.hosts.first { $0.id == id } }

  private func moves(_ sketches: [MoveSketch]) -> [Move] {
    var at = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.host) })
    var waves: [Move.ID: Int] = [:]
    return sketches.enumerated().compactMap { index, sketch in
      let number = String(index + 1)
      let id = Move.ID("m" + String(repeating: "0", count: 4 - number.count) + number)
      guard let vm = inventory.vms.first(where: { $0.id == sketch.vm }),
        let source = at[sketch.vm].flatMap({ $0 }).flatMap(host), let target = host(sketch.to)
      else { return nil }
      at[sketch.vm] = sketch.to
      waves[id] = 1 + (sketch.after.compactMap { waves[$0] }.max() ?? 0)
      return move(id, sketch, vm, source, target, wave: waves[id] ?? 1)
    }
  }

  private func move(
    _ id: Move.ID, _ sketch: MoveSketch, _ vm: VM, _ source: Host, _ target: Host, wave: Int
  ) -> Move {
    let model = MigrationModel(engine: .of(options)).aided(by: sketch.aid, vm)
    let engine = model.engine
    let storage = Feasibility.storageCopy(vm, from: source, to: target)
    let ports = [source, target].compactMap { $0.migrationNetworkGbps ?? $0.networkGbps }
    let payload = ports.map { PayloadRate.mibPerSecond(gbps: $0) }.min() ?? PayloadRate.whenUnknown
    let most = min(payload, engine.rateLimit(sketch.technique, storage: storage))
    let rate = sketch.rate ?? most
    let forecast = model.forecast(
      vm, technique: sketch.technique, storage: storage, path: MigrationPath(payloadMiBPerSecond: rate))
    let planned = forecast.planned
    var move = Move(
      id: id, vm: sketch.vm, from: source.id, to: sketch.to, technique: sketch.technique, wave: wave,
      startSeconds: sketch.start, endSeconds: milliseconds(sketch.start + planned.durationSeconds),
      sourceReleasedSeconds: milliseconds(sketch.start + planned.sourceReleasedAfterSeconds),
      targetReservedSeconds: milliseconds(sketch.start + planned.targetReservedAfterSeconds),
      rateMiBPerSecond: forecast.sentMiB > 0 ? rate : 0, links: ["\(source.id):out", "\(sketch.to):in"],
      after: sketch.after, estimate: planned.estimate, reason: "test", rejected: [])
    move.aid = sketch.aid
    return move
  }

  private func milliseconds(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  private func placement(after moves: [Move]) -> [VM.ID: Host.ID] {
    let hosts = Set(inventory.hosts.map(\.id))
    var placement: [VM.ID: Host.ID] = [:]
    for vm in inventory.vms { placement[vm.id] = vm.host.flatMap { hosts.contains($0) ? $0 : nil } }
    for move in moves { placement[move.vm] = move.to }
    return placement
  }

  private func emptied(_ placement: [VM.ID: Host.ID]) -> [Host.ID] {
    guard goal == .consolidate || goal == .evacuate else { return [] }
    let held = Set(inventory.vms.compactMap(\.host))
    let used = Set(placement.values)
    return inventory.hosts.filter { $0.state == .online && held.contains($0.id) && !used.contains($0.id) }
      .map(\.id)
  }

  /// The bound of the verifier itself: its own tests check it with numbers.
  private func scheduleBound(_ plan: Plan) -> Double {
    let roster = Roster(inventory, sizing: options.sizing)
    let model = MigrationModel(engine: MigrationEngine.of(options.platform))
    return ScheduleBound(model: model, channels: Channels(inventory, roster: roster))
      .seconds(Replay(plan.moves, roster: roster), plan)
  }
}
