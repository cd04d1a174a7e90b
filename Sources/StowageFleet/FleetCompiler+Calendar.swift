import StowageModel

// Rules about hours, dates and deadlines.
extension FleetCompiler {
  private struct Limit {
    let rule: Rule.ID
    let members: [Int]
    let open: OpenTimes
    let due: Int?
  }

  var calendar: MoveCalendar {
    let limits = inventory.rules.compactMap(limit)
    guard !limits.isEmpty else { return MoveCalendar(entries: [], entryOfVM: []) }
    var limitsOfVM = [[Int]](repeating: [], count: vms.count)
    for (index, limit) in limits.enumerated() {
      for vm in limit.members { limitsOfVM[vm].append(index) }
    }
    var entries: [MoveCalendar.Entry] = []
    var entryOfLimits: [[Int]: Int] = [:]
    let entryOfVM = limitsOfVM.map { own -> Int? in
      guard !own.isEmpty else { return nil }
      if let known = entryOfLimits[own] { return known }
      entryOfLimits[own] = entries.count
      entries.append(entry(own.map { limits[$0] }))
      return entries.count - 1
    }
    return MoveCalendar(entries: entries, entryOfVM: entryOfVM)
  }

  private func entry(_ limits: [Limit]) -> MoveCalendar.Entry {
    MoveCalendar.Entry(
      open: limits.reduce(.always) { $0.intersection($1.open) }, due: limits.compactMap(\.due).min(),
      rules: limits.map(\.rule), waves: options.waves)
  }

  /// A rule that needs to know when the plan starts, which the request does not say, lets nothing move: it
  /// is refused before anything is planned.
  private func limit(_ rule: Rule) -> Limit? {
    let never = OpenTimes(joining: [])
    switch rule.requirement {
    case .window(let window):
      let open = options.start.map { OpenTimes(window.hours, from: $0) }
      return Limit(rule: rule.id, members: vmIndex.members(of: window.vms), open: open ?? never, due: nil)
    case .blackout(let blackout):
      let open = options.start.map { OpenTimes(blackout.hours, from: $0).complement }
      return Limit(rule: rule.id, members: vmIndex.members(of: blackout.vms), open: open ?? never, due: nil)
    case .deadline(let deadline):
      return Limit(
        rule: rule.id, members: vmIndex.members(of: deadline.vms), open: .always, due: due(deadline.due))
    default:
      return nil
    }
  }

  private func due(_ due: Deadline.Due) -> Int {
    switch due {
    case .within(let seconds): Int((seconds * 1000).rounded(.down))
    case .by(let instant):
      (options.start.map { max(-1, instant.secondsSince1970 - $0.secondsSince1970) } ?? -1) * 1000
    }
  }
}
