import StowageDiagnostics
import StowageModel

/// Makes rules of what vInfo says about DRS.
///
/// Each VM lists the kinds and the names of the rules that it is in, in two cells with the same
/// number of entries. For rules between VMs that is all there is to know, and they become rules
/// here. Rules between VMs and hosts are named without their hosts, and whether a rule is enabled
/// is not said at all; both are pointed out.
struct RVToolsRules {
  /// The rules, in the order of their ids.
  private(set) var rules: [Rule] = []
  /// Names of rules that could not be taken over.
  private(set) var notTaken: [String] = []

  /// The mentions of one row: kinds and names paired by position; all names without a kind when
  /// the numbers differ.
  static func mentions(kinds: String, names: String) -> [RVToolsRuleMention] {
    let kinds = entries(kinds)
    let names = entries(names)
    guard kinds.count == names.count else { return names.map { RVToolsRuleMention(kind: "", name: $0) } }
    return zip(kinds, names).map { RVToolsRuleMention(kind: $0, name: $1) }
  }

  /// Collects the rules of all machines. `ids` are the machines' ids in the inventory.
  init(_ machines: [RVToolsMachine], ids: [String]) {
    var members: [Key: [String]] = [:]
    for (machine, id) in zip(machines, ids) {
      for mention in machine.rules {
        members[Key(mention, machine), default: []].append(id)
      }
    }
    let names = Dictionary(grouping: members.keys, by: \.name)
    for key in members.keys.sorted() {
      guard let selected = members[key], let requirement = Self.requirement(key.kind, selected) else {
        notTaken.append(key.name)
        continue
      }
      let isUnique = names[key.name]?.count == 1
      rules.append(
        Rule(id: Rule.ID(isUnique ? key.name : "\(key.name) [\(key.cluster), \(key.kind)]"), requirement))
    }
    notTaken = Set(notTaken).sorted()
  }

  /// A rule is known by its name within its cluster.
  private struct Key: Hashable, Comparable {
    let name: String
    let kind: String
    let cluster: String

    init(_ mention: RVToolsRuleMention, _ machine: RVToolsMachine) {
      name = mention.name
      kind = mention.kind
      cluster = [machine.vCenter, machine.vm.site, machine.vm.cluster].compactMap { $0 }.joined(
        separator: "/")
    }

    static func < (left: Key, right: Key) -> Bool {
      (left.name, left.cluster, left.kind) < (right.name, right.cluster, right.kind)
    }
  }

  private static func requirement(_ kind: String, _ vms: [String]) -> Requirement? {
    let plain = RVToolsColumn.plain(kind)
    // `ClusterVmHostRuleInfo` and the like name hosts that the export does not list.
    guard plain.contains("affinity"), !plain.contains("host") else { return nil }
    let members = Selection(vms.sorted())
    // An id with a wildcard in it would select more than itself.
    guard members.globs.allSatisfy(\.isLiteral) else { return nil }
    return plain.contains("anti")
      ? .antiAffinity(AntiAffinity(vms: members)) : .affinity(Affinity(vms: members))
  }

  private static func entries(_ cell: String) -> [String] {
    cell.split(whereSeparator: { $0 == "," || $0 == ";" }).map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }
}
