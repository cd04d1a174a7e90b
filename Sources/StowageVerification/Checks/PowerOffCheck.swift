import StowageModel

/// Whether the hosts to power off may be: on at the start and empty at the end.
///
/// A plan to consolidate or to move to another site lists every host that its moves empty; whether
/// it also powers off hosts that were idle from the start is its own choice (they may be spares), and
/// what a hard `keep_on` keeps stays on.
/// A plan to evacuate may list what it empties. Plans to balance, to repair or to return power nothing off.
struct PowerOffCheck {
  let replay: Replay
  /// Hosts that stay on although they are emptied.
  let keptOn: Set<Int>

  func run(_ plan: Plan) -> [Finding] {
    let counts = residents()
    var findings: [Finding] = []
    var listed: Set<Host.ID> = []
    for id in plan.poweredOffHosts {
      guard let host = replay.roster.hostIndex[id] else {
        let fact = DocumentFact.unknownHost(id, place: "the list of hosts to power off")
        findings.append(Finding(.host(id), .document(fact)))
        continue
      }
      let isFirst = listed.insert(id).inserted
      let faults = faults(host, holding: counts[host], goal: plan.goal) + (isFirst ? [] : [.listedTwice])
      findings += faults.map { Finding(.host(id), .document(.powerOff(id, $0))) }
    }
    return findings + missing(plan.goal, listed: listed, counts: counts)
  }

  private func residents() -> [Int] {
    var counts = [Int](repeating: 0, count: replay.roster.hosts.count)
    for host in replay.endHost { if let host { counts[host] += 1 } }
    return counts
  }

  private func faults(_ host: Int, holding count: Int, goal: Goal) -> [DocumentFact.PowerOffFault] {
    var faults: [DocumentFact.PowerOffFault] = []
    if count > 0 { faults.append(.holdsVMs(count)) }
    if replay.roster.hosts[host].state != .online { faults.append(.wasNotOn) }
    if [.balance, .repair, .restore].contains(goal) { faults.append(.goal(goal)) }
    return faults
  }

  private func missing(_ goal: Goal, listed: Set<Host.ID>, counts: [Int]) -> [Finding] {
    guard goal == .consolidate || goal == .colocate else { return [] }
    return replay.roster.hosts.enumerated().compactMap { index, host in
      guard !keptOn.contains(index) else { return nil }
      let isEmptied = !replay.roster.startResidents[index].isEmpty && counts[index] == 0
      guard isEmptied, host.state == .online, !listed.contains(host.id) else { return nil }
      return Finding(.host(host.id), .document(.powerOff(host.id, .missing)))
    }
  }
}
