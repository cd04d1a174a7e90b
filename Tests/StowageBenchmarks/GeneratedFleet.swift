import StowageKit

/// Fleets for measuring, of the statistical shape of the field's generated consolidation instances:
/// hosts of three types, filled to between 30 and 65 %, a quarter of them licensed; one VM in five on
/// a licensed host bound to such hosts, one in 500 fixed, 15 % apart from up to four others, 2 %
/// together with another.
struct GeneratedFleet {
  /// What sizes VMs have.
  enum Kind: String, CaseIterable {
    /// Sixteen cloud sizes with two network shares each, about ten a host; CPU in vCPUs.
    case flavor
    /// Every VM a size of its own (log-normal); CPU in MHz.
    case cont
    /// Three to eight large VMs a host; CPU in vCPUs.
    case big
  }

  /// How many hosts.
  let hosts: Int
  /// The same fleet for the same seed.
  let seed: UInt64
  /// What sizes VMs have.
  var kind = Kind.flavor

  /// How the CPU of the fleet is to be counted.
  var sizing: SizingOptions { SizingOptions(cpu: kind == .cont ? .mhz : .vcpu) }

  private struct HostType {
    let share: Double
    let watts: Double
    let cores: Double
    /// MHz, where CPU is counted in MHz.
    let clock: Double
    let memoryGiB: Double
    let gbps: Double
    /// Percent of a vCPU (or 20 MHz), 64 MiB, Mb/s.
    var capacity: [Double] { [cores == 64 ? 12800 : 9600, memoryGiB * 16, gbps * 1000] }
  }

  private static let types = [
    HostType(share: 0.4, watts: 310, cores: 48, clock: 3000, memoryGiB: 256, gbps: 10),
    HostType(share: 0.25, watts: 420, cores: 48, clock: 3000, memoryGiB: 512, gbps: 10),
    HostType(share: 0.35, watts: 450, cores: 64, clock: 3200, memoryGiB: 384, gbps: 25),
  ]
  private static let flavors: [(vCPUs: Int, memoryGiB: Int, weight: Double)] = [
    (1, 2, 8), (1, 4, 6), (2, 4, 10), (2, 8, 12), (2, 16, 5), (4, 8, 7), (4, 16, 10), (4, 32, 6), (8, 16, 4),
    (8, 32, 6), (8, 64, 3), (16, 32, 1), (16, 64, 1), (12, 24, 3), (3, 12, 5), (6, 48, 2),
  ]
  private static let networkShares = [100.0, 200, 400]

  /// The inventory.
  var inventory: Inventory {
    var random = SplitMix(state: seed &* 0x9E37_79B9 &+ UInt64(hosts))
    var hostList: [Host] = []
    var vms: [VM] = []
    var residents: [[Int]] = []
    for number in 0..<hosts {
      let type = Self.types[random.weighted(Self.types.map(\.share))]
      let host = host(number, type, isLicensed: random.below(4) == 0)
      hostList.append(host)
      residents.append(fill(host, type, &vms, &random))
    }
    let rules = rules(&vms, hostList, residents, &random)
    return Inventory(hosts: hostList, vms: vms, rules: rules)
  }

  private func host(_ number: Int, _ type: HostType, isLicensed: Bool) -> Host {
    let cores = kind == .cont ? (type.cores == 48 ? 64 : 80) : type.cores
    var host = Host(
      id: Host.ID("host-\(Self.padded(number))"), cores: cores, memoryMiB: type.memoryGiB * 1024)
    host.cpuOvercommitRatio = kind == .cont ? 1 : 2
    host.cpuMHz = kind == .cont ? type.clock : 2600
    host.networkGbps = type.gbps
    host.migrationNetworkGbps = type.gbps
    host.powerIdleWatts = (type.watts * 0.45).rounded()
    host.powerPeakWatts = type.watts
    host.cluster = "c1"
    if isLicensed { host.labels = ["licensed": "1"] }
    return host
  }

  /// VMs until the fullest resource passes a target; one that would overshoot it by far ends it too.
  private func fill(
    _ host: Host, _ type: HostType, _ vms: inout [VM], _ random: inout SplitMix
  ) -> [Int] {
    let target = 0.3 + 0.35 * random.unit()
    var use = [0.0, 0, 0]
    var residents: [Int] = []
    func fullest(_ amounts: [Double]) -> Double { zip(amounts, type.capacity).map { $0 / $1 }.max() ?? 0 }
    repeat {
      let size = size(&random)
      let after = zip(use, size).map { $0 + $1 }
      if fullest(after) > target + 0.08 { break }
      use = after
      residents.append(vms.count)
      var vm = VM(
        id: VM.ID("vm-\(Self.padded(vms.count))"), vCPUs: max(1, (size[0] / 100).rounded(.up)),
        memoryMiB: size[1] * 64, host: host.id)
      vm.cpuMHzP95 = size[0] * 20
      vm.networkMbpsP95 = size[2]
      vms.append(vm)
    } while fullest(use) <= target
    return residents
  }

  /// CPU in percent of a vCPU, memory in 64 MiB, network in Mb/s.
  private func size(_ random: inout SplitMix) -> [Double] {
    switch kind {
    case .flavor:
      let flavor = Self.flavors[random.weighted(Self.flavors.map(\.weight))]
      let share = Self.networkShares[(flavor.vCPUs <= 4 ? 0 : 1) + random.below(2)]
      return [
        Double(flavor.vCPUs * 100), Double(flavor.memoryGiB * 16), share * Double(max(1, flavor.vCPUs / 2)),
      ]
    case .cont:
      let cpu = min(3200, max(20, random.logNormal(5.9, 0.75).rounded(.down)))
      let memory = 16 * cpu / 100 * random.logNormal(1.15, 0.55)
      let network = cpu * random.logNormal(-0.4, 0.9)
      return [
        cpu, min(96 * 16, max(8, memory.rounded(.down))), min(4000, max(5, network.rounded(.down))),
      ]
    case .big:
      // Whole vCPUs: an inventory states no others.
      return [
        Double(9 + random.below(34)) * 100, Double(30 * 16 + random.below(90 * 16 + 1)),
        Double(100 + random.below(3401)),
      ]
    }
  }

  // MARK: Rules

  private func rules(
    _ vms: inout [VM], _ hosts: [Host], _ residents: [[Int]], _ random: inout SplitMix
  ) -> [Rule] {
    var rules: [Rule] = []
    for (host, members) in zip(hosts, residents) where host.labels["licensed"] == "1" {
      for vm in members where random.below(5) == 0 { vms[vm].labels = ["licensed": "1"] }
    }
    let licensed = Selection(labels: ["licensed": "1"])
    if vms.contains(where: { $0.labels["licensed"] == "1" }) {
      rules.append(Rule(id: "licence", .onlyOn(OnlyOn(vms: licensed, hosts: licensed))))
    }
    let fixed = random.sample(max(1, vms.count / 500), of: vms.count)
    rules.append(Rule(id: "pinned", .stay(Stay(vms: selection(fixed, vms)))))
    var isTaken = [Bool](repeating: false, count: vms.count)
    rules += apart(vms, &isTaken, &random)
    for vm in fixed { isTaken[vm] = true }
    return rules + together(vms, residents, &isTaken, &random)
  }

  private func apart(_ vms: [VM], _ isTaken: inout [Bool], _ random: inout SplitMix) -> [Rule] {
    var rules: [Rule] = []
    var total = 0
    var misses = 0
    while Double(total) < 0.15 * Double(vms.count), misses < 100 {
      let group = random.sample(min(2 + random.below(4), vms.count), of: vms.count)
      if Set(group.map { vms[$0].host }).count < group.count || group.contains(where: { isTaken[$0] }) {
        misses += 1
        continue
      }
      misses = 0
      for vm in group { isTaken[vm] = true }
      total += group.count
      rules.append(
        Rule(id: Rule.ID("apart-\(rules.count)"), .antiAffinity(AntiAffinity(vms: selection(group, vms)))))
    }
    return rules
  }

  private func together(
    _ vms: [VM], _ residents: [[Int]], _ isTaken: inout [Bool], _ random: inout SplitMix
  ) -> [Rule] {
    var rules: [Rule] = []
    for _ in 0..<(10 * vms.count) where Double(2 * rules.count) < 0.02 * Double(vms.count) {
      let free = residents[random.below(residents.count)].filter { !isTaken[$0] }
      guard free.count >= 2 else { continue }
      let pair = random.sample(2, of: free.count).map { free[$0] }
      guard vms[pair[0]].labels == vms[pair[1]].labels else { continue }
      for vm in pair { isTaken[vm] = true }
      rules.append(
        Rule(id: Rule.ID("together-\(rules.count)"), .affinity(Affinity(vms: selection(pair, vms)))))
    }
    return rules
  }

  private func selection(_ members: [Int], _ vms: [VM]) -> Selection {
    Selection(members.map { vms[$0].id.rawValue })
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 7 - text.count)) + text
  }
}
