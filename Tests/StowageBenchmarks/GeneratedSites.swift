import StowageKit

/// 5000 VMs in 600 applications at two sites that all go to a third, over a link of 10 Gb/s from each, in nights of eight hours
/// with a freeze of three nights; no storage is reached from two sites.
struct GeneratedSites {
  let seed: UInt64
  var vms = 5000
  var apps = 600

  /// What is asked.
  var options: PlanOptions {
    PlanOptions(
      platform: .vmware, start: Instant(rfc3339: "2026-09-07T12:00:00+02:00"), sites: ["colo"],
      waves: WavePolicy(
        mostVMs: 110, pilotVMs: 10, validationSeconds: 3600, rollbackSeconds: 3600,
        nights: NightPolicy(mostGroups: 12)))
  }

  var inventory: Inventory {
    var random = SplitMix(state: seed &* 0x9E37_79B9 &+ 5)
    let hosts = Self.hosts
    let sizes = sizes(&random)
    var load: [Host.ID: Double] = [:]
    var vms: [VM] = []
    for (app, size) in sizes.enumerated() {
      let site = random.below(100) < 55 ? "north" : "south"
      let own = hosts.filter { $0.site == site }
      for number in 1...size {
        let memory = [4096.0, 8192, 8192, 16_384, 16_384, 32_768][random.below(6)]
        let few = random.sample(6, of: own.count).map { own[$0].id }
        let host = few.min { (load[$0] ?? 0, $0) < (load[$1] ?? 0, $1) } ?? own[0].id
        load[host, default: 0] += memory
        var vm = VM(
          id: VM.ID("\(Self.name(app))-\(number)"), vCPUs: [2, 2, 4, 4, 8][random.below(5)],
          memoryMiB: memory,
          host: host)
        vm.diskUsedGiB =
          number == 1 ? [100.0, 200, 400][random.below(3)] : [20.0, 40, 60, 80, 120][random.below(5)]
        vm.datastores = ["\(site)-san"]
        vm.workingSetMiB = memory / 10
        vm.dirtyRateMiBPerSecond = [5.0, 10, 20, 60, 120][random.below(5)]
        vm.diskChangeMiBPerSecond = 0.02 + 1.5 * random.unit()
        vm.app = Self.name(app)
        vm.tier = ["bronze", "silver", "silver", "gold"][random.below(4)]
        vms.append(vm)
      }
    }
    return Inventory(
      hosts: hosts, vms: vms, links: Self.links, dependencies: dependencies(sizes, &random), rules: Self.rules
    )
  }

  private static func name(_ app: Int) -> String { "a" + String(1000 + app).dropFirst() }

  private func sizes(_ random: inout SplitMix) -> [Int] {
    var sizes = (0..<apps).map { _ in [3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16][random.below(11)] }
    while sizes.reduce(0, +) != vms {
      let app = random.below(apps)
      let step = sizes.reduce(0, +) < vms ? 1 : -1
      if (2...24).contains(sizes[app] + step) { sizes[app] += step }
    }
    return sizes
  }

  private static let hosts: [Host] = [
    ("north", 120, 524_288.0, 32.0), ("south", 100, 524_288, 32), ("colo", 110, 1_048_576, 64),
  ]
  .flatMap { site, count, memory, cores in
    (1...count).map { number in
      var host = Host(
        id: Host.ID("\(site)-\(String(1000 + number).dropFirst())"), cores: cores, memoryMiB: memory)
      host.site = site
      host.cluster = site
      host.rack = "\(site)-r\((number - 1) / 10 + 1)"
      host.cpuOvercommitRatio = 4
      host.migrationNetworkGbps = site == "colo" ? 25 : 10
      host.datastores = ["\(site)-san"]
      return host
    }
  }

  private static let links: [Link] = [
    ("nc", "north", "colo", 10.0, 9.0), ("sc", "south", "colo", 10, 14), ("ns", "north", "south", 5, 6),
  ]
  .map { id, a, b, gbps, trip in
    var link = Link(id: Link.ID(id), a: a, b: b, gbps: gbps)
    link.roundTripMilliseconds = trip
    return link
  }

  private func dependencies(_ sizes: [Int], _ random: inout SplitMix) -> [Dependency] {
    var seen: Set<[Int]> = []
    var dependencies: [Dependency] = []
    while dependencies.count < 900 {
      let ends = [random.below(apps), random.below(apps)]
      guard ends[0] != ends[1], seen.insert(ends).inserted else { continue }
      let isHard = random.below(100) == 0 && sizes[ends[0]] + sizes[ends[1]] < 30
      dependencies.append(
        Dependency(
          from: Self.name(ends[0]), to: Self.name(ends[1]),
          trafficMbps: [5.0, 10, 20, 50, 100, 200][random.below(6)], isHard: isHard))
    }
    return dependencies
  }

  private static var rules: [Rule] {
    let nights = WeeklyHours(from: 20 * 60, to: 4 * 60)
    return [
      Rule(id: "nights", .window(MoveWindow(vms: Selection(["*"]), hours: .weekly(nights)))),
      Rule(
        id: "freeze",
        .blackout(
          MoveBlackout(
            vms: Selection(["*"]),
            hours: .dated(
              from: Instant(secondsSince1970: 1_790_330_400), to: Instant(secondsSince1970: 1_790_589_600))))),
    ]
  }
}
