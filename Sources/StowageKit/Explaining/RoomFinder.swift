import StowageDiagnostics
import StowageFleet
import StowageModel
import StowageReports

/// Why hosts would or would not take a VM where the plan ends.
struct RoomFinder {
  private let plan: Plan
  private let fleet: Fleet
  private let state: FleetState
  private let place: [Int]

  init?(plan: Plan, inventory: Inventory?) {
    guard let inventory else { return nil }
    self.plan = plan
    (fleet, _) = Planner.fleet(inventory, PlanRequest(goal: plan.goal, options: plan.options))
    let index = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    let (vms, start) = (fleet.vms, fleet.start)
    let ends = vms.indices.map { vm in plan.placement[vms[vm].id].flatMap { index[$0] } ?? start[vm] }
    place = ends
    state = FleetState(fleet, placement: ends)
  }

  func sections(of id: VM.ID) -> [Explanation.Section] {
    guard let vm = fleet.vms.firstIndex(where: { $0.id == id }) else { return [] }
    var sections: [Explanation.Section] = []
    if let because = immobility(of: vm) {
      sections.append(Explanation.Section("cannot_move", "It cannot move", [because]))
    }
    var without = state
    without.leave(vm, place[vm])
    var refusals: [String: [Host.ID]] = [:]
    var takers: [Host.ID] = []
    for host in fleet.hosts.indices where host != place[vm] {
      if let because = refusal(of: vm, on: host, without) {
        refusals[because, default: []].append(fleet.hosts[host].id)
      } else {
        takers.append(fleet.hosts[host].id)
      }
    }
    let counted = refusals.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    sections.append(
      Explanation.Section(
        "other_hosts_refuse", "Why not another host, where the plan ends",
        counted.map { "\($0.key): \(list($0.value))" }))
    sections.append(
      Explanation.Section(
        "other_hosts_take", "Hosts that would take it as well", takers.isEmpty ? [] : [list(takers)]))
    return sections
  }

  /// What keeps a VM off a host where the plan ends, as a sentence without capital and full stop; `nil` when nothing at
  /// rest does.
  func refusal(of id: VM.ID, on host: Host.ID) -> String? {
    guard let vm = fleet.vms.firstIndex(where: { $0.id == id }) else { return "it has no host" }
    guard let target = fleet.hosts.firstIndex(where: { $0.id == host }) else {
      return "the host is not in the inventory"
    }
    if let because = immobility(of: vm) { return because }
    var without = state
    without.leave(vm, place[vm])
    return refusal(of: vm, on: target, without)
  }

  /// Why a VM does not move; `nil` when it may.
  private func immobility(of vm: Int) -> String? {
    guard let pin = fleet.pins[vm] else { return nil }
    let words = NoPlanWords(
      request: PlanRequest(goal: plan.goal, options: plan.options),
      inventory: Inventory(hosts: fleet.hosts, vms: fleet.vms), fleet: fleet)
    return words.because(pin)
  }

  private func refusal(of vm: Int, on host: Int, _ without: FleetState) -> String? {
    if !fleet.targets.contains(host) {
      return fleet.drained.contains(host) ? "drained" : "not usable as a target"
    }
    if !fleet.allows(vm, on: host) {
      let rule = fleet.bindings.first { $0.members.contains(vm) && $0.forbids(host) }
      return rule.map { "rule \(Diagnostic.quoted($0.rule.rawValue)) bars it" }
        ?? "its own columns or its cluster bar it"
    }
    let demand = fleet.demand[vm]
    let after = without.load[host] + demand
    for resource in Resource.allCases
    where demand[resource] > 0 && after[resource] > fleet.limits[host][resource] {
      return "too little \(resource.rawValue)"
    }
    if let hourly = fleet.hourly, let column = without.columnWithoutRoom(for: vm, on: host) {
      let hour = WeekProfile.name(ofHour: hourly.hour(of: column))
      return "too little \(hourly.resource(of: column).rawValue) on \(hour)"
    }
    if !without.hasRoomAtRest(for: vm, on: host) { return "another VM of an anti-affinity rule is there" }
    return companions(of: vm, on: host)
  }

  /// The affinity whose other members end apart from a host.
  private func companions(of vm: Int, on host: Int) -> String? {
    let parted = fleet.affinities.first { group in
      let domains = fleet.domains(group.scope).domainOfHost
      return group.isHard && group.members.contains(vm)
        && group.members.contains { $0 != vm && domains[place[$0]] != domains[host] }
    }
    return parted.map { "rule \(Diagnostic.quoted($0.rule.rawValue)) keeps it with others" }
  }

  private func list(_ hosts: [Host.ID]) -> String {
    let shown = hosts.prefix(8).map(\.rawValue).joined(separator: ", ")
    return hosts.count > 8 ? "\(shown) and \(hosts.count - 8) more" : shown
  }
}
