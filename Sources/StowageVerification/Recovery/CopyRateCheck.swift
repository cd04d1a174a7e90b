import StowageModel

/// Whether rates hold the objectives, and links and ports carry them.
struct CopyRateCheck {
  private let book: CopyBook
  private let inventory: Inventory
  private let roster: Roster

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.book = book
    self.inventory = inventory
    self.roster = roster
  }

  func run() -> [RecoveryFact] { book.copies.compactMap(age) + links() + vendorLimits() }

  // MARK: Ages

  private func age(_ copy: CopyBook.Copy) -> RecoveryFact? {
    let (replica, vm, terms) = (copy.replica, roster.vms[copy.vm], book.plan.terms)
    let objective = vm.rpoSeconds ?? terms.defaultObjectiveSeconds
    guard CopyAge.offers(terms.replicator, every: replica.intervalSeconds) else {
      return .age(
        replica.vm,
        because: "\(terms.replicator.name) does not copy every \(Words.seconds(replica.intervalSeconds))")
    }
    guard let oldest = oldest(copy) else {
      return .age(
        replica.vm, because: "it changes faster than \(Words.number(replica.rateMiBPerSecond)) MiB/s carry")
    }
    if oldest > objective * (1 + 1e-9) + 1e-6 {
      return .age(replica.vm, because: "\(Words.seconds(oldest)), and \(Words.seconds(objective)) are asked")
    }
    return abs(oldest - replica.worstAgeSeconds) > 0.01
      ? .age(
        replica.vm,
        because: "\(Words.seconds(oldest)), and the plan says \(Words.seconds(replica.worstAgeSeconds))")
      : nil
  }

  private func oldest(_ copy: CopyBook.Copy) -> Double? {
    let terms = book.plan.terms
    return CopyAge(roster.vms[copy.vm], reduction: terms.reduction, overhead: terms.overhead).oldest(
      every: copy.replica.intervalSeconds, atMiBPerSecond: copy.replica.rateMiBPerSecond)
  }

  // MARK: Vendors

  /// HCX: copies of a site, copies and rate between two sites; Azure Site Recovery: changes of a VM.
  private func vendorLimits() -> [RecoveryFact] {
    var counted: [String: Double] = [:]
    let replicator = book.plan.terms.replicator
    for copy in book.copies {
      let (from, to) = (copy.replica.fromSite, copy.replica.site)
      let megabytes = copy.replica.rateMiBPerSecond * 1.048576
      switch replicator {
      case .hcx:
        counted["VMs of \(Words.name(from)) in one manager", default: 0] += 1 / 300
        counted["VMs from \(Words.name(from)) to \(Words.name(to)) over one service mesh", default: 0] +=
          1 / 200
        counted["rate from \(Words.name(from)) to \(Words.name(to))", default: 0] += megabytes * 8 / 1600
      case .azureSiteRecovery:
        let vm = roster.vms[copy.vm]
        let change = (vm.powerState == .on ? vm.diskChangeMiBPerSecond ?? 1 : 0) * 1.048576
        counted["changes of VM \(Words.name(vm.id))"] = change / 54
      case .vSphereReplication, .hyperVReplica, .zerto, .libvirt, .proxmox, .zfs: break
      }
    }
    return counted.filter { $0.value > 1 + 1e-6 }.sorted { $0.key < $1.key }.map {
      .vendor(replicator.name, $0.key, part: $0.value)
    }
  }

  // MARK: Links

  private func links() -> [RecoveryFact] {
    var channels = Channels(inventory, roster: roster)
    let terms = book.plan.terms
    var sums: [Channels.Channel: Double] = [:]
    var found: [RecoveryFact] = []
    for copy in book.copies {
      guard let path = channels.path(from: copy.home, to: copy.host),
        path.map(channels.name) == copy.replica.links
      else {
        found.append(.route(copy.replica.vm))
        continue
      }
      for channel in path { sums[channel, default: 0] += copy.replica.rateMiBPerSecond }
    }
    let over = sums.compactMap { channel, sum -> RecoveryFact? in
      guard
        let payload = channels.copyPayload(
          channel, headroom: terms.headroom, sharedLinkPart: terms.sharedLinkPart),
        sum > payload * (1 + 1e-6) + 1e-9
      else { return nil }
      return .link(channels.name(channel), sum: sum, payload: payload)
    }
    return found + over.sorted { $0.sentence < $1.sentence }
  }
}
