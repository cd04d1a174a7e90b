import StowageCosts
import StowageFleet
import StowageFormats
import StowageModel
import StowagePlacement
import StowageReports

/// Puts a recovery plan together from what was found.
struct RecoveryAssembly {
  let problem: RecoveryProblem
  let answer: RecoverySearch.Answer
  let inventory: Inventory

  func plan() -> RecoveryPlan {
    let fleet = problem.fleet
    let alone = Double(problem.refusals.count)
    // Prices count a VM that no place can take by itself, so that those alone are proved without any.
    var unprotected = answer.unprotected
    let certain = Double(problem.refusals.count - problem.openRefusals)
    unprotected.value += alone
    unprotected.lowerBound += certain
    if certain > 0, unprotected.proof == .trivial { unprotected.proof = .prices }
    let traffic = answer.linkTraffic
    let isOptimal =
      unprotected.value <= unprotected.lowerBound && traffic.value <= traffic.lowerBound * (1 + 1e-9) + 1e-6
    return RecoveryPlan(
      generator: ProgramVersion.generator,
      inventory: Plan.InventoryStamp(
        sha256: InventoryDigest.sha256(of: inventory), hosts: inventory.hosts.count,
        vms: inventory.vms.count),
      terms: problem.terms, outcome: isOptimal ? .optimal : .feasible, unprotected: unprotected,
      linkTraffic: RecoveryPlan.ProvedFigure(
        value: Self.rounded(traffic.value), lowerBound: Self.rounded(min(traffic.lowerBound, traffic.value)),
        proof: traffic.proof, prices: traffic.prices),
      replicas: replicas(),
      refusals: (problem.refusals + leftOut()).sorted { $0.vm < $1.vm },
      conflict: answer.conflict.map(RecoveryWords(problem: problem).sentence),
      wantedLinks: wantedLinks(), assumptions: assumptions(fleet))
  }

  /// To a thousandth, as pages and documents show it.
  private static func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

  // MARK: Copies

  private func replicas() -> [RecoveryPlan.Replica] {
    let placed = problem.items.indices.filter { answer.spots[$0] != nil }
    let ranks = ranks(placed)
    return placed.compactMap { index -> RecoveryPlan.Replica? in
      guard let spot = answer.spots[index] else { return nil }
      let item = problem.items[index]
      let vm = problem.fleet.vms[item.vm]
      let route = problem.fleet.network.route(from: problem.fleet.start[item.vm], to: spot.host) ?? []
      let stream = ReplicationStream(
        vm, reduction: problem.terms.reduction, overhead: problem.terms.overhead)
      let times = ranks[index].map { problem.terms.restart(rank: $0) }
      return RecoveryPlan.Replica(
        vm: vm.id, fromSite: problem.sites[item.site],
        site: problem.siteOfHost[spot.host].map { problem.sites[$0] } ?? "",
        host: problem.fleet.hosts[spot.host].id, datastore: problem.stores[spot.store].id,
        intervalSeconds: item.interval, rateMiBPerSecond: item.rate,
        links: route.map { problem.fleet.network.channels[$0].name },
        worstAgeSeconds: stream.worstAgeSeconds(interval: item.interval, atMiBPerSecond: item.rate) ?? 0,
        restartOrder: times == nil ? 0 : item.order, startSeconds: times?.start ?? 0,
        readySeconds: times?.ready ?? 0)
    }
  }

  /// How many restart before each on its host, for those that run.
  private func ranks(_ placed: [Int]) -> [Int: Int] {
    let running = placed.filter { problem.fleet.vms[problem.items[$0].vm].powerState == .on }
    var begun: [[Int]: Int] = [:]
    var ranks: [Int: Int] = [:]
    for index in running.sorted(by: { problem.items[$0].order < problem.items[$1].order }) {
      guard let spot = answer.spots[index] else { continue }
      let key = [spot.host, problem.items[index].site]
      ranks[index] = begun[key, default: 0]
      begun[key, default: 0] += 1
    }
    return ranks
  }

  private func leftOut() -> [RecoveryPlan.Refusal] {
    problem.items.indices.filter { answer.spots[$0] == nil }.map { index in
      let isProved = answer.unprotected.lowerBound >= answer.unprotected.value
      return RecoveryPlan.Refusal(
        vm: problem.fleet.vms[problem.items[index].vm].id,
        because: isProved
          ? "not every VM can have a copy, and this one is left out"
          : "no place was found beside the other copies; that there is none is not proved",
        remedy: answer.wantedLinks.isEmpty
          ? "see the conflict: free or add what it names" : "make the wanted links faster")
    }
  }

  private func wantedLinks() -> [RecoveryPlan.WantedLink] {
    let wanted = answer.wantedLinks.merging(problem.wantedByOne, uniquingKeysWith: max)
    return wanted.sorted { inventory.links[$0.key].id < inventory.links[$1.key].id }.map { index, gbps in
      RecoveryPlan.WantedLink(
        link: inventory.links[index].id, gbps: inventory.links[index].gbps,
        leastGbps: (gbps * 1000 - 1e-6).rounded(.up) / 1000)
    }
  }

  // MARK: Links

  /// What copies take of each link, in each direction that any takes.
  func linkUse() -> [RecoveryInput.LinkUse] {
    let fleet = problem.fleet
    var used: [Int: Double] = [:]
    var seeded: [Int: Double] = [:]
    for (item, spot) in zip(problem.items, answer.spots) {
      guard let spot else { continue }
      let stream = ReplicationStream(
        fleet.vms[item.vm], reduction: problem.terms.reduction, overhead: problem.terms.overhead)
      for channel in fleet.network.route(from: fleet.start[item.vm], to: spot.host) ?? []
      where channel >= 2 * fleet.hosts.count {
        used[channel, default: 0] += item.rate
        seeded[channel, default: 0] += stream.diskMiB * stream.wireShare
      }
    }
    return used.sorted { $0.key < $1.key }.map { channel, rate in
      let payload = problem.payload[channel] ?? 0
      let whole = payload * (1 + problem.terms.headroom)
      return RecoveryInput.LinkUse(
        channel: fleet.network.channels[channel].name, gbps: fleet.network.channels[channel].gbps ?? 0,
        usedMiBPerSecond: rate, payloadMiBPerSecond: payload,
        seedingSeconds: whole > rate ? (seeded[channel] ?? 0) / (whole - rate) : nil)
    }
  }

  // MARK: Assumptions

  private func assumptions(_ fleet: Fleet) -> [String] {
    let asked = problem.items.map { fleet.vms[$0.vm] }
    var sentences: [String] = []
    func say(_ count: Int, _ text: (String) -> String) {
      if count > 0 { sentences.append(text(Units.count(count, "VM"))) }
    }
    let unknown = UnknownConstants()
    say(asked.count { $0.powerState == .on && $0.diskChangeMiBPerSecond == nil }) {
      "disk change of \($0) unknown: taken as \(Units.rate(mibPerSecond: unknown.diskChangeMiBPerSecond))"
    }
    say(asked.count { $0.diskProvisionedGiB == nil && $0.diskUsedGiB == nil }) {
      "disk size of \($0) unknown: taken as \(Units.gibibytes(fromMiB: unknown.diskMiB))"
    }
    say(asked.count { $0.rpoSeconds == nil }) {
      "\($0) with a recovery time and no recovery point: \(Units.duration(seconds: problem.terms.defaultObjectiveSeconds)) taken"
    }
    let rate = answer.linkTraffic.value
    for exceeded in problem.terms.replicator.limitsExceeded(copies: 0, atMiBPerSecond: rate)
    where exceeded.limit.quantity == .dailyData {
      let servers = Int((exceeded.amount / exceeded.limit.most).rounded(.up))
      sentences.append("\(Units.count(servers, "process server")): \(exceeded.sentence)")
    }
    if problem.stores.contains(where: { $0.freeGiB == nil }) {
      sentences.append("storage of unknown size holds every copy")
    }
    return sentences
  }
}
