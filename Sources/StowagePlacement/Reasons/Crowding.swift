import StowageFleet
import StowageModel

/// Groups that are broken at the start, for the reasons of the moves that mend them.
struct Crowding {
  private var reasons: [Int: String] = [:]

  init(_ fleet: Fleet) {
    for group in fleet.antiAffinities where group.isHard {
      let domains = fleet.domains(group.scope).domainOfHost
      var membersOfDomain: [Int: [Int]] = [:]
      for member in group.members {
        membersOfDomain[domains[fleet.start[member]], default: []].append(member)
      }
      for members in membersOfDomain.values where members.count > 1 {
        for member in members where reasons[member] == nil {
          guard let other = members.first(where: { $0 != member }) else { continue }
          reasons[member] = "apart from \(fleet.vms[other].id) (rule \(group.rule))"
        }
      }
    }
    for group in fleet.affinities where group.isHard {
      let domains = fleet.domains(group.scope).domainOfHost
      guard Set(group.members.map { domains[fleet.start[$0]] }).count > 1 else { continue }
      for member in group.members where reasons[member] == nil {
        guard let other = group.members.first(where: { $0 != member }) else { continue }
        reasons[member] = "together with \(fleet.vms[other].id) (rule \(group.rule))"
      }
    }
  }

  /// The rule that a VM moves for; `nil` when there is none.
  func reason(for vm: Int) -> String? { reasons[vm] }
}
