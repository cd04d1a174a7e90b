import StowageFleet
import StowageModel
import StowageReports

/// How many more VMs of typical sizes fit: as things stand, with any one host lost, and at most.
struct RoomStudy {
  /// vCPUs and GiB of the sizes besides the average, as large clouds cut them.
  private static let sizes: [(name: String, vCPUs: Double, memoryMiB: Double)] = [
    ("small", 2, 4096), ("medium", 4, 16_384), ("large", 8, 65_536),
  ]

  private let inventory: Inventory
  private let options: PlanOptions

  init(_ inventory: Inventory, options: PlanOptions) {
    self.inventory = FailureStudy.running(inventory)
    self.options = options
  }

  func rooms(average: (vCPUs: Double, memoryMiB: Double)) -> [Review.RoomForMore] {
    let fleet = Fleet(inventory, options: options)
    let count = RoomCount(fleet, FleetState(fleet))
    let covered = covered(fleet)
    return ([("average", average.vCPUs, average.memoryMiB)] + Self.sizes).map { name, vCPUs, memoryMiB in
      let size = (vCPUs: vCPUs, memoryMiB: memoryMiB)
      let now = count.count(size)
      return Review.RoomForMore(
        size: name, vCPUs: vCPUs, memoryMiB: memoryMiB, asThingsStand: now,
        withOneHostLost: withOneHostLost(size, atMost: now, covered), atMost: count.bound(size))
    }
  }

  /// The most, found by halving, that fit and leave every loss survivable that is so today: each number is
  /// tried by placing the new VMs evenly and then failing hosts.
  private func withOneHostLost(
    _ size: (vCPUs: Double, memoryMiB: Double), atMost: Int, _ covered: [Int]
  ) -> Int {
    guard atMost > 0, !covered.isEmpty else { return 0 }
    var low = 0
    var high = atMost
    while high - low > low / 50 {
      let middle = low + (high - low + 1) / 2
      if survives(adding: middle, size, Array(covered.prefix(3))) { low = middle } else { high = middle - 1 }
    }
    // The fullest hosts decided so far; the figure that is shown holds for every host.
    for _ in 0..<6 where low > 0 {
      if survives(adding: low, size, covered) { return low }
      low = low * 9 / 10
    }
    return 0
  }

  /// Hosts whose loss is survived as things are, fullest first.
  private func covered(_ fleet: Fleet) -> [Int] {
    let start = FleetState(fleet)
    let order = fleet.hosts.indices.filter { start.residents[$0] > 0 && fleet.hosts[$0].state == .online }
      .sorted {
        let (left, right) = (start.load[$0][.memory], start.load[$1][.memory])
        return left != right ? left > right : $0 < $1
      }
    return survivors(fleet, order)
  }

  /// Those of the hosts whose VMs find room elsewhere in their cluster.
  private func survivors(_ fleet: Fleet, _ hosts: [Int]) -> [Int] {
    let refit = Refit(fleet, staysWithinClusters: true)
    let start = FleetState(fleet)
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() { residents[host].append(vm) }
    return hosts.filter { refit.place(residents[$0], barring: [$0], in: start).homeless.isEmpty }
  }

  private func survives(adding count: Int, _ size: (vCPUs: Double, memoryMiB: Double), _ hosts: [Int]) -> Bool
  {
    guard let grown = grown(count, size) else { return false }
    return survivors(Fleet(grown, options: options), hosts).count == hosts.count
  }

  /// The inventory with new VMs where most is free; `nil` when they do not fit.
  private func grown(_ count: Int, _ size: (vCPUs: Double, memoryMiB: Double)) -> Inventory? {
    guard count > 0 else { return inventory }
    let fleet = Fleet(inventory, options: options)
    let rooms = RoomCount(fleet, FleetState(fleet))
    let free = rooms.hosts.map { (host: $0, room: rooms.count(size, on: $0)) }
    guard free.reduce(0, { $0 + $1.room }) >= count else { return nil }
    // Every host takes its share of what is added, in parts of its room.
    let whole = free.reduce(0) { $0 + $1.room }
    var shares = free.map { $0.room * count / whole }
    var rest = count - shares.reduce(0, +)
    for index in free.indices where rest > 0 && shares[index] < free[index].room {
      shares[index] += 1
      rest -= 1
    }
    var changed = inventory
    var number = 0
    for (index, own) in free.enumerated() {
      for _ in 0..<shares[index] {
        number += 1
        changed.vms.append(
          VM(
            id: VM.ID("\u{0}new-\(number)"), vCPUs: size.vCPUs, memoryMiB: size.memoryMiB,
            host: fleet.hosts[own.host].id))
      }
    }
    changed.vms.sort { $0.id < $1.id }
    return changed
  }
}
