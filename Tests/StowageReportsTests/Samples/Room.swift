import StowageModel
import StowageReports

/// A machine room of six hosts in two racks, made by hand: each kind of move occurs once.
enum Room {
  static let input = ReportInput(
    inventory: inventory, plan: plan, hostLoads: loads(inventory, plan),
    pinnedVMs: [
      PinnedVM(vm: "gpu-render", because: "a PCI device is passed through", remedy: "detach the device"),
      PinnedVM(vm: "backup-proxy", because: "rule 'backup-stays'"),
    ],
    facility: Facility(currency: "EUR"), isVerified: true)

  static let inventory = Inventory(
    hosts: ["r1-h01", "r1-h02", "r1-h03", "r2-h01", "r2-h02", "r2-h03"].map(host),
    vms: vms, links: [Link(id: "spine", a: "r1", b: "r2", gbps: 40)],
    rules: [
      Rule(id: "db-apart", .antiAffinity(AntiAffinity(vms: Selection(["db-1", "db-2"]), scope: .rack))),
      Rule(id: "backup-stays", .stay(Stay(vms: Selection(["backup-proxy"])))),
      Rule(id: "n-plus-1", .failover(Failover())),
      Rule(
        id: "licence",
        .onlyOn(
          OnlyOn(vms: Selection(labels: ["licensed": "1"]), hosts: Selection(labels: ["licensed": "1"]))),
        isHard: false, weight: 5),
    ],
    notes: ["2 templates were skipped"])

  private static func host(_ id: String) -> Host {
    var host = Host(id: Host.ID(id), cores: 32, memoryMiB: 262_144)
    host.rack = String(id.prefix(2))
    host.cluster = "main"
    host.site = "lyon"
    host.cpuOvercommitRatio = 3
    host.migrationNetworkGbps = 10
    host.powerIdleWatts = 160
    host.costPerMonth = 310
    return host
  }

  private static let vms: [VM] = [
    vm("db-1", on: "r1-h01", vCPUs: 16, gib: 64, dirty: (6144, 240)),
    vm("db-2", on: "r2-h01", vCPUs: 16, gib: 64, dirty: (6144, 210)),
    vm("gpu-render", on: "r1-h02", vCPUs: 8, gib: 32),
    vm("backup-proxy", on: "r2-h02", vCPUs: 4, gib: 16),
    vm("web-1", on: "r1-h03", vCPUs: 4, gib: 8, dirty: (200, 60), name: "Shop front end"),
    vm("app-1", on: "r1-h03", vCPUs: 8, gib: 32, dirty: (1536, 250)),
    vm("cache-1", on: "r1-h03", vCPUs: 8, gib: 48, dirty: (30_720, 2560)),
    vm("queue-1", on: "r2-h03", vCPUs: 4, gib: 16, dirty: (2048, 1200)),
    vm("files-1", on: "r2-h03", vCPUs: 2, gib: 8, blockers: [.localDisk]),
    vm("install-media", on: "r2-h03", vCPUs: 2, gib: 4, blockers: [.iso]),
    off(vm("old-erp", on: "r2-h03", vCPUs: 4, gib: 16)),
  ]

  private static func vm(
    _ id: String, on host: String, vCPUs: Double, gib: Double, dirty: (set: Double, rate: Double)? = nil,
    name: String? = nil, blockers: Set<Blocker> = []
  ) -> VM {
    var vm = VM(id: VM.ID(id), vCPUs: vCPUs, memoryMiB: gib * 1024, host: Host.ID(host))
    vm.name = name
    vm.workingSetMiB = dirty?.set
    vm.dirtyRateMiBPerSecond = dirty?.rate
    vm.blockers = blockers
    vm.diskUsedGiB = 40
    return vm
  }

  private static func off(_ vm: VM) -> VM {
    var vm = vm
    vm.powerState = .off
    return vm
  }
}
