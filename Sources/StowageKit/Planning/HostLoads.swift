import StowageFleet
public import StowageModel
public import StowageReports

extension HostLoad {
  /// Load and capacity of every host of an inventory, at the start and under another placement.
  ///
  /// - Parameters:
  ///   - inventory: the fleet.
  ///   - options: how demand is counted.
  ///   - placement: where the VMs are at the end; the start's hosts when `nil`.
  /// - Returns: one entry a host, in ascending order of ids.
  public static func all(
    of inventory: Inventory, options: PlanOptions, placement: [VM.ID: Host.ID]? = nil
  ) -> [HostLoad] {
    let fleet = Fleet(inventory, options: options)
    let positions = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    let end = fleet.vms.indices.map { vm in
      placement?[fleet.vms[vm].id].flatMap { positions[$0] } ?? fleet.start[vm]
    }
    let (before, after) = (FleetState(fleet), FleetState(fleet, placement: end))
    return fleet.hosts.indices.map { host in
      HostLoad(
        host: fleet.hosts[host].id, capacity: fleet.capacity[host], start: before.peakLoad(of: host),
        end: after.peakLoad(of: host))
    }
  }
}
