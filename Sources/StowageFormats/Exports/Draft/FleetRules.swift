import StowageDiagnostics
import StowageModel

/// Turns the rules of a draft into rules between final ids.
struct FleetRules {
  private let drafts: [DraftRule]
  private let idByKey: [String: String]
  private let hostNames: HostNames
  private let hostIDs: [Host.ID]
  private let known: Set<Host.ID>
  private let labels: [[String: String]]

  /// Takes in a draft whose VMs have these ids; `hosts` are those that the inventory keeps.
  init(_ draft: FleetDraft, vmIDs: [String], hosts: Set<Host.ID>) {
    drafts = draft.rules
    idByKey = Dictionary(zip(draft.vms.map(\.key), vmIDs), uniquingKeysWith: { first, _ in first })
    hostNames = HostNames(draft.hosts)
    hostIDs = draft.hosts.map(\.host.id)
    labels = draft.hosts.filter { hosts.contains($0.host.id) }.map(\.host.labels)
    known = hosts
  }

  /// The rules that can be held; the others are counted in the draft.
  func rules(_ draft: inout FleetDraft) -> [Rule] {
    let names = FleetIdentity.ids(drafts.map { ($0.name, $0.name) })
    var rules: [Rule] = []
    for (draftRule, name) in zip(drafts, names) {
      let members = Set(draftRule.members.compactMap { idByKey[$0] }).sorted()
      guard let requirement = requirement(draftRule.kind, Selection(members)) else {
        draft.skip("rule without enough known VMs and hosts")
        continue
      }
      rules.append(
        Rule(id: Rule.ID(name), requirement, isHard: draftRule.isHard, weight: draftRule.weight))
    }
    return rules.sorted { $0.id < $1.id }
  }

  private func requirement(_ kind: DraftRule.Kind, _ vms: Selection) -> Requirement? {
    // An id with a wildcard in it would select more than itself.
    guard !vms.globs.isEmpty, vms.globs.allSatisfy(\.isLiteral) else { return nil }
    switch kind {
    case .together: return vms.globs.count > 1 ? .affinity(Affinity(vms: vms)) : nil
    case .apart(let scope):
      return vms.globs.count > 1 ? .antiAffinity(AntiAffinity(vms: vms, scope: scope)) : nil
    case .stay: return .stay(Stay(vms: vms))
    case .onlyOn(let names):
      let hosts = Set(names.compactMap { hostNames.find($0).map { hostIDs[$0] } }).intersection(known)
        .sorted()
      let selection = Selection(hosts.map(\.rawValue))
      guard !hosts.isEmpty, selection.globs.allSatisfy(\.isLiteral) else { return nil }
      return .onlyOn(OnlyOn(vms: vms, hosts: selection))
    case .onlyOnLabels(let wanted):
      guard labels.contains(where: { own in wanted.allSatisfy { own[$0.key] == $0.value } }) else {
        return nil
      }
      return .onlyOn(OnlyOn(vms: vms, hosts: Selection(labels: wanted)))
    }
  }
}
