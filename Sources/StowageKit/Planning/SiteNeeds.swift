import StowageFleet
import StowageModel
import StowageReports

/// What VMs that go to other sites ask of the hosts there in all, and what these offer.
struct SiteNeeds {
  private let asked: Amounts
  private let offered: [Resource: Int64]
  private let sites: [String]
  private let cpu: CPUCounting

  init(inventory: Inventory, options: PlanOptions, vms: Set<VM.ID>) {
    let fleet = Fleet(inventory, options: options)
    sites = options.sites
    cpu = options.sizing.cpu
    asked = fleet.vms.indices.reduce(.zero) { sum, vm in
      vms.contains(fleet.vms[vm].id) ? sum + fleet.demand[vm] : sum
    }
    let hosts = fleet.hosts.indices.filter {
      fleet.hosts[$0].domain(.site).map(options.sites.contains) ?? false
    }
    var offered: [Resource: Int64] = [:]
    for resource in Resource.allCases where hosts.allSatisfy({ fleet.limits[$0][resource] < Fleet.noLimit }) {
      offered[resource] = hosts.reduce(0) { $0 + max(0, fleet.limits[$1][resource]) }
    }
    self.offered = offered
  }

  /// `nil` where hosts have no limit, or offer as much in all: then it is single hosts that are too small.
  func sentence(_ resource: Resource) -> String? {
    guard let offered = offered[resource], asked[resource] > offered else { return nil }
    let names = sites.map { "'\(VisibleText.name($0))'" }.joined(separator: ", ")
    return
      "they ask \(amount(asked[resource], resource)), and the hosts of \(names) offer \(amount(offered, resource))"
  }

  private func amount(_ value: Int64, _ resource: Resource) -> String {
    switch resource {
    case .cpu: Units.decimal(Double(value) / 1000, digits: 1) + (cpu == .vcpu ? " vCPUs" : " MHz")
    case .memory: "\(Units.gibibytes(fromMiB: Double(value) / 1024)) of memory"
    case .localDisk: "\(Units.gibibytes(fromMiB: Double(value) / 1024)) of local disk"
    case .network: Units.decimal(Double(value) / 1000) + " Mb/s of network"
    case .slots: "room for \(Units.count(Int(value), "VM"))"
    case .gpus: Units.count(Int(value), "GPU")
    }
  }
}
