import StowageKit

/// Fleets for measuring: hosts of three types, filled to between 30 and 65 % with VMs of sixteen
/// cloud sizes, some licensed, pinned or apart.
struct GeneratedFleet {
  /// How many hosts.
  let hosts: Int
  /// The same fleet for the same seed.
  let seed: UInt64

  private static let types: [(cores: Double, memoryGiB: Double, gbps: Double)] = [
    (48, 256, 10), (48, 512, 10), (64, 384, 25),
  ]
  private static let sizes: [(vCPUs: Double, memoryGiB: Double)] = [
    (1, 2), (1, 4), (2, 4), (2, 8), (2, 16), (4, 8), (4, 16), (4, 32), (8, 16), (8, 32), (8, 64), (16, 32),
    (16, 64), (12, 24), (3, 12), (6, 48),
  ]

  /// The inventory.
  var inventory: Inventory {
    var random = SplitMix(state: seed)
    var hostList: [Host] = []
    var vms: [VM] = []
    for number in 0..<hosts {
      let type = Self.types[random.below(3)]
      var host = Host(
        id: Host.ID("host-\(Self.padded(number))"), cores: type.cores, memoryMiB: type.memoryGiB * 1024)
      host.cpuOvercommitRatio = 2
      host.networkGbps = type.gbps
      host.migrationNetworkGbps = type.gbps
      host.cluster = "c1"
      if random.below(4) == 0 { host.labels = ["licensed": "1"] }
      fill(host, &vms, &random)
      hostList.append(host)
    }
    return Inventory(hosts: hostList, vms: vms, rules: Self.rules(vms))
  }

  private func fill(_ host: Host, _ vms: inout [VM], _ random: inout SplitMix) {
    let target = 0.3 + 0.35 * random.unit()
    var cpu = 0.0
    var memory = 0.0
    while max(cpu / (host.cores * 2), memory / host.memoryMiB) < target {
      let size = Self.sizes[random.below(Self.sizes.count)]
      guard cpu + size.vCPUs <= host.cores * 2, memory + size.memoryGiB * 1024 <= host.memoryMiB else {
        break
      }
      var vm = VM(
        id: VM.ID("vm-\(Self.padded(vms.count))"), vCPUs: size.vCPUs, memoryMiB: size.memoryGiB * 1024,
        host: host.id)
      vm.networkMbpsP95 = 50 * size.vCPUs
      if host.labels["licensed"] == "1", random.below(5) == 0 { vm.labels = ["licensed": "1"] }
      if random.below(500) == 0 { vm.isMovable = false }
      vms.append(vm)
      cpu += size.vCPUs
      memory += size.memoryGiB * 1024
    }
  }

  private static func rules(_ vms: [VM]) -> [Rule] {
    let licence = Rule(
      id: "licence",
      .onlyOn(OnlyOn(vms: Selection(labels: ["licensed": "1"]), hosts: Selection(labels: ["licensed": "1"]))))
    let apart = stride(from: 0, to: vms.count - 41, by: 60).map { first in
      Rule(
        id: Rule.ID("apart-\(first)"),
        .antiAffinity(
          AntiAffinity(
            vms: Selection([vms[first].id.rawValue, vms[first + 20].id.rawValue, vms[first + 40].id.rawValue])
          )))
    }
    return (vms.contains { $0.labels["licensed"] == "1" } ? [licence] : []) + apart
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 7 - text.count)) + text
  }
}

/// SplitMix64: the same numbers everywhere.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
