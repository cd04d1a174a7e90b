import StowageModel

/// The copies of a plan by index, and what is wrong with its lists.
struct CopyBook {
  /// A copy whose names are known.
  struct Copy {
    let replica: RecoveryPlan.Replica
    let vm: Int
    let home: Int
    let host: Int
  }

  let plan: RecoveryPlan
  private(set) var copies: [Copy] = []
  private(set) var findings: [RecoveryFact] = []
  /// VMs that state an objective, by index.
  let asking: [Int]

  init(_ plan: RecoveryPlan, roster: Roster) {
    self.plan = plan
    asking = roster.vms.indices.filter {
      roster.vms[$0].rpoSeconds != nil || roster.vms[$0].rtoSeconds != nil
    }
    var named: Set<VM.ID> = []
    for replica in plan.replicas {
      if !named.insert(replica.vm).inserted {
        findings.append(.name(replica.vm.rawValue, what: "is named twice"))
      }
      guard let vm = roster.vmIndex[replica.vm], let home = roster.startHost[vm] else {
        findings.append(.name(replica.vm.rawValue, what: "is no VM with a host"))
        continue
      }
      guard let host = roster.hostIndex[replica.host] else {
        findings.append(.name(replica.host.rawValue, what: "is no host"))
        continue
      }
      copies.append(Copy(replica: replica, vm: vm, home: home, host: host))
    }
    for refusal in plan.refusals where !named.insert(refusal.vm).inserted {
      findings.append(.name(refusal.vm.rawValue, what: "is named twice"))
    }
    for vm in asking where !named.contains(roster.vms[vm].id) {
      findings.append(.forgotten(roster.vms[vm].id))
    }
  }
}
