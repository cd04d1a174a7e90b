import StowageModel

/// Whether each copy is where it may be, apart from its VM's site, and those who go together or apart do so.
struct CopyPlaceCheck {
  private let book: CopyBook
  private let inventory: Inventory
  private let roster: Roster
  private let rulebook: Rulebook

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.book = book
    self.inventory = inventory
    self.roster = roster
    rulebook = Rulebook(inventory, roster: roster)
  }

  func run() -> [RecoveryFact] {
    places() + wholes() + aparts()
  }

  private func places() -> [RecoveryFact] {
    let eligibility = Eligibility(roster)
    let bindings = rulebook.bindingsByVM(count: roster.vms.count)
    return book.copies.compactMap { copy in
      objection(copy, eligibility, bindings[copy.vm]).map { .place(copy.replica.vm, because: $0) }
    }
  }

  private func objection(_ copy: CopyBook.Copy, _ eligibility: Eligibility, _ bound: [Int]) -> String? {
    let place = CopyPlace(
      roster: roster, rulebook: rulebook, eligibility: eligibility, terms: book.plan.terms)
    if let objection = place.objection(to: copy.vm, at: copy.home, on: copy.host, bound) { return objection }
    let (home, host) = (roster.hosts[copy.home], roster.hosts[copy.host])
    if copy.replica.fromSite != home.site || copy.replica.site != host.site {
      return "the sites are not those of the hosts"
    }
    return store(copy, host)
  }

  /// The store must be one that the host reaches; none may be named where the host reaches none.
  private func store(_ copy: CopyBook.Copy, _ host: Host) -> String? {
    let reached = StoreReach(inventory.datastores).reached(by: host)
    guard let name = copy.replica.datastore else {
      return reached.isEmpty ? nil : "it names no storage, and the host reaches some"
    }
    return reached.contains(name) ? nil : "the host does not reach its storage"
  }

  /// One app, or one hard affinity, of one site: one site.
  private func wholes() -> [RecoveryFact] {
    var sets: [[String: CopyBook.Copy]] = [[:]]
    var found: [RecoveryFact] = []
    for copy in book.copies {
      guard let app = roster.vms[copy.vm].app else { continue }
      let key = "\(copy.replica.fromSite)\u{0}\(app)"
      if let first = sets[0][key] {
        if first.replica.site != copy.replica.site { found.append(.split(first.replica.vm, copy.replica.vm)) }
      } else {
        sets[0][key] = copy
      }
    }
    for entry in rulebook.hard {
      guard case .together(let group) = entry.meaning else { continue }
      let members = Set(group.members)
      var first: [String: CopyBook.Copy] = [:]
      for copy in book.copies where members.contains(copy.vm) {
        if let other = first[copy.replica.fromSite] {
          if other.replica.site != copy.replica.site {
            found.append(.split(other.replica.vm, copy.replica.vm))
          }
        } else {
          first[copy.replica.fromSite] = copy
        }
      }
    }
    return found
  }

  /// When a site fails, members of a hard anti-affinity that restart meet neither each other nor those that run on.
  private func aparts() -> [RecoveryFact] {
    rulebook.hard.flatMap { entry -> [RecoveryFact] in
      guard case .apart(let group) = entry.meaning else { return [] }
      let members = Set(group.members.filter { roster.vms[$0].powerState == .on })
      let copies = book.copies.filter { members.contains($0.vm) }
      return Set(copies.map(\.replica.fromSite)).sorted().flatMap { failing -> [RecoveryFact] in
        var holder: [Int: Int] = [:]
        for vm in members {
          guard let host = roster.startHost[vm], roster.hosts[host].site != failing else { continue }
          holder[group.places.ofHost[host]] = vm
        }
        var found: [RecoveryFact] = []
        for copy in copies where copy.replica.fromSite == failing {
          let place = group.places.ofHost[copy.host]
          if let other = holder[place], other != copy.vm {
            found.append(.crowd(entry.id, roster.vms[other].id, copy.replica.vm))
          }
          holder[place] = copy.vm
        }
        return found
      }
    }
  }
}

/// Whether a host may hold the copy of a VM at all, room and storage apart.
struct CopyPlace {
  let roster: Roster
  let rulebook: Rulebook
  let eligibility: Eligibility
  let terms: RecoveryTerms

  /// Why not; `bound` are the rules that bind the VM to hosts.
  func objection(to vm: Int, at home: Int, on target: Int, _ bound: [Int]) -> String? {
    let (source, host) = (roster.hosts[home], roster.hosts[target])
    guard let from = source.site, let to = host.site else { return "a host is in no site" }
    if from == to { return "it is in the site of its VM" }
    if host.state != .online || host.isInMaintenance || !host.isSchedulable { return "the host takes no VMs" }
    if rulebook.drained[target] != nil || rulebook.closed.contains(target) {
      return "the host takes nobody in"
    }
    if !eligibility.suits(target, for: vm) { return "columns forbid it" }
    if !rulebook.bindings(bound, permit: target) { return "a rule forbids it" }
    if Hypervisors.differ(source, host) { return "the host runs another hypervisor" }
    let blockers = roster.vms[vm].blockers
    let bad: [Blocker] = [.rdm, .sharedDisk, .passthrough, .usb, .faultTolerance, .vgpu]
    if let blocker = bad.first(where: blockers.contains) {
      return "no replicator copies it (\(blocker.rawValue))"
    }
    if blockers.contains(.diskJob), terms.replicator == .libvirt { return "a block job runs on a disk of it" }
    return nil
  }
}
