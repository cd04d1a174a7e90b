/// Clusters and data centers of hosts, from the paths of the inventory: `/DC0/host/CLUSTER/HOST`.
struct GovcPlaces {
  private var clusters: [String: String] = [:]
  private var datacenters: [String: String] = [:]

  /// Takes paths in.
  init(_ paths: [(kind: String, path: String)]) {
    let clusterPaths = Set(paths.filter { $0.kind == "ClusterComputeResource" }.map(\.path))
    for entry in paths where entry.kind == "HostSystem" {
      let parts = entry.path.split(separator: "/").map(String.init)
      guard let name = parts.last, parts.count >= 3 else { continue }
      datacenters[name] = parts[0]
      let parent = "/" + parts.dropLast().joined(separator: "/")
      if clusterPaths.contains(parent) { clusters[name] = parts[parts.count - 2] }
    }
  }

  /// The cluster of a host.
  func cluster(of host: String) -> String? { clusters[host] }

  /// The data center of a host.
  func datacenter(of host: String) -> String? { datacenters[host] }
}
