import StowageModel

/// The racks, clusters or sites in which the hosts lie, by number.
struct Places: Sendable {
  /// The place of each host; a host that lies in none has one of its own.
  let ofHost: [Int]
  /// The name of each place.
  let names: [String]

  init(_ scope: Scope, hosts: [Host]) {
    var numbers: [String: Int] = [:]
    var names: [String] = []
    ofHost = hosts.map { host in
      let name = host.domain(scope)
      if let name, let number = numbers[name] { return number }
      if let name { numbers[name] = names.count }
      names.append(name ?? host.id.rawValue)
      return names.count - 1
    }
    self.names = names
  }
}
