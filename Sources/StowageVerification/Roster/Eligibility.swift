import StowageModel

/// Which hosts suit a VM by the columns of the two: allowed and forbidden hosts, networks, GPUs.
struct Eligibility: Sendable {
  private struct Needs: Sendable {
    let allowed: [Glob]
    let forbidden: [Glob]
    let networks: Set<String>
    let needsGPU: Bool
    let isEasy: Bool
  }

  /// What is wrong with a host for a VM.
  enum Objection: Hashable {
    case notAllowed
    case forbidden
    case networks([String])
    case gpus(Int)
  }

  private let roster: Roster
  private let needs: [Needs]
  private let networksOfHost: [Set<String>]

  init(_ roster: Roster) {
    self.roster = roster
    needs = roster.vms.map { vm in
      let needsGPU = vm.powerState == .on && (vm.gpuCount ?? 0) > 0
      return Needs(
        allowed: vm.allowedHosts.map(Glob.init), forbidden: vm.forbiddenHosts.map(Glob.init),
        networks: Set(vm.networks), needsGPU: needsGPU,
        isEasy: vm.allowedHosts.isEmpty && vm.forbiddenHosts.isEmpty && vm.networks.isEmpty && !needsGPU)
    }
    networksOfHost = roster.hosts.map { Set($0.networks) }
  }

  /// Whether every host suits.
  func isEasy(_ vm: Int) -> Bool { needs[vm].isEasy }

  func suits(_ host: Int, for vm: Int) -> Bool {
    needs[vm].isEasy || objections(to: host, for: vm).isEmpty
  }

  /// Networks count where both sides list theirs; GPUs need a host whose number is known.
  func objections(to host: Int, for vm: Int) -> [Objection] {
    let need = needs[vm]
    guard !need.isEasy else { return [] }
    let id = roster.hosts[host].id.rawValue
    var objections: [Objection] = []
    if !need.allowed.isEmpty, !need.allowed.contains(where: { $0.matches(id) }) {
      objections.append(.notAllowed)
    }
    if need.forbidden.contains(where: { $0.matches(id) }) { objections.append(.forbidden) }
    let missing = need.networks.subtracting(networksOfHost[host])
    if !networksOfHost[host].isEmpty, !missing.isEmpty { objections.append(.networks(missing.sorted())) }
    if need.needsGPU, roster.hosts[host].gpuCount == nil {
      objections.append(.gpus(roster.vms[vm].gpuCount ?? 0))
    }
    return objections
  }
}
