import StowageModel

/// Whether `placement` lists exactly the VMs that have a host in the inventory, and `unplaced`
/// exactly the others.
struct PlacementListCheck {
  let roster: Roster

  func run(_ plan: Plan) -> [Finding] {
    strangers(plan) + vms(plan) + unplacedTwice(plan)
  }

  private func strangers(_ plan: Plan) -> [Finding] {
    var findings: [Finding] = []
    for (vm, host) in plan.placement {
      if roster.vmIndex[vm] == nil { findings.append(finding(vm, .unknownVM(vm, place: "the placement"))) }
      if roster.hostIndex[host] == nil {
        let place = "the placement of VM \(Words.name(vm))"
        findings.append(Finding(.host(host), .document(.unknownHost(host, place: place))))
      }
    }
    for entry in plan.unplaced where roster.vmIndex[entry.vm] == nil {
      findings.append(finding(entry.vm, .unknownVM(entry.vm, place: "the list of unplaced VMs")))
    }
    return findings
  }

  private func vms(_ plan: Plan) -> [Finding] {
    let unplaced = Set(plan.unplaced.map(\.vm))
    var findings: [Finding] = []
    for (index, vm) in roster.vms.enumerated() {
      let target = plan.placement[vm.id]
      if roster.startHost[index] != nil {
        if target == nil { findings.append(finding(vm.id, .notPlaced(vm.id))) }
        if unplaced.contains(vm.id) { findings.append(finding(vm.id, .listedAsUnplaced(vm.id))) }
      } else {
        if let target { findings.append(finding(vm.id, .placedFromNowhere(vm.id, target))) }
        if !unplaced.contains(vm.id) { findings.append(finding(vm.id, .notListedAsUnplaced(vm.id))) }
      }
    }
    return findings
  }

  private func unplacedTwice(_ plan: Plan) -> [Finding] {
    var seen: Set<VM.ID> = []
    return plan.unplaced.map(\.vm).filter { !seen.insert($0).inserted }
      .map { finding($0, .unplacedTwice($0)) }
  }

  private func finding(_ vm: VM.ID, _ fact: DocumentFact) -> Finding {
    Finding(.vm(vm), .document(fact))
  }
}
