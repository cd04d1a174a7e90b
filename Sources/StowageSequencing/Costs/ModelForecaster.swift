import StowageCosts
import StowageModel

/// The cost model of a platform as the sequencer asks it.
struct ModelForecaster: MoveForecasting {
  private let engine: MigrationEngine
  private let chooser: TechniqueChooser
  private let model: MigrationModel

  init(engine: MigrationEngine) {
    self.engine = engine
    chooser = TechniqueChooser(engine: engine)
    model = MigrationModel(engine: engine)
  }

  var slotLimits: SlotLimits {
    let limits = engine.concurrency
    return SlotLimits(
      out: limits.perHostOut, into: limits.perHostIn, host: limits.perHostTotal, fleet: limits.fleetTotal)
  }

  func preferred(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> MoveOption? {
    let choice = chooser.choose(
      vm: vm, from: from, to: to, path: migrationPath(path), mostSeconds: mostSeconds)
    return choice.flatMap {
      option(
        Manner($0.technique, aid: $0.aid), storage: $0.storage, of: vm, on: path, rejected: $0.rejected)
    }
  }

  func cold(_ vm: VM, from: Host, to: Host, on path: PathRate) -> MoveOption? {
    let verdicts = Feasibility.verdicts(vm: vm, from: from, to: to, engine: engine)
    guard let storage = verdicts[.cold]?.storage else { return nil }
    let cold = option(Manner(.cold), storage: storage, of: vm, on: path, rejected: [])
    guard let most = vm.maxDowntimeMilliseconds else { return cold }
    return cold.flatMap { Double($0.downtime) <= most ? $0 : nil }
  }

  func obstacles(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> [RejectedTechnique] {
    chooser.obstacles(vm: vm, from: from, to: to, path: migrationPath(path), mostSeconds: mostSeconds)
  }

  private func option(
    _ manner: Manner, storage: StorageCopy, of vm: VM, on path: PathRate,
    rejected: [RejectedTechnique]
  ) -> MoveOption? {
    let technique = manner.technique
    let model = model.aided(by: manner.aid, vm)
    let rate = min(path.tenths, Tenths.roundedDown(model.engine.rateLimit(technique, storage: storage)))
    let subject = MigrationSubject(vm)
    let forecast = model.forecast(
      subject, technique: technique, storage: storage,
      path: migrationPath(Tenths.mibPerSecond(rate), path.roundTripMilliseconds))
    let planned = forecast.planned
    guard forecast.isPossible,
      let duration = Milliseconds.exactly(planned.durationSeconds),
      let released = Milliseconds.exactly(planned.sourceReleasedAfterSeconds),
      let reserved = Milliseconds.exactly(planned.targetReservedAfterSeconds),
      let downtime = Milliseconds.exactly(planned.estimate.downtimeMilliseconds / 1000)
    else { return nil }
    return MoveOption(
      manner: manner, rateTenths: forecast.sentMiB > 0 ? rate : 0, duration: duration,
      releasedAfter: released, reservedAfter: reserved,
      slots: engine.concurrency.slots(technique, storage: storage), downtime: downtime,
      bearsSharing: !technique.isLive
        || subject.memory.hotMiBPerSecond <= 0.5 * Tenths.mibPerSecond(rate),
      estimate: planned.estimate, rejected: rejected)
  }

  func facts(_ vm: VM, from: Host, to: Host, by manner: Manner) -> TechniqueFacts? {
    let verdicts = Feasibility.verdicts(vm: vm, from: from, to: to, engine: engine)
    return verdicts[manner.technique]?.storage.map { storage in
      TechniqueFacts(
        storage: storage,
        rateLimit: model.aided(by: manner.aid, vm).engine.rateLimit(manner.technique, storage: storage),
        slots: engine.concurrency.slots(manner.technique, storage: storage))
    }
  }

  func seconds(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond: Double,
    roundTripMilliseconds: Double?
  ) -> Double? {
    let forecast = model.aided(by: manner.aid, vm).forecast(
      vm, technique: manner.technique, storage: storage,
      path: migrationPath(mibPerSecond, roundTripMilliseconds))
    return forecast.isPossible ? forecast.totalSeconds : nil
  }

  func least(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond rates: ClosedRange<Double>,
    roundTripMilliseconds: Double?
  ) -> LeastMove? {
    model.aided(by: manner.aid, vm).least(
      vm, technique: manner.technique, storage: storage,
      path: migrationPath(rates.upperBound, roundTripMilliseconds),
      slowest: rates.lowerBound
    ).map { LeastMove(mib: $0.mib, seconds: $0.seconds) }
  }

  private func migrationPath(_ path: PathRate) -> MigrationPath {
    var own = migrationPath(Tenths.mibPerSecond(path.tenths), path.roundTripMilliseconds)
    own.isStretched = path.isStretched
    return own
  }

  private func migrationPath(_ mibPerSecond: Double, _ roundTrip: Double?) -> MigrationPath {
    guard let roundTrip else { return MigrationPath(payloadMiBPerSecond: mibPerSecond) }
    return MigrationPath(payloadMiBPerSecond: mibPerSecond, roundTripMilliseconds: roundTrip)
  }
}
