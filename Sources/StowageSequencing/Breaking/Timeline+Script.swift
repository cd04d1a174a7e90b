import StowageFleet
import StowageModel

extension Timeline {
  /// VMs that a search may put aside although they do not move otherwise: the smallest few on hosts
  /// where others wait to enter.
  private static let mostBystanders = 4
  /// Hosts over which a search looks, at most.
  static let mostHosts = 24

  /// When nothing is under way and nothing can start: looks for steps of the stuck VMs, and of a few
  /// that could make room for them, that lead to the end.
  ///
  /// - Returns: whether steps were found and begun.
  mutating func searchWayOut() -> Bool {
    let stuck = waiting.legs.filter(waves.isOpen)
    guard !stuck.isEmpty, stuck.count <= StateSearch.mostVMs, scripts < 8,
      !stuck.contains(where: blocks.isBooked),
      !stuck.contains(where: { problem.convoys.vms.contains(legs[$0].vm) })
    else { return false }
    scripts += 1
    let members = stuck.map { legs[$0].vm }
    // A wave moves its own VMs and no others.
    let room = waves.isActive ? 0 : StateSearch.mostVMs - members.count
    let bystanders = bystanders(for: stuck).prefix(room)
    let vms = members + bystanders
    var search = StateSearch(
      problem.book, vms: vms, from: vms.map { location[$0] },
      to: stuck.map { legs[$0].to } + bystanders.map { location[$0] },
      over: hosts(around: stuck), charges: charges)
    guard case .steps(let steps) = search.run() else { return false }
    for leg in stuck { drop(leg) }
    follow(steps, goals: Dictionary(uniqueKeysWithValues: stuck.map { (legs[$0].vm, legs[$0].to) }))
    return true
  }

  /// Adds legs for steps, each of which starts no earlier than the one before.
  mutating func follow(_ steps: [FailoverWatch.Step], goals: [Int: Int]) {
    var lastOfVM: [Int: Int] = [:]
    var before: Int?
    for step in steps {
      guard var leg = problem.book.leg(step.vm, from: step.from, to: step.to) else { continue }
      leg.previous = lastOfVM[step.vm]
      leg.detour = detour(step, goal: goals[step.vm], isFirst: leg.previous == nil)
      let index = add(leg, urgency: .infinity, isWaiting: before == nil)
      isScripted.insert(index)
      if let previous = leg.previous { successor[previous] = index }
      if let before { nextInScript[before] = index }
      lastOfVM[step.vm] = index
      before = index
    }
  }

  private func detour(_ step: FailoverWatch.Step, goal: Int?, isFirst: Bool) -> Leg.Detour? {
    if step.to == goal { return isFirst ? nil : .onward }
    if goal == nil, !isFirst { return .back }
    let target = fleet.hosts[step.to].id
    return .parking(
      because: goal == nil
        ? "put aside on \(target) to make room for others"
        : "parked on \(target) because no direct order exists")
  }

  /// VMs that stay where they are on hosts that stuck legs wait for, the smallest first.
  private func bystanders(for stuck: [Int]) -> [Int] {
    let awaited = Set(stuck.map { legs[$0].to })
    let members = Set(stuck.map { legs[$0].vm })
    return fleet.vms.indices.filter {
      awaited.contains(location[$0]) && !members.contains($0) && fleet.pins[$0] == nil
        && !problem.convoys.vms.contains($0) && fleet.mayMove($0, to: location[$0])
    }.sorted { (fleet.demand[$0][.memory], $0) < (fleet.demand[$1][.memory], $1) }
      .prefix(Self.mostBystanders).map { $0 }
  }

  /// The hosts of the stuck legs, and the roomiest others.
  private func hosts(around stuck: [Int]) -> [Int] {
    let own = Set(stuck.flatMap { [legs[$0].from, legs[$0].to] })
    let others = fleet.targets.members.filter { !own.contains($0) }.sorted {
      (charges.load[$0][.memory] - fleet.limits[$0][.memory], $0)
        < (charges.load[$1][.memory] - fleet.limits[$1][.memory], $1)
    }
    return own.sorted() + others.prefix(max(0, Self.mostHosts - own.count))
  }
}
