import StowageFleet
import StowageModel
import StowageReports
import StowageSequencing

// Disks for which datastores are too small.
extension NoPlanWords {
  /// Whatever the placement, disks do not fit.
  func noSpace(_ shortage: SpaceShortage) -> NoPlan {
    var noPlan = page(.infeasible(proof: "what disks ask of datastores, against what is free there"))
    let names = list(shortage.stores.map(\.id))
    noPlan.conflict =
      [
        "disks of \(Units.count(shortage.vms.count, "VM")) take \(gib(shortage.gib)) and can go to \(names) only: "
          + list(shortage.vms.map { fleet.vms[$0].id.rawValue })
      ]
      + shortage.stores.map { store in
        "\(quoted(store.id)) has \(gib(max(0, store.capacityGiB - store.usedGiB))) free of \(gib(store.capacityGiB))"
      }
    noPlan.remedies = [
      "free or add \(gib(shortage.gib - shortage.freeGiB)) there"
        + (request.goal == .colocate ? ", or take fewer VMs along (--vms)" : ", or let fewer VMs leave")
    ]
    return noPlan
  }

  /// The disks of a placement that was found do not fit, however they were tried.
  func noSpace(_ shortage: DiskSpace.Shortage) -> NoPlan {
    var noPlan = page(.undecided(limit: "the disks of the moves that were found have no room on datastores"))
    let (vm, host) = (fleet.vms[shortage.vm].id.rawValue, fleet.hosts[shortage.host].id.rawValue)
    noPlan.progress =
      [
        "the disks of \(quoted(vm)) take \(gib(shortage.gib)), and no datastore of \(quoted(host)) has room for them"
          + " beside what it holds by then"
      ]
      + shortage.stores.map { store in
        "\(quoted(store.id)) holds up to \(gib(store.usedGiB)) of \(gib(store.capacityGiB)) then"
      }
    let free = shortage.stores.reduce(0) { $0 + max(0, $1.capacityGiB - $1.usedGiB) }
    let lack =
      free < shortage.gib
      ? "free or add \(gib(shortage.gib - free)) on the datastores of \(quoted(host))"
      : "make one datastore of \(quoted(host)) \(gib(shortage.gib)) free in one piece"
    noPlan.remedies = [
      "\(lack) (\(gib(shortage.wantedGiB)) of disks go to them in all)"
        + (request.options.keepSourceDays == nil ? "" : ", keep sources for fewer days (--keep-source-days)")
        + (request.goal == .colocate ? ", or take fewer VMs along (--vms)" : "")
    ]
    return noPlan
  }

  private func gib(_ amount: Double) -> String { Units.gibibytes(fromMiB: amount * 1024) }
}
