import StowageModel

/// Which datastores hosts reach.
struct StoreReach {
  private let stores: [Datastore]

  init(_ datastores: [Datastore]) { stores = datastores }

  /// The names of those that a host lists or that list it; where there are none and it lists none, of those of its site that
  /// list nobody.
  func reached(by host: Host) -> [String] {
    let own = stores.filter { host.datastores.contains($0.id) || $0.hosts.contains(host.id) }
    if !own.isEmpty || !host.datastores.isEmpty { return own.map(\.id) }
    return stores.filter { $0.hosts.isEmpty && $0.site != nil && $0.site == host.site }.map(\.id)
  }
}
