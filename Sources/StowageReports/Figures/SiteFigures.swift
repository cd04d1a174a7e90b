import StowageModel

/// What a plan that leads VMs between sites does to them: who is where after each wave, and what links carry.
struct SiteFigures {
  /// A site and who is there.
  struct Site {
    let name: String
    let hosts: Int
    /// VMs, their memory in MiB and used disks in GiB: before the first wave, and after each.
    let stages: [Stage]
  }

  /// Who is at a site at one time.
  struct Stage {
    var vms = 0
    var memoryMiB = 0.0
    var diskGiB = 0.0

    mutating func add(_ vm: VM, times factor: Int) {
      vms += factor
      memoryMiB += Double(factor) * vm.memoryMiB
      diskGiB += Double(factor) * (vm.diskUsedGiB ?? vm.diskProvisionedGiB ?? 0)
    }
  }

  /// One direction of a link and what moves take of it.
  struct LinkUse {
    let name: String
    /// The line in MiB/s.
    let lineMiBPerSecond: Double
    /// Mean rate in each slice of the plan's time, in MiB/s.
    let slices: [Double]
    /// The highest at any instant, in MiB/s.
    let most: Double
    let sentMiB: Double
  }

  private static let sliceCount = 96

  let sites: [Site]
  let links: [LinkUse]

  /// `nil` for a plan that leads nobody from one site to another.
  init?(_ input: ReportInput, waves: [Wave]) {
    let siteOfHost = Dictionary(
      input.inventory.hosts.compactMap { host in host.site.map { (host.id, $0) } }
    ) { first, _ in first }
    let crosses = input.plan.moves.contains { move in
      guard let from = siteOfHost[move.from], let to = siteOfHost[move.to] else { return false }
      return from != to
    }
    guard crosses else { return nil }
    sites = Self.sites(input, waves, siteOfHost)
    links = Self.links(input, siteOfHost)
  }

  private static func sites(
    _ input: ReportInput, _ waves: [Wave], _ siteOfHost: [Host.ID: String]
  ) -> [Site] {
    let vms = Dictionary(input.inventory.vms.map { ($0.id, $0) }) { first, _ in first }
    var now: [String: Stage] = [:]
    for vm in input.inventory.vms {
      if let site = vm.host.flatMap({ siteOfHost[$0] }) { now[site, default: Stage()].add(vm, times: 1) }
    }
    var stages = [now]
    for wave in waves {
      for move in wave.moves {
        guard let vm = vms[move.vm] else { continue }
        if let from = siteOfHost[move.from] { now[from, default: Stage()].add(vm, times: -1) }
        if let to = siteOfHost[move.to] { now[to, default: Stage()].add(vm, times: 1) }
      }
      stages.append(now)
    }
    return Set(siteOfHost.values).sorted().map { name in
      Site(
        name: name, hosts: siteOfHost.values.count { $0 == name },
        stages: stages.map { $0[name] ?? Stage() })
    }
  }

  private static func links(_ input: ReportInput, _ siteOfHost: [Host.ID: String]) -> [LinkUse] {
    let end = max(input.plan.schedule.makespanSeconds, input.plan.moves.map(\.endSeconds).max() ?? 0)
    guard end.isFinite, end > 0 else { return [] }
    return input.inventory.links.flatMap { link in
      ["ab", "ba"].compactMap { direction -> LinkUse? in
        let name = "\(link.id):\(direction)"
        let moves = input.plan.moves.filter { $0.links.contains(name) }
        let stretches = moves.flatMap(stretches) + copies(input.plan, name, endSeconds: end, siteOfHost)
        guard !stretches.isEmpty else { return nil }
        return LinkUse(
          name: name, lineMiBPerSecond: link.gbps * 1e9 / 8 / 1_048_576,
          slices: means(stretches, endSeconds: end), most: peak(stretches),
          sentMiB: moves.reduce(0) { $0 + ($1.estimate?.bytesMiB ?? 0) + ($1.seed?.mib ?? 0) })
      }
    }
  }

  /// A time in which one rate is taken.
  private struct Stretch {
    let from, to, rate: Double
  }

  /// The move, and where its disks were copied ahead the copy and what they changed from then on.
  private static func stretches(_ move: Move) -> [Stretch] {
    var found = [Stretch(from: move.startSeconds, to: move.endSeconds, rate: move.rateMiBPerSecond)]
    if let seed = move.seed {
      found.append(Stretch(from: seed.startSeconds, to: seed.endSeconds, rate: seed.rateMiBPerSecond))
      found.append(Stretch(from: seed.endSeconds, to: move.startSeconds, rate: seed.changeMiBPerSecond))
    }
    return found.filter { $0.from.isFinite && $0.to.isFinite && $0.from < $0.to && $0.rate > 0 }
  }

  /// What VMs that keep copies at other sites take of a link, before and after their moves.
  private static func copies(
    _ plan: Plan, _ name: String, endSeconds end: Double, _ siteOfHost: [Host.ID: String]
  ) -> [Stretch] {
    var moved: [VM.ID: Double] = [:]
    for move in plan.moves where move.endSeconds.isFinite && siteOfHost[move.from] != siteOfHost[move.to] {
      moved[move.vm] = max(moved[move.vm] ?? 0, move.endSeconds)
    }
    return plan.protections.flatMap { own -> [Stretch] in
      let turn = min(end, moved[own.vm] ?? end)
      let before = own.linksBefore.contains(name)
      let after = own.linksAfter.contains(name)
      return [
        before ? Stretch(from: 0, to: turn, rate: own.rateMiBPerSecond) : nil,
        after ? Stretch(from: turn, to: end, rate: own.rateMiBPerSecond) : nil,
      ].compactMap(\.self).filter { $0.from < $0.to && $0.rate > 0 && $0.rate.isFinite }
    }
  }

  /// Mean rate in each slice of the time.
  private static func means(_ stretches: [Stretch], endSeconds end: Double) -> [Double] {
    let length = end / Double(sliceCount)
    var sums = [Double](repeating: 0, count: sliceCount)
    for stretch in stretches {
      let first = Int(max(0, min(Double(sliceCount - 1), stretch.from / length)))
      let last = max(first, Int(max(0, min(Double(sliceCount - 1), stretch.to / length))))
      for slice in first...last {
        let begins = max(stretch.from, Double(slice) * length)
        let ends = min(stretch.to, Double(slice + 1) * length)
        sums[slice] += max(0, ends - begins) * stretch.rate / length
      }
    }
    return sums
  }

  /// The highest rate at any instant; who ends at an instant goes before who starts.
  private static func peak(_ stretches: [Stretch]) -> Double {
    let changes = stretches.flatMap { [($0.from, $0.rate), ($0.to, -$0.rate)] }.sorted { $0 < $1 }
    var (now, most) = (0.0, 0.0)
    for (_, change) in changes {
      now += change
      most = max(most, now)
    }
    return most
  }
}
