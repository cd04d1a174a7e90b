import StowageModel

/// Whether hosts hold who restarts there when any one site fails, beside who runs there, and stores hold all copies.
struct CopyRoomCheck {
  private let book: CopyBook
  private let inventory: Inventory
  private let roster: Roster

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.book = book
    self.inventory = inventory
    self.roster = roster
  }

  func run() -> [RecoveryFact] { rooms() + spaces() }

  private func rooms() -> [RecoveryFact] {
    var loads: [Int: [String: Amounts]] = [:]
    for copy in book.copies {
      var demand = roster.demand[copy.vm]
      demand[.localDisk] = 0
      loads[copy.host, default: [:]][copy.replica.fromSite, default: .zero] += demand
    }
    return loads.sorted { $0.key < $1.key }.flatMap { host, byFailure in
      byFailure.sorted { $0.key < $1.key }.flatMap { failing, load in
        Resource.allCases.compactMap { resource -> RecoveryFact? in
          guard load[resource] > 0, let limit = roster.capacity[host][resource] else { return nil }
          let whole = roster.startLoad[host][resource] + load[resource]
          guard whole > limit else { return nil }
          let words = AmountWords(resource: resource, cpu: roster.cpu)
          return .room(roster.hosts[host].id, failing: failing, words.share(whole, of: limit))
        }
      }
    }
  }

  private func spaces() -> [RecoveryFact] {
    var needed: [String: Double] = [:]
    var onHost: [Int: Double] = [:]
    for copy in book.copies {
      let vm = roster.vms[copy.vm]
      let gib = vm.diskProvisionedGiB ?? vm.diskUsedGiB ?? 32
      if let store = copy.replica.datastore {
        needed[store, default: 0] += gib
      } else {
        onHost[copy.host, default: 0] += gib
      }
    }
    let stores = inventory.datastores.compactMap { store -> RecoveryFact? in
      guard let capacity = store.capacityGiB, let gib = needed[store.id] else { return nil }
      let free = max(0, capacity - (store.usedGiB ?? store.provisionedGiB ?? 0))
      return gib > free + 1e-6 ? .space(store.id, gib: gib, free: free) : nil
    }
    let disks = onHost.sorted { $0.key < $1.key }.compactMap { host, gib -> RecoveryFact? in
      guard roster.hosts[host].datastores.isEmpty, let limit = roster.capacity[host][.localDisk] else {
        return nil
      }
      let free = Double(max(0, limit - roster.startLoad[host][.localDisk])) / 1_048_576
      return gib > free + 1e-6 ? .space(roster.hosts[host].id.rawValue, gib: gib, free: free) : nil
    }
    return stores + disks
  }
}
