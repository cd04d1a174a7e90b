import StowageCosts
import StowageFleet
import StowageModel
import StowageReports

/// What is taken for granted of copies that VMs keep at other sites while a plan is carried out.
struct CopyAssumptions {
  let sentences: [String]

  init(_ inventory: Inventory, _ protections: [Protection]) {
    guard !protections.isEmpty else {
      sentences = []
      return
    }
    let kept = Set(protections.map(\.vm))
    let mib = inventory.vms.reduce(0) { sum, vm in
      kept.contains(vm.id) ? sum + ReplicationStream(vm).diskMiB : sum
    }
    let staying = protections.filter { $0.before == $0.after }
    let first =
      "\(Units.count(protections.count, "VM")) with rpo_s \(protections.count == 1 ? "has its copy" : "have their copies") at the"
      + " other end of their moves when the plan starts: \(Units.gibibytes(fromMiB: mib)) of first copies are made before"
    let rest =
      "room for the restart of \(Units.count(staying.count, "VM")) with rpo_s that \(staying.count == 1 ? "moves" : "move") to no other"
      + " site is not part of this plan (stowage protect)"
    sentences = staying.isEmpty ? [first] : [first, rest]
  }
}
