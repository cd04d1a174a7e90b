import StowageModel

/// Puts a part's label behind the ids that other parts have too, and keeps its rules to itself.
struct InventoryRenaming {
  /// Ids that more than one part has.
  struct Repeated {
    var hosts: Set<String> = []
    var vms: Set<String> = []
    var datastores: Set<String> = []
    var links: Set<String> = []
    var rules: Set<String> = []
  }

  let label: String
  let repeated: Repeated

  /// Renames within one inventory, references included.
  func apply(to inventory: inout Inventory) {
    let confinement = RuleConfinement(inventory, self)
    for index in inventory.hosts.indices {
      inventory.hosts[index].id = Host.ID(new(inventory.hosts[index].id.rawValue, repeated.hosts))
      inventory.hosts[index].datastores = inventory.hosts[index].datastores.map(datastore)
    }
    for index in inventory.vms.indices {
      inventory.vms[index].id = VM.ID(new(inventory.vms[index].id.rawValue, repeated.vms))
      inventory.vms[index].host = inventory.vms[index].host.map { Host.ID(host($0.rawValue)) }
      inventory.vms[index].datastores = inventory.vms[index].datastores.map(datastore)
      inventory.vms[index].allowedHosts = inventory.vms[index].allowedHosts.map(host)
      inventory.vms[index].forbiddenHosts = inventory.vms[index].forbiddenHosts.map(host)
      inventory.vms[index].replicaHosts = inventory.vms[index].replicaHosts.map(host)
    }
    for index in inventory.datastores.indices {
      inventory.datastores[index].id = datastore(inventory.datastores[index].id)
      inventory.datastores[index].hosts = inventory.datastores[index].hosts.map { Host.ID(host($0.rawValue)) }
    }
    for index in inventory.links.indices {
      inventory.links[index].id = Link.ID(new(inventory.links[index].id.rawValue, repeated.links))
      inventory.links[index].a = host(inventory.links[index].a)
      inventory.links[index].b = host(inventory.links[index].b)
    }
    for index in inventory.dependencies.indices {
      inventory.dependencies[index].from = new(inventory.dependencies[index].from, repeated.vms)
      inventory.dependencies[index].to = new(inventory.dependencies[index].to, repeated.vms)
    }
    for index in inventory.rules.indices {
      inventory.rules[index].id = Rule.ID(new(inventory.rules[index].id.rawValue, repeated.rules))
      inventory.rules[index].requirement = confinement.confined(inventory.rules[index].requirement)
    }
  }

  func new(_ id: String, _ repeated: Set<String>) -> String {
    repeated.contains(id) ? "\(id) @ \(label)" : id
  }

  private func host(_ id: String) -> String { new(id, repeated.hosts) }

  private func datastore(_ id: String) -> String { new(id, repeated.datastores) }
}
