public import StowageModel

/// The datastores that hosts reach, as far as the inventory describes them.
///
/// A host reaches the datastores that it lists and those that list it; where it lists none and none lists it, those of its
/// site that list no hosts. Disks of one host alone are no datastores here, if nobody asks for them: they are a resource of that host.
public struct DatastoreReach: Sendable {
  /// One datastore.
  public struct Store: Sendable {
    /// Its name.
    public let id: String
    /// Its size in GiB; `nil` where the inventory does not say.
    public let capacityGiB: Double?
    /// In use at the start, in GiB.
    public let usedGiB: Double

    /// What is free at the start, in GiB; `nil` where that is not known.
    public var freeGiB: Double? { capacityGiB.map { max(0, $0 - usedGiB) } }
  }

  /// In the order of the inventory.
  public let stores: [Store]
  /// The datastores of each host, ascending; none where the inventory describes none of them.
  public let ofHost: [[Int]]

  /// The datastores of an inventory, for its hosts in their order; with `countsLocal` disks of one host alone too.
  public init(_ datastores: [Datastore], hosts: [Host], countsLocal: Bool = false) {
    let counted = countsLocal ? datastores : datastores.filter { $0.isShared != false || $0.hosts.count > 1 }
    stores = counted.map {
      Store(id: $0.id, capacityGiB: $0.capacityGiB, usedGiB: $0.usedGiB ?? $0.provisionedGiB ?? 0)
    }
    var listing: [Host.ID: [Int]] = [:]
    var named: [String: [Int]] = [:]
    var ofSite: [String: [Int]] = [:]
    for (index, store) in counted.enumerated() {
      named[store.id, default: []].append(index)
      for host in store.hosts { listing[host, default: []].append(index) }
      if store.hosts.isEmpty, let site = store.site { ofSite[site, default: []].append(index) }
    }
    ofHost = hosts.map { host in
      let own = Set(host.datastores.flatMap { named[$0] ?? [] } + (listing[host.id] ?? []))
      if !own.isEmpty || !host.datastores.isEmpty { return own.sorted() }
      return host.site.flatMap { ofSite[$0] } ?? []
    }
  }
}
