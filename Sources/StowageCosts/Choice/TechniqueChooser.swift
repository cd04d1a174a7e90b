public import StowageModel

/// Chooses the technique by which a VM moves, and what helps a pre-copy along.
///
/// Techniques that the feasibility table refuses are out, then those that break a promise: a
/// pre-copy of a VM that dirties memory faster than the path carries it (unless the platform slows
/// such guests down), a pause above the VM's limit, a risk above the policy's, a move that is longer than the
/// hours in which it may be made. Of those left the
/// cheapest wins; equal costs go in the order cold of a VM that is off, pre-copy, pre-copy with an aid,
/// hybrid, post-copy, cold.
///
/// Aids are those on which a plan may rely. One is taken only where pre-copy without it breaks a promise, or costs
/// clearly more.
public struct TechniqueChooser: Sendable {
  /// What a pre-copy with an aid may cost of one without it that keeps all promises. Chosen: for less than a tenth
  /// nobody would do something out of the ordinary.
  static let clearlyLess = 0.9

  private let model: MigrationModel
  private let policy: ChoicePolicy?

  /// A chooser for a platform; without a policy, each VM's service tier sets the weights.
  public init(engine: MigrationEngine, policy: ChoicePolicy? = nil) {
    model = MigrationModel(engine: engine)
    self.policy = policy
  }

  /// The most that a move by `technique` takes of its path, in MiB/s; infinite where no limit is known.
  public func rateLimit(_ technique: Technique, storage: StorageCopy = .none) -> Double {
    model.engine.rateLimit(technique, storage: storage)
  }

  /// The technique for moving `vm` over `path`, a link or a share of it, in `mostSeconds` at most; `nil` when none
  /// is left.
  ///
  /// An infinite rate stands for a path of unknown bandwidth and counts as ``PayloadRate/whenUnknown``.
  public func choose(
    vm: VM, from source: Host, to target: Host, path: MigrationPath, mostSeconds: Double? = nil
  ) -> TechniqueChoice? {
    let path = knownPath(path)
    let candidates = candidates(vm: vm, from: source, to: target, path: path, mostSeconds: mostSeconds)
    guard let best = best(of: candidates), let storage = best.storage, let forecast = best.forecast else {
      return nil
    }
    let limit = model.aided(by: best.aid, vm).engine.rateLimit(best.technique, storage: storage)
    return TechniqueChoice(
      technique: best.technique, aid: best.aid, storage: storage,
      rateMiBPerSecond: forecast.sentMiB > 0 ? min(path.payloadMiBPerSecond, limit) : 0,
      forecast: forecast,
      rejected: plain(candidates).filter { $0.technique != best.technique || best.aid != nil }.map {
        RejectedTechnique($0.technique, because: sentence($0, of: candidates, against: forecast))
      })
  }

  /// Why no technique can move `vm` over `path`: every technique with its first obstacle. Empty when
  /// one can.
  public func obstacles(
    vm: VM, from source: Host, to target: Host, path: MigrationPath, mostSeconds: Double? = nil
  ) -> [RejectedTechnique] {
    let candidates = candidates(
      vm: vm, from: source, to: target, path: knownPath(path), mostSeconds: mostSeconds)
    guard best(of: candidates) == nil else { return [] }
    return plain(candidates).map {
      RejectedTechnique($0.technique, because: sentence($0, of: candidates, against: nil))
    }
  }

  private func plain(_ candidates: [Candidate]) -> [Candidate] { candidates.filter { $0.aid == nil } }

  /// Why a technique is not chosen, and, where it breaks a promise, what becomes of it with an aid.
  private func sentence(
    _ candidate: Candidate, of candidates: [Candidate], against chosen: Forecast?
  ) -> String {
    let own = candidate.sentence(against: chosen)
    guard let objection = candidate.objection else { return own }
    let aided = candidates.filter {
      $0.technique == candidate.technique && $0.aid != nil && $0.forecast != chosen
        && $0.objection != objection
    }
    return
      ([own]
      + aided.compactMap { other in
        other.aid.map { "with \($0.name): \(other.sentence(against: chosen))" }
      }).joined(separator: "; ")
  }

  private func knownPath(_ path: MigrationPath) -> MigrationPath {
    var path = path
    if path.payloadMiBPerSecond == .infinity { path.payloadMiBPerSecond = PayloadRate.whenUnknown }
    return path
  }

  private func candidates(
    vm: VM, from source: Host, to target: Host, path: MigrationPath, mostSeconds: Double?
  ) -> [Candidate] {
    let subject = MigrationSubject(vm, unknown: model.engine.constants.unknown)
    let policy = policy ?? .of(ServiceTier(vm.tier))
    let verdicts = Feasibility.verdicts(
      vm: vm, from: source, to: target, engine: model.engine, path: path)
    return Technique.allCases.flatMap { technique in
      func judged(_ model: MigrationModel, _ aid: PreCopyAid?) -> Candidate {
        let promises = { (storage: StorageCopy) in
          Promises(
            engine: model.engine, policy: policy, subject: subject, path: path, storage: storage, aid: aid,
            mostSeconds: mostSeconds)
        }
        return candidate(technique, model, verdict: verdicts[technique], promises: promises)
      }
      let own = judged(model, nil)
      return [own]
        + aids(own, subject: subject, path: path).map { aid in judged(model.aided(by: aid, vm), aid) }
    }
  }

  /// The aids that would change a pre-copy: more streams on a path that the platform's do not fill, a throttle where
  /// half of a round may be dirtied again.
  private func aids(_ candidate: Candidate, subject: MigrationSubject, path: MigrationPath) -> [PreCopyAid] {
    guard candidate.technique == .preCopy, subject.isRunning, let storage = candidate.storage else {
      return []
    }
    let limit = model.engine.rateLimit(.preCopy, storage: storage)
    let rate = model.engine.payload(min(path.payloadMiBPerSecond, limit))
    let dirtied = subject.memory.hotMiBPerSecond + subject.memory.coldMiBPerSecond
    return PreCopyAid.planned(on: model.engine).filter { aid in
      aid.slowsGuestDown
        ? dirtied > model.engine.constants.rounds.badShare * rate
        : storage == .none && path.payloadMiBPerSecond > limit
    }
  }

  private func candidate(
    _ technique: Technique, _ model: MigrationModel, verdict: Verdict?, promises: (StorageCopy) -> Promises
  ) -> Candidate {
    switch verdict {
    case .blocked(let because, let remedy):
      return Candidate(technique, objection: "\(because); \(remedy)")
    case .allowed, .allowedWithStorageCopy, nil:
      let storage = verdict?.storage ?? .none
      let promises = promises(storage)
      let forecast = model.forecast(
        promises.subject, technique: technique, storage: storage, path: promises.path)
      return Candidate(
        technique, aid: promises.aid, storage: storage, forecast: forecast,
        objection: promises.broken(by: forecast, technique: technique),
        cost: promises.policy.cost(of: forecast),
        preference: preference(technique, promises.aid, subject: promises.subject))
    }
  }

  private func preference(
    _ technique: Technique, _ aid: PreCopyAid?, subject: MigrationSubject
  ) -> Candidate.Preference {
    switch technique {
    case .cold: subject.isRunning ? .cold : .coldOfStopped
    case .preCopy: aid == nil ? .preCopy : .aidedPreCopy
    case .hybrid: .hybrid
    case .postCopy: .postCopy
    }
  }

  private func best(of candidates: [Candidate]) -> Candidate? {
    let plainCost = candidates.first { $0.technique == .preCopy && $0.aid == nil && $0.objection == nil }?
      .cost
    return candidates.filter { candidate in
      guard candidate.objection == nil else { return false }
      guard candidate.aid != nil, let plainCost else { return true }
      return candidate.cost < Self.clearlyLess * plainCost
    }.min { ($0.cost, $0.preference) < ($1.cost, $1.preference) }
  }
}
