import struct Foundation.Data
import class Foundation.FileManager
import struct Foundation.UUID
import StowageKit
import Testing

/// Twelve VMs of 4 GiB go to a site with one host for four of them.
@Suite("Hosts to order")
struct OrderTests {
  private static let inventory = {
    var hosts: [Host] = []
    for (id, site, memory) in [("old-1", "old", 65_536.0), ("new-1", "new", 16_384)] {
      var host = Host(id: Host.ID(id), cores: 32, memoryMiB: memory)
      host.site = site
      host.migrationNetworkGbps = 10
      hosts.append(host)
    }
    let vms = (1...12).map { VM(id: VM.ID("v\($0)"), vCPUs: 1, memoryMiB: 4096, host: "old-1") }
    return Inventory(hosts: hosts, vms: vms, links: [Link(id: "wan", a: "old", b: "new", gbps: 1)])
  }()

  private func read(_ text: String) throws -> (list: PriceList?, log: DiagnosticLog) {
    let path = FileManager.default.temporaryDirectory.path + "/prices-\(UUID().uuidString).csv"
    _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var log = DiagnosticLog()
    let list = PriceList.read(path, into: &log)
    return (list, log)
  }

  private let text = """
    id,cores,memory_mib,migration_network_gbps,price,max_count
    small,16,16384,10,3600,4
    large,32,49152,10,8640,2
    """

  /// Two small ones are 7,200, a large one is 8,640: 200 a month.
  @Test("the cheapest mix is ordered, told with its price, proved, and judged with the same list only")
  func cheapest() throws {
    let (list, log) = try read(text)
    #expect(log.kept.isEmpty)
    var more = DiagnosticLog()
    let whole = try #require(list).added(to: Self.inventory, site: "new", months: 36, into: &more)
    #expect(whole.hosts.count == 8 && !more.hasErrors)
    let request = PlanRequest(
      goal: .colocate, options: PlanOptions(sites: ["new"], objective: .cost), isDeterministic: true)
    guard case .planned(let fleet) = try Planner().plan(whole, request) else {
      Issue.record("no plan")
      return
    }
    let cost = try #require(fleet.plan.objectives.first { $0.name == .costPerMonth })
    #expect(abs(cost.value - 200) < 1e-6 && abs((cost.lowerBound ?? 0) - 200) < 1e-6)
    #expect(
      Set(fleet.plan.placement.values) == ["new-1", "order-small-1", "order-small-2"]
        || Set(fleet.plan.placement.values).count == 3)
    #expect(
      fleet.plan.assumptions.contains { $0.hasPrefix("to order for new: 2 hosts small (16 cores, 16.0 GiB") })
    #expect(fleet.plan.assumptions.contains("the hosts to order cost 7,200.00 in all, 200.00 a month"))
    #expect(Verifier.judge(fleet.plan, of: whole).decision == .accepted)
    #expect(Verifier.judge(fleet.plan, of: Self.inventory).decision == .rejected)
  }

  @Test("a list without prices, with too many hosts or with a name that is taken is refused")
  func refused() throws {
    for (wrong, words) in [
      ("id,cores,memory_mib,max_count\na,4,4096,2", "neither 'price' nor 'cost_per_month'"),
      ("id,cores,memory_mib,price\na,4,4096,2", "'max_count'"),
      ("id,cores,memory_mib,price,max_count\na,4,4096,-2,1", "'price'"),
      ("id,cores,memory_mib,price,max_count\na,4,4096,2,4000\nb,4,4096,2,4000", "1 to 5000 hosts"),
    ] {
      let (list, log) = try read(wrong)
      #expect(list == nil && log.kept.contains { $0.description.contains(words) }, "\(wrong)")
    }
    let (list, _) = try read("id,cores,memory_mib,price,max_count\nx,4,4096,2,1")
    var taken = Self.inventory
    taken.hosts.append(Host(id: "order-x-1", cores: 1, memoryMiB: 1024))
    var log = DiagnosticLog()
    _ = try #require(list).added(to: taken, site: "new", months: 36, into: &log)
    #expect(log.hasErrors)
  }
}
