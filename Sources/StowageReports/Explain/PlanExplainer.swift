public import StowageModel

/// Explains VMs and hosts from a plan alone.
public struct PlanExplainer: Sendable {
  private let plan: Plan
  private let movesByID: [Move.ID: Move]
  private let waiters: [Move.ID: [Move]]
  private let rules: MoveRules

  /// An explainer of a plan; `inventory` is what the plan starts from, and gives its rules of moves.
  public init(_ plan: Plan, inventory: Inventory? = nil) {
    self.plan = plan
    rules = MoveRules(plan, inventory)
    movesByID = Dictionary(plan.moves.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var waiters: [Move.ID: [Move]] = [:]
    for move in plan.moves {
      for id in move.after { waiters[id, default: []].append(move) }
    }
    self.waiters = waiters
  }

  /// Why a VM moves, or does not; `nil` for one that the plan does not know.
  public func explain(vm: VM.ID) -> Explanation? {
    if let unplaced = plan.unplaced.first(where: { $0.vm == vm }) {
      return Explanation(
        kind: "vm", id: vm.rawValue, headline: "It has no host: \(unplaced.because).", sections: [])
    }
    let own = plan.moves.filter { $0.vm == vm }.sorted { $0.startSeconds < $1.startSeconds }
    guard let place = plan.placement[vm] ?? own.last?.to else { return nil }
    guard let first = own.first, let last = own.last else {
      return Explanation(
        kind: "vm", id: vm.rawValue,
        headline: "It stays on \(place): the plan has no move for it.", sections: [])
    }
    let headline =
      own.count == 1
      ? "It moves from \(first.from) to \(last.to): \(first.reason)."
      : "It moves from \(first.from) to \(last.to) in \(own.count) moves, over \(own.dropLast().map(\.to.rawValue).joined(separator: ", "))."
    return Explanation(
      kind: "vm", id: vm.rawValue, headline: headline,
      sections: [
        Explanation.Section("moves", "Moves", own.map(moveWords)),
        Explanation.Section("techniques", "Why this technique", own.flatMap(techniqueWords)),
        Explanation.Section("waits_for", "It waits for", own.flatMap(waitWords)),
        Explanation.Section(
          "awaited_by", "These wait for it",
          own.flatMap { waiters[$0.id] ?? [] }.map { "\($0.id): \($0.vm) to \($0.to), \(timeWords($0))" }),
        Explanation.Section("rules", "Rules for its moves", rules.sentences(about: vm, moves: own)),
        Explanation.Section("schedule", "The schedule", scheduleWords),
      ])
  }

  /// What happens to a host; `nil` for one that the plan does not know.
  public func explain(host: Host.ID) -> Explanation? {
    let leaving = plan.moves.filter { $0.from == host }
    let entering = plan.moves.filter { $0.to == host }
    let residents = plan.placement.filter { $0.value == host }.map(\.key).sorted()
    let isOff = plan.poweredOffHosts.contains(host)
    guard isOff || !leaving.isEmpty || !entering.isEmpty || !residents.isEmpty else { return nil }
    let lastLeft = leaving.map(\.sourceReleasedSeconds).max() ?? 0
    var headline =
      "\(Units.count(leaving.count, "VM leaves", "VMs leave")) it and \(Units.count(entering.count, "enters", "enter"))"
    if residents.isEmpty {
      headline +=
        leaving.isEmpty ? "; it is empty" : "; it is empty from \(Units.offset(seconds: lastLeft)) on"
      if isOff { headline += " and can be switched off" }
    } else {
      headline += "; \(Units.count(residents.count, "VM is", "VMs are")) on it at the end"
    }
    let isAsked = plan.options.hosts.contains(host)
    return Explanation(
      kind: "host", id: host.rawValue, headline: headline + ".",
      sections: [
        Explanation.Section("asked", "Asked for", isAsked ? ["the request empties it"] : []),
        Explanation.Section(
          "leaving", "Leaving", leaving.map { "\($0.id): \($0.vm) to \($0.to), \(timeWords($0))" }),
        Explanation.Section(
          "entering", "Entering",
          entering.map { "\($0.id): \($0.vm) from \($0.from), \(timeWords($0)): \($0.reason)" }),
        Explanation.Section("waits", "What waits for what here", entering.flatMap(roomWords)),
        Explanation.Section("residents", "On it at the end", residents.map(\.rawValue)),
        Explanation.Section(
          "violations", "Broken at the start",
          plan.violationsAtStart.filter { $0.detail.contains(host.rawValue) }.map {
            "\($0.rule): \($0.detail)"
          }),
        Explanation.Section("schedule", "The schedule", scheduleWords),
      ])
  }

  private func moveWords(_ move: Move) -> String {
    "\(move.id) in wave \(move.wave): \(move.from) to \(move.to) by \(move.manner), \(timeWords(move)): "
      + move.reason
  }

  private func timeWords(_ move: Move) -> String {
    let rate = move.rateMiBPerSecond > 0 ? " at \(Units.rate(mibPerSecond: move.rateMiBPerSecond))" : ""
    return Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds) + rate
  }

  private func techniqueWords(_ move: Move) -> [String] {
    var words: [String] = []
    if let estimate = move.estimate {
      words.append(
        "\(move.id) by \(move.manner): \(Units.durationRange(lowSeconds: estimate.lowSeconds, highSeconds: estimate.highSeconds)), "
          + "pause \(estimate.pauseWords), \(estimate.bytesWords) sent"
      )
    }
    return words + move.rejected.map { "not \(move.name(of: $0)): \($0.because)" }
  }

  private func waitWords(_ move: Move) -> [String] {
    let own = move.after.compactMap { movesByID[$0] }.map { other in
      if other.vm == move.vm { return "\(move.id) waits for \(other.id), its own move before" }
      return rules.wait(of: move, for: other)
        ?? "\(move.id) waits for \(other.id): \(other.vm) must leave \(other.from) by \(Units.offset(seconds: other.sourceReleasedSeconds))"
    }
    if own.isEmpty, let gate = gateWords(move) { return [gate] }
    guard own.isEmpty, move.startSeconds > 0 else { return own }
    let busy = plan.moves.filter {
      $0.id != move.id && $0.endSeconds <= move.startSeconds && !Set($0.links).isDisjoint(with: move.links)
    }.max { ($0.endSeconds, $1.id) < ($1.endSeconds, $0.id) }
    return busy.map {
      [
        "\(move.id) starts at \(Units.offset(seconds: move.startSeconds)), when \($0.id) (\($0.vm)) leaves \(Set($0.links).intersection(move.links).sorted().joined(separator: ", ")) to it"
      ]
    } ?? []
  }

  /// The gate before a move's wave, where waves were asked for.
  private func gateWords(_ move: Move) -> String? {
    guard plan.options.waves != nil, move.wave > 1 else { return nil }
    let before = plan.moves.filter { $0.wave < move.wave }.map(\.endSeconds).max() ?? 0
    return
      "\(move.id) goes in wave \(move.wave), after the gate of the moves before, the last of which ends at "
      + Units.offset(seconds: before)
  }

  /// Moves whose room on the host a move takes.
  private func roomWords(_ move: Move) -> [String] {
    move.after.compactMap { movesByID[$0] }.filter { $0.from == move.to }.map { other in
      "\(move.id) (\(move.vm)) enters when \(other.id) (\(other.vm)) has left at "
        + Units.offset(seconds: other.sourceReleasedSeconds)
    }
  }

  private var scheduleWords: [String] {
    let schedule = plan.schedule
    guard schedule.makespanSeconds > 0 else { return [] }
    return [
      "the plan takes \(Units.duration(seconds: schedule.makespanSeconds)); no schedule of these moves takes less than \(Units.duration(seconds: schedule.lowerBoundSeconds)) (\(schedule.binding))"
    ]
  }
}
