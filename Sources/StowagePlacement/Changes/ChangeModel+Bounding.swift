import StowageFleet
import StowageModel

/// What every plan keeps, VM by VM, whatever else it does: the hosts' rooms, who cannot move and who
/// cannot remain, and who may not remain together. Bounds on moves are counted from it.
struct MoveRooms {
  let fleet: Fleet
  /// Whether hosts must end within their limits, or only no worse than they start.
  let mendsOverloads: Bool
  let leaves: [Bool]
  /// What each host may hold at the end.
  let limits: [Amounts]

  init(_ fleet: Fleet, mendsOverloads: Bool) {
    self.init(
      fleet, mendsOverloads: mendsOverloads, limits: mendsOverloads ? fleet.repairedLimits : fleet.ceilings)
  }

  /// The rooms of plans after which no usable host is fuller than a level.
  init(_ levels: UtilisationLevels, at millionths: Int) {
    self.init(levels.fleet, mendsOverloads: false, limits: levels.limits(at: millionths))
  }

  private init(_ fleet: Fleet, mendsOverloads: Bool, limits: [Amounts]) {
    self.fleet = fleet
    self.mendsOverloads = mendsOverloads
    self.limits = limits
    leaves = MustMoveBound.leaves(fleet)
  }

  /// VMs that move or may move.
  var movable: [Int] { fleet.vms.indices.filter { fleet.pins[$0] == nil } }
}

extension ChangeModel {
  /// The model of a fleet for bounds: single VMs with their sizes rounded down, no rules but those of
  /// ``MoveRooms``.
  init(_ rooms: MoveRooms, classLimit: Int, resources: Dimensions = .two) {
    let fleet = rooms.fleet
    let open = fleet.hosts.indices.filter { !fleet.drained.contains($0) }
    let limits = rooms.limits
    let binding = BindingResources(
      limits: open.filter { fleet.targets.contains($0) }.map { limits[$0] },
      load: fleet.demand.reduce(.zero, +))
    let units = rooms.movable.map {
      SizeClusters.Unit(block: $0, demand: fleet.demand[$0].only(binding.told(apart: resources)), kind: [])
    }
    let clusters = SizeClusters(units, limit: classLimit, rounding: .down)
    let sizes = clusters.clusters.map(\.demand)
    var sizeOfVM = [Int](repeating: -1, count: fleet.vms.count)
    for (index, cluster) in clusters.clusters.enumerated() {
      for vm in cluster.blocks { sizeOfVM[vm] = index }
    }
    let grid = binding.grid(resources, demands: sizes)
    self.init(
      rooms, sizes: sizes, sizeOfVM: sizeOfVM, grid: grid, isExact: grid.isExact && !clusters.isRounded)
  }

  /// The model with given sizes; `sizeOfVM` names the size of each movable VM, which asks no less.
  init(_ rooms: MoveRooms, sizes: [Amounts], sizeOfVM: [Int], grid: RoomGrid, isExact: Bool) {
    let fleet = rooms.fleet
    var groupsOfVM = [[Int]](repeating: [], count: fleet.vms.count)
    for (index, group) in fleet.antiAffinities.enumerated() where group.isHard && group.scope == .host {
      for vm in group.members { groupsOfVM[vm].append(index) }
    }
    var members = [[Int]](repeating: [], count: sizes.count)
    for vm in fleet.vms.indices where sizeOfVM[vm] >= 0 { members[sizeOfVM[vm]].append(vm) }
    classes = sizes.indices.map { index in
      SizeClass(
        demand: sizes[index], cost: 1, set: 0, blocks: members[index],
        homeless: members[index].filter { rooms.leaves[$0] })
    }
    sets = [fleet.targets]
    rounding = .down
    self.grid = grid
    self.isExact = isExact
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() where !rooms.leaves[vm] { residents[host].append(vm) }
    let limits = rooms.limits
    hosts = fleet.hosts.indices.filter { !fleet.drained.contains($0) }.map { host in
      let load = residents[host].reduce(Amounts.zero) { $0 + fleet.demand[$1] }
      let free = limits[host] - load
      let fixed = residents[host].filter { sizeOfVM[$0] < 0 }
      let groups = residents[host].flatMap { groupsOfVM[$0] }
      return HostRoom(
        host: host, free: free,
        residents: residents[host].filter { sizeOfVM[$0] >= 0 }.map {
          Resident(block: $0, sizeClass: sizeOfVM[$0], demand: fleet.demand[$0], groups: groupsOfVM[$0])
        },
        fixedGroups: fixed.flatMap { groupsOfVM[$0] }, takesIn: fleet.targets.contains(host),
        mustChange: Resource.allCases.contains { free[$0] < 0 } || Set(groups).count < groups.count,
        discounts: [])
    }
  }
}

extension Amounts {
  /// The amounts of some resources, nothing of the others.
  func only(_ resources: [Resource]) -> Amounts {
    var result = Amounts.zero
    for resource in resources { result[resource] = self[resource] }
    return result
  }
}
