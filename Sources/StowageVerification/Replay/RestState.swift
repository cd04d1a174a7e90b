import StowageModel

/// Who is where while nothing moves.
struct RestState: Sendable {
  let roster: Roster
  /// The host of each VM; `nil` for one that has none.
  let hostOf: [Int?]
  /// Hosts that run: failovers count on no others. A host that holds VMs runs, whatever its state is
  /// said to be.
  let isOn: [Bool]

  /// The fleet before anything moves.
  static func start(_ roster: Roster) -> RestState {
    RestState(roster: roster, hostOf: roster.startHost, isOn: runningHosts(roster))
  }

  private static func runningHosts(_ roster: Roster) -> [Bool] {
    zip(roster.hosts, roster.startResidents).map { $0.state == .online || !$1.isEmpty }
  }

  /// The fleet after the last move.
  static func end(_ replay: Replay, poweredOff: [Host.ID]) -> RestState {
    let roster = replay.roster
    var isOn = runningHosts(roster)
    for host in poweredOff.compactMap({ roster.hostIndex[$0] }) { isOn[host] = false }
    return RestState(roster: roster, hostOf: replay.endHost, isOn: isOn)
  }

  /// The VMs on each host, ascending.
  var residents: [[Int]] {
    var residents = [[Int]](repeating: [], count: roster.hosts.count)
    for (vm, host) in hostOf.enumerated() { if let host { residents[host].append(vm) } }
    return residents
  }

  /// The load of each host, by the hour where that is counted.
  var hourlyLoad: [HourlyAmounts] {
    var load = [HourlyAmounts](repeating: .nothing(roster), count: roster.hosts.count)
    for (vm, host) in hostOf.enumerated() { if let host { load[host] += roster.taken(by: vm) } }
    return load
  }

  /// The load of each host.
  var load: [Amounts] {
    var load = [Amounts](repeating: .zero, count: roster.hosts.count)
    for (vm, host) in hostOf.enumerated() { if let host { load[host] += roster.demand[vm] } }
    return load
  }
}
