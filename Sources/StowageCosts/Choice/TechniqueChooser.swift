public import StowageModel

/// Chooses the technique by which a VM moves.
///
/// Techniques that the feasibility table refuses are out, then those that break a promise: a
/// pre-copy of a VM that dirties memory faster than the path carries it (unless the platform slows
/// such guests down), a pause above the VM's limit, a risk above the policy's. Of those left the
/// cheapest wins; equal costs go in the order cold of a VM that is off, pre-copy, hybrid, post-copy,
/// cold.
public struct TechniqueChooser: Sendable {
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

  /// The technique for moving `vm` over `path`, a link or a share of it; `nil` when none is left.
  ///
  /// An infinite rate stands for a path of unknown bandwidth and counts as ``PayloadRate/whenUnknown``.
  public func choose(vm: VM, from source: Host, to target: Host, path: MigrationPath) -> TechniqueChoice? {
    let path = knownPath(path)
    let candidates = candidates(vm: vm, from: source, to: target, path: path)
    guard let best = best(of: candidates), let storage = best.storage, let forecast = best.forecast else {
      return nil
    }
    let limit = rateLimit(best.technique, storage: storage)
    return TechniqueChoice(
      technique: best.technique, storage: storage,
      rateMiBPerSecond: forecast.sentMiB > 0 ? min(path.payloadMiBPerSecond, limit) : 0,
      forecast: forecast,
      rejected: candidates.filter { $0.technique != best.technique }.map { candidate in
        RejectedTechnique(candidate.technique, because: candidate.sentence(against: forecast))
      })
  }

  /// Why no technique can move `vm` over `path`: every technique with its first obstacle. Empty when
  /// one can.
  public func obstacles(
    vm: VM, from source: Host, to target: Host, path: MigrationPath
  ) -> [RejectedTechnique] {
    let candidates = candidates(vm: vm, from: source, to: target, path: knownPath(path))
    guard best(of: candidates) == nil else { return [] }
    return candidates.map { RejectedTechnique($0.technique, because: $0.objection ?? "") }
  }

  private func knownPath(_ path: MigrationPath) -> MigrationPath {
    var path = path
    if path.payloadMiBPerSecond == .infinity { path.payloadMiBPerSecond = PayloadRate.whenUnknown }
    return path
  }

  private func candidates(
    vm: VM, from source: Host, to target: Host, path: MigrationPath
  ) -> [Candidate] {
    let subject = MigrationSubject(vm, unknown: model.engine.constants.unknown)
    let policy = policy ?? .of(ServiceTier(vm.tier))
    let verdicts = Feasibility.verdicts(
      vm: vm, from: source, to: target, engine: model.engine, path: path)
    return Technique.allCases.map { technique in
      candidate(technique, verdict: verdicts[technique], subject: subject, path: path, policy: policy)
    }
  }

  private func candidate(
    _ technique: Technique, verdict: Verdict?, subject: MigrationSubject, path: MigrationPath,
    policy: ChoicePolicy
  ) -> Candidate {
    switch verdict {
    case .blocked(let because, let remedy):
      return Candidate(technique, objection: "\(because); \(remedy)")
    case .allowed, .allowedWithStorageCopy, nil:
      let storage = verdict?.storage ?? .none
      let forecast = model.forecast(subject, technique: technique, storage: storage, path: path)
      let promises = Promises(
        engine: model.engine, policy: policy, subject: subject, path: path, storage: storage)
      return Candidate(
        technique, storage: storage, forecast: forecast,
        objection: promises.broken(by: forecast, technique: technique),
        cost: policy.cost(of: forecast), preference: preference(technique, subject: subject))
    }
  }

  /// Position among equal costs.
  private func preference(_ technique: Technique, subject: MigrationSubject) -> Int {
    switch technique {
    case .cold: subject.isRunning ? 4 : 0
    case .preCopy: 1
    case .hybrid: 2
    case .postCopy: 3
    }
  }

  private func best(of candidates: [Candidate]) -> Candidate? {
    candidates.filter { $0.objection == nil }.min {
      ($0.cost, $0.preference) < ($1.cost, $1.preference)
    }
  }
}
