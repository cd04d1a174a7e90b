import StowageModel

/// What a plan says of copies that are made ahead of moves, and of those that are kept for recovery, wave by wave.
struct CopyFigures {
  /// The copies ahead of the moves of one wave.
  struct Ahead {
    let wave: Int
    let moves: [Move]
    let startSeconds: Double
    let endSeconds: Double
    let mib: Double
    let deltaMiB: Double
  }

  /// The copies that are kept while a wave is under way: how many where, and what they take of the busiest link.
  struct Kept {
    let wave: Int
    /// VMs whose copies are still at their targets, and those whose copies are at their sources already, at the end of it.
    let before: Int
    let after: Int
    let held: Int
    let oldestSeconds: Double
  }

  let ahead: [Ahead]
  let kept: [Kept]
  /// VMs that state an `rpo_s`, and those whose copies are never older.
  let asked: Int
  let held: Int
  /// The copy that gets oldest, measured by what its VM asks.
  let oldest: (vm: VM.ID, ageSeconds: Double, askedSeconds: Double)?

  init(_ input: ReportInput, waves: [Wave]) {
    ahead = waves.compactMap(Self.ahead)
    let objectives = Dictionary(
      input.inventory.vms.compactMap { vm in vm.rpoSeconds.map { (vm.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    let protections = input.plan.protections
    let isHeld = { (own: Protection) in objectives[own.vm].map { own.worstAgeSeconds <= $0 + 1e-6 } ?? false }
    asked = input.plan.options.protection == nil ? 0 : objectives.count
    held = protections.count(where: isHeld)
    oldest = protections.compactMap { own in objectives[own.vm].map { (own.vm, own.worstAgeSeconds, $0) } }
      .max { ($0.1 / max(1, $0.2), $1.0) < ($1.1 / max(1, $1.2), $0.0) }
    var turned: Set<VM.ID> = []
    let oldestAge = protections.map(\.worstAgeSeconds).max() ?? 0
    let count = held
    kept =
      protections.isEmpty
      ? []
      : waves.map { wave in
        turned.formUnion(wave.moves.map(\.vm))
        let after = protections.count { turned.contains($0.vm) && $0.before != $0.after }
        return Kept(
          wave: wave.number, before: protections.count - after, after: after, held: count,
          oldestSeconds: oldestAge)
      }
  }

  private static func ahead(_ wave: Wave) -> Ahead? {
    let moves = wave.moves.filter { $0.seed != nil }.sorted {
      ($0.seed?.startSeconds ?? 0, $0.id) < ($1.seed?.startSeconds ?? 0, $1.id)
    }
    let seeds = moves.compactMap(\.seed)
    guard let start = seeds.map(\.startSeconds).min(), let end = seeds.map(\.endSeconds).max() else {
      return nil
    }
    return Ahead(
      wave: wave.number, moves: moves, startSeconds: start, endSeconds: end,
      mib: seeds.reduce(0) { $0 + $1.mib }, deltaMiB: seeds.reduce(0) { $0 + $1.deltaMiB })
  }
}
