import StowageModel

/// How a VM may be moved by all rules of the kind `technique` that name it.
///
/// Besides the check of each rule, this goes into the roster's rows, so that whether a VM can move at
/// all, and how its pause is set, follows from the rules as well.
struct TechniqueBounds {
  private let limits: [(limit: TechniqueLimit, members: Set<Int>)]

  init(_ rules: [Rule], vms: [VM]) {
    let members = Members(vms: vms)
    limits = rules.compactMap { rule in
      guard case .technique(let limit) = rule.requirement else { return nil }
      return (limit, Set(members.of(limit.vms)))
    }
  }

  /// The rows with the narrowest of their own limits and the rules'.
  func narrowed(_ vms: [VM]) -> [VM] {
    guard !limits.isEmpty else { return vms }
    var vms = vms
    for (limit, members) in limits {
      for index in members { narrow(&vms[index], limit) }
    }
    return vms
  }

  private func narrow(_ vm: inout VM, _ limit: TechniqueLimit) {
    let own = vm.allowedTechniques ?? Set(Technique.allCases)
    let left = own.subtracting(limit.denied).intersection(limit.allowed ?? own)
    if left.count < Technique.allCases.count { vm.allowedTechniques = left }
    if let most = limit.maxDowntimeMilliseconds, most < vm.maxDowntimeMilliseconds ?? .infinity {
      vm.maxDowntimeMilliseconds = most
    }
  }
}
