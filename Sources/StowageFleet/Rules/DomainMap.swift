import StowageModel

/// The racks, clusters or sites of a fleet by index: which one each host lies in.
///
/// A host that lies in none gets a domain of its own, because it shares with nobody.
public struct DomainMap: Sendable {
  /// The domain of each host.
  public let domainOfHost: [Int]
  /// How many domains there are.
  public let count: Int
  /// The name of each domain; for a host that lies in none, the host's id.
  public let names: [String]

  init(hosts: [Host], scope: Scope) {
    var indexOfName: [String: Int] = [:]
    var names: [String] = []
    domainOfHost = hosts.map { host in
      guard let name = host.domain(scope) else {
        names.append(host.id.rawValue)
        return names.count - 1
      }
      if let known = indexOfName[name] { return known }
      indexOfName[name] = names.count
      names.append(name)
      return names.count - 1
    }
    count = names.count
    self.names = names
  }
}
