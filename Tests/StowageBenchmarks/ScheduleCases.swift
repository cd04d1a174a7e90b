import StowageKit

/// Foundation has a `Host` too.
typealias ScheduleHost = StowageKit.Host

/// A fleet, and where its VMs are to go: to given hosts, or off drained ones.
struct ScheduleCase {
  /// What the moves are for.
  enum Aim {
    /// The host of every VM that moves is given.
    case placement([VM.ID: Host.ID])
    /// These hosts end empty; where their VMs go is planned.
    case drain([Host.ID])
  }

  var name: String
  var inventory: Inventory
  var aim: Aim
  var seed: UInt64 = 1
}

/// The generated cases of the `schedule` suite.
enum ScheduleCases {
  static let gib = 1024.0

  static func host(_ number: Int, memoryGiB: Double, cores: Double = 64, gbps: Double = 10) -> Host {
    var host = Host(id: Host.ID("h\(padded(number, 5))"), cores: cores, memoryMiB: memoryGiB * gib)
    host.migrationNetworkGbps = gbps
    host.cluster = "c"
    return host
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// A ring of full hosts, each of whose two VMs go to the next host; of two hosts, a swap.
  static func ring(_ length: Int, hasSpare: Bool) -> ScheduleCase {
    let hosts = (0..<(length + (hasSpare ? 1 : 0))).map { host($0, memoryGiB: 32) }
    var vms: [VM] = []
    var target: [VM.ID: Host.ID] = [:]
    for ring in 0..<length {
      for part in 0..<2 {
        let id = VM.ID("vm-\(padded(ring, 2))-\(part)")
        vms.append(VM(id: id, vCPUs: 2, memoryMiB: 16 * gib, host: hosts[ring].id))
        target[id] = hosts[(ring + 1) % length].id
      }
    }
    let name = length == 2 ? "swap" : "cycle-\(length)"
    return ScheduleCase(
      name: name + (hasSpare ? "-spare" : ""), inventory: Inventory(hosts: hosts, vms: vms),
      aim: .placement(target))
  }

  /// Hosts of 64 cores and 128 GiB, filled to a share of their memory with VMs of 8 to 36 GiB.
  static func packed(_ count: Int, load: Double, _ random: inout SplitMix) -> (hosts: [Host], vms: [VM]) {
    let hosts = (0..<count).map { host($0, memoryGiB: 128) }
    var vms: [VM] = []
    for host in hosts {
      var (memory, cpu) = (0.0, 0.0)
      var misses = 0
      while misses < 8 {
        let gibibytes = Double(8 + 4 * random.below(8))
        let cores = max(1, (gibibytes / 4 * (1 + random.unit())).rounded())
        guard memory + gibibytes <= 128 * load + 2, cpu + cores <= 64 * load + 1 else {
          misses += 1
          continue
        }
        let id = VM.ID("vm-\(padded(vms.count, 6))")
        vms.append(VM(id: id, vCPUs: cores, memoryMiB: gibibytes * gib, host: host.id))
        memory += gibibytes
        cpu += cores
      }
    }
    return (hosts, vms)
  }

  /// Five of a hundred hosts at 85 % load are emptied.
  static func drain(seed: UInt64) -> ScheduleCase {
    var random = SplitMix(state: seed)
    let (hosts, vms) = packed(100, load: 0.85, &random)
    let drained = (0..<5).map { hosts[$0 * 20 + random.below(20)].id }
    return ScheduleCase(
      name: "drain-\(seed)", inventory: Inventory(hosts: hosts, vms: vms), aim: .drain(drained), seed: seed)
  }

  /// A fleet of 12 to 60 hosts packed to 85 to 95 %, of which one to three are emptied.
  static func tight(seed: UInt64) -> ScheduleCase {
    var random = SplitMix(state: 1000 + seed)
    let load = 0.85 + 0.1 * random.unit()
    let (hosts, vms) = packed(12 + random.below(49), load: load, &random)
    let drained = (0..<(1 + random.below(3))).map { hosts[$0 * 4 + random.below(4)].id }
    return ScheduleCase(
      name: "tight-\(seed)-\(hosts.count)h-\(Int((load * 100).rounded()))pc",
      inventory: Inventory(hosts: hosts, vms: vms), aim: .drain(drained), seed: seed)
  }

  /// Thirty hosts and a random layout in which a share of the VMs is elsewhere.
  static func layout(load: Double, elsewhere: Double, seed: UInt64) -> ScheduleCase {
    var random = SplitMix(state: 77 * seed + 5)
    let (hosts, vms) = packed(30, load: load, &random)
    let walk = LayoutWalk(hosts: hosts, vms: vms, share: elsewhere, &random)
    return ScheduleCase(
      name: "layout-\(Int(load * 100))-\(Int(elsewhere * 100))-\(seed)",
      inventory: Inventory(hosts: hosts, vms: vms), aim: .placement(walk.target), seed: seed)
  }

  /// The shape of the mVM experiments: VMs of 2 and 3 GB that rewrite 96 MB in 2 s, six to a host,
  /// from one half of the hosts to the other.
  static func memoryVMs(_ count: Int, seed: UInt64) -> ScheduleCase {
    var random = SplitMix(state: 13 * seed)
    let half = count / 6
    let hosts = (0..<(2 * half)).map { host($0, memoryGiB: 32) }
    var targets = (0..<count).map { half + $0 % half }
    for index in targets.indices.reversed() { targets.swapAt(index, random.below(index + 1)) }
    var vms: [VM] = []
    var target: [VM.ID: Host.ID] = [:]
    for number in 0..<count {
      var vm = VM(
        id: VM.ID("vm-\(padded(number, 4))"), vCPUs: 1, memoryMiB: number % 2 == 0 ? 1907 : 2861,
        host: hosts[number / 6].id)
      setWriting(&vm)
      vms.append(vm)
      target[vm.id] = hosts[targets[number]].id
    }
    return ScheduleCase(
      name: "mvm-\(count)", inventory: Inventory(hosts: hosts, vms: vms), aim: .placement(target), seed: seed)
  }

  static func setWriting(_ vm: inout VM) {
    vm.memoryConsumedMiB = vm.memoryMiB
    vm.workingSetMiB = 91.6
    vm.dirtyRateMiBPerSecond = 45.8
    vm.coldDirtyRateMiBPerSecond = 1.9
    vm.allowedTechniques = [.preCopy]
  }

  /// Hosts in racks behind up-links; random VMs go to random hosts that have room for them.
  static func racks(
    _ name: String, hosts count: Int, moves: Int, racks: Int, uplinkGbps: Double, seed: UInt64
  ) -> ScheduleCase {
    var random = SplitMix(state: 31 * seed)
    var hosts = (0..<count).map { host($0, memoryGiB: 128) }
    for index in hosts.indices { hosts[index].rack = "rack-\(padded(index * racks / count, 3))" }
    let links = (0..<racks).map { rack in
      Link(id: Link.ID("up-\(padded(rack, 3))"), a: "rack-\(padded(rack, 3))", b: "c", gbps: uplinkGbps)
    }
    var vms: [VM] = []
    var free = hosts.map(\.memoryMiB)
    for (index, host) in hosts.enumerated() {
      for _ in 0..<8 {
        let gibibytes = Double(4 + 4 * random.below(4))
        let id = VM.ID("vm-\(padded(vms.count, 6))")
        vms.append(VM(id: id, vCPUs: 2, memoryMiB: gibibytes * gib, host: host.id))
        free[index] -= gibibytes * gib
      }
    }
    var target: [VM.ID: Host.ID] = [:]
    while target.count < moves {
      let vm = vms[random.below(vms.count)]
      let to = random.below(count)
      guard target[vm.id] == nil, hosts[to].id != vm.host, free[to] >= vm.memoryMiB else { continue }
      free[to] -= vm.memoryMiB
      target[vm.id] = hosts[to].id
    }
    return ScheduleCase(
      name: name, inventory: Inventory(hosts: hosts, vms: vms, links: links), aim: .placement(target),
      seed: seed)
  }
}

/// A legal layout found by random relocations and swaps.
private struct LayoutWalk {
  private(set) var target: [VM.ID: Host.ID] = [:]

  init(hosts: [Host], vms: [VM], share: Double, _ random: inout SplitMix) {
    var indexOfHost: [Host.ID: Int] = [:]
    for (index, host) in hosts.enumerated() { indexOfHost[host.id] = index }
    let start = vms.map { $0.host.flatMap { indexOfHost[$0] } ?? 0 }
    var place = start
    var free = hosts.map { (memory: $0.memoryMiB, cpu: $0.cores) }
    for (vm, host) in start.enumerated() {
      free[host].memory -= vms[vm].memoryMiB
      free[host].cpu -= vms[vm].vCPUs
    }
    func fits(_ vm: Int, _ host: Int, without other: Int?) -> Bool {
      free[host].memory + (other.map { vms[$0].memoryMiB } ?? 0) >= vms[vm].memoryMiB
        && free[host].cpu + (other.map { vms[$0].vCPUs } ?? 0) >= vms[vm].vCPUs
    }
    func put(_ vm: Int, on host: Int) {
      free[place[vm]].memory += vms[vm].memoryMiB
      free[place[vm]].cpu += vms[vm].vCPUs
      place[vm] = host
      free[host].memory -= vms[vm].memoryMiB
      free[host].cpu -= vms[vm].vCPUs
    }
    let wanted = Int(share * Double(vms.count))
    var elsewhere = 0
    for _ in 0..<400_000 where elsewhere < wanted {
      let (vm, other) = (random.below(vms.count), random.below(vms.count))
      let (here, there) = (place[vm], place[other])
      guard here == start[vm], here != there else { continue }
      if fits(vm, there, without: nil) {
        put(vm, on: there)
        elsewhere += 1
      } else if there == start[other], fits(vm, there, without: other), fits(other, here, without: vm) {
        put(vm, on: there)
        put(other, on: here)
        elsewhere += 2
      }
    }
    for (vm, host) in place.enumerated() where host != start[vm] { target[vms[vm].id] = hosts[host].id }
  }
}
