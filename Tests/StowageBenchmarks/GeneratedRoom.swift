import StowageKit

/// Fleets of equal hosts for measuring evacuation and repair: 64 CPUs and 128 GiB a host, about six VMs each.
struct GeneratedRoom {
  /// How many hosts.
  let hosts: Int
  /// The same fleet for the same seed.
  let seed: UInt64

  private static let cores = 64.0
  private static let memoryGiB = 128.0

  /// A fleet with every host filled to about a part of its capacity in the fuller of CPU and memory.
  ///
  /// - Parameters:
  ///   - load: the part, 0 to 1.
  ///   - isDistinct: every VM of its own size instead of one of 36.
  /// - Returns: the inventory.
  func filled(to load: Double, isDistinct: Bool) -> Inventory {
    var random = SplitMix(state: seed &* 1_000_003 &+ UInt64(hosts) &* 31 &+ UInt64(load * 1000))
    var fill = Fill(count: hosts)
    for host in 0..<hosts {
      var failures = 0
      while fill.part(of: host) < load, failures < 40 {
        let (cpu, memory) = Self.size(&random, isDistinct: isDistinct)
        if fill.fits(cpu, memory, on: host) { fill.add(cpu, memory, to: host) } else { failures += 1 }
      }
    }
    return inventory(fill)
  }

  /// A fleet at seventy per cent in which one host in eighteen has a VM too many.
  func overloaded() -> Inventory {
    var random = SplitMix(state: seed &* 1_000_003 &+ UInt64(hosts))
    var fill = Fill(count: hosts)
    let first = random.below(hosts)
    let hot = Set((0..<max(1, hosts / 18)).map { (first + $0 * 17) % hosts })
    for _ in 0..<(hosts * 6) {
      let (cpu, memory) = Self.skewedSize(&random)
      let fitting = fill.fitting(cpu, memory)
      guard !fitting.isEmpty else { continue }
      fill.add(cpu, memory, to: fitting[random.below(fitting.count)])
    }
    for host in hot.sorted() {
      while fill.cpu[host] <= Self.cores { fill.add(6, 6, to: host) }
      fill.add(12, 6, to: host)
    }
    return inventory(fill)
  }

  /// The hosts to empty: a part of all, spread evenly.
  func drained(_ part: Double) -> [Host.ID] {
    let count = max(1, Int((Double(hosts) * part).rounded()))
    return (0..<count).map { Self.host($0 * hosts / count) }
  }

  private static func size(_ random: inout SplitMix, isDistinct: Bool) -> (Double, Double) {
    if isDistinct {
      let cpu = 1 + Double(random.below(15_001)) / 1000
      return (cpu, 3 + Double(random.below(27 * 1024 + 1)) / 1024)
    }
    let cpus: [Double] = [1, 3, 6, 9, 12, 18]
    let memories: [Double] = [3, 6, 12, 18, 24, 35]
    return (cpus[random.below(6)], memories[random.below(6)])
  }

  private static func skewedSize(_ random: inout SplitMix) -> (Double, Double) {
    let cpus: [Double] = [1, 3, 3, 6, 6, 6, 6, 9, 12, 18]
    let memories: [Double] = [3, 6, 12, 12, 12, 12, 18, 24, 35, 6]
    return (cpus[random.below(10)], memories[random.below(10)])
  }

  private static func host(_ number: Int) -> Host.ID { Host.ID("h\(padded(number))") }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }

  private func inventory(_ fill: Fill) -> Inventory {
    let list = (0..<hosts).map { number in
      var host = Host(id: Self.host(number), cores: Self.cores, memoryMiB: Self.memoryGiB * 1024)
      host.cpuOvercommitRatio = 1
      host.migrationNetworkGbps = 10
      host.cluster = "c1"
      return host
    }
    let vms = fill.vms.enumerated().map { number, vm in
      VM(
        id: VM.ID("v\(Self.padded(number))"), vCPUs: vm.cpu, memoryMiB: vm.memory * 1024,
        host: Self.host(vm.host))
    }
    return Inventory(hosts: list, vms: vms)
  }

  private struct Fill {
    var cpu: [Double]
    var memory: [Double]
    var vms: [(cpu: Double, memory: Double, host: Int)] = []

    init(count: Int) {
      cpu = Array(repeating: 0, count: count)
      memory = cpu
    }

    func part(of host: Int) -> Double {
      max(cpu[host] / GeneratedRoom.cores, memory[host] / GeneratedRoom.memoryGiB)
    }

    func fits(_ cpu: Double, _ memory: Double, on host: Int) -> Bool {
      self.cpu[host] + cpu <= GeneratedRoom.cores && self.memory[host] + memory <= GeneratedRoom.memoryGiB
    }

    func fitting(_ cpu: Double, _ memory: Double) -> [Int] {
      self.cpu.indices.filter { fits(cpu, memory, on: $0) }
    }

    mutating func add(_ cpu: Double, _ memory: Double, to host: Int) {
      self.cpu[host] += cpu
      self.memory[host] += memory
      vms.append((cpu, memory, host))
    }
  }
}
