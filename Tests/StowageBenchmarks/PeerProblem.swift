import StowageKit

/// A problem in the form in which peers were given it.
struct PeerProblem: Decodable {
  let cap: [Double]
  let hosts: Int
  let off: [Int]?
  let vms: [[Double]]

  var inventory: Inventory {
    func host(_ number: Int) -> Host.ID { Host.ID("h" + Self.padded(number)) }
    let list = (0..<hosts).map { number in
      var host = Host(id: host(number), cores: cap[0], memoryMiB: cap[1] * 1024)
      host.cpuOvercommitRatio = 1
      host.migrationNetworkGbps = 10
      host.cluster = "c1"
      return host
    }
    let machines = vms.enumerated().map { number, vm in
      VM(
        id: VM.ID("v" + Self.padded(number)), vCPUs: vm[0], memoryMiB: vm[1] * 1024,
        host: host(Int(vm[2])))
    }
    let drains = (off ?? []).map { host($0).rawValue }
    let rules = drains.isEmpty ? [] : [Rule(id: "drain", .drain(Drain(hosts: Selection(drains))))]
    return Inventory(hosts: list, vms: machines, rules: rules)
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }
}
