import StowageCosts
import StowageModel
import StowageReports

extension ReportInput {
  /// The moves that copy disks along with the VM, by what hosts reach them.
  static func diskCopies(_ plan: Plan, in inventory: Inventory) -> Set<Move.ID> {
    let hosts = Dictionary(inventory.hosts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let vms = Dictionary(inventory.vms.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return Set(
      plan.moves.filter { move in
        guard let vm = vms[move.vm], let from = hosts[move.from], let to = hosts[move.to] else {
          return false
        }
        return Feasibility.storageCopy(vm, from: from, to: to) == .full
      }.map(\.id))
  }
}
