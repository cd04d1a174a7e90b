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
    id,cores,memory_mib,migration_network_gbps,Price,currency,max_count
    small,16,16384,10,3600,EUR,4
    large,32,49152,10,8640,EUR,2
    """

  private func whole() throws -> Inventory {
    let (list, log) = try read(text)
    #expect(log.kept.isEmpty)
    var more = DiagnosticLog()
    let whole = try #require(list).added(to: Self.inventory, site: "new", months: 36, into: &more)
    #expect(whole.hosts.count == 8 && !more.hasErrors)
    return whole
  }

  private func plan(_ whole: Inventory) throws -> PlannedFleet {
    let request = PlanRequest(
      goal: .colocate, options: PlanOptions(sites: ["new"], objective: .cost), isDeterministic: true)
    guard case .planned(let fleet) = try Planner().plan(whole, request) else { throw NoPlanFound() }
    return fleet
  }

  private struct NoPlanFound: Error {}

  /// Two small ones are 7,200, a large one is 8,640: 200 a month.
  @Test("the cheapest mix is ordered, told with its price, proved, and judged with the same list only")
  func cheapest() throws {
    let whole = try whole()
    let fleet = try plan(whole)
    let cost = try #require(fleet.plan.objectives.first { $0.name == .costPerMonth })
    #expect(abs(cost.value - 200) < 1e-6 && cost.lowerBound == cost.value && cost.proof == .cheapestMix)
    let order = try #require(fleet.plan.order)
    #expect(order.items.map(\.type) == ["small"] && order.items[0].hosts.count == 2)
    #expect(
      order.items[0].price == 3600 && order.items[0].costPerMonth == 100 && order.items[0].site == "new")
    #expect(order.price == 7200 && order.costPerMonth == 200 && order.keptCostPerMonth == 0)
    #expect(order.currency == "EUR" && order.leastCostPerMonth == cost.lowerBound)
    #expect(!fleet.plan.assumptions.contains { $0.contains("order") })
    #expect(Verifier.judge(fleet.plan, of: whole).decision == .accepted)
    #expect(Verifier.judge(fleet.plan, of: Self.inventory).decision == .rejected)
  }

  @Test("summary, report and runbook say what to order, with its money and what is proved of it")
  func pages() throws {
    let whole = try whole()
    let input = try plan(whole).reportInput(for: whole)
    let summary = Summary(input).text
    #expect(summary.contains("To order (2 hosts)"))
    #expect(
      summary.contains("3,600.00 EUR each") && summary.contains("7,200.00 EUR in all, 200.00 EUR a month"))
    #expect(summary.contains("proved: no choice of hosts costs less a month"))
    let page = HTMLReport(input).html
    #expect(page.contains("<h2 id=\"order-list\">To order</h2>") && page.contains("7,200.00 EUR"))
    let runbook = try Runbook(input).text(.md)
    #expect(runbook.contains("2 hosts of type `small` stand at `new`"))
    #expect(runbook.contains("hosts to order"))
  }

  @Test("an order is read as it was written")
  func document() throws {
    let plan = try plan(try whole()).plan
    #expect(PlanDocument.decode(PlanDocument.encode(plan)).plan?.order == plan.order)
  }

  @Test(
    "an order that lists too much or too little, or other money, is refused",
    arguments: [
      { $0?.items[0].hosts.removeLast() }, { $0?.items[0].hosts.append("new-1") }, { $0 = nil },
      { $0?.items[0].price = 3000 }, { $0?.items[0].type = "large" }, { $0?.items[0].site = "old" },
      { $0?.price = 7000 },
      { $0?.costPerMonth = 180 }, { $0?.keptCostPerMonth = 1 }, { $0?.leastCostPerMonth = nil },
      { $0?.currency = "USD" },
    ] as [@Sendable (inout HostOrder?) -> Void])
  func tampered(_ change: @Sendable (inout HostOrder?) -> Void) throws {
    let whole = try whole()
    var plan = try plan(whole).plan
    change(&plan.order)
    let verdict = Verifier.judge(plan, of: whole)
    #expect(Set(verdict.findings.map(\.code)) == [.order])
  }

  @Test("a bound above the cheapest mix is refused")
  func boundTooHigh() throws {
    var whole = try whole()
    // Dearer hosts, so that the value leaves room for a bound that lies.
    for index in whole.hosts.indices where whole.hosts[index].orderType == "small" {
      whole.hosts[index].costPerMonth = 100
    }
    var plan = try plan(whole).plan
    let index = try #require(plan.objectives.firstIndex { $0.name == .costPerMonth })
    plan.objectives[index].lowerBound = 199
    plan.order?.leastCostPerMonth = 199
    #expect(Verifier.judge(plan, of: whole).findings.contains { $0.code == .bound })
  }

  @Test("a list without prices, with too many hosts or with a name that is taken is refused")
  func refused() throws {
    for (wrong, words) in [
      ("id,cores,memory_mib,max_count\na,4,4096,2", "neither 'price' nor 'cost_per_month'"),
      ("id,cores,memory_mib,price\na,4,4096,2", "'max_count'"),
      ("id,cores,memory_mib,price,max_count\na,4,4096,-2,1", "price is -2"),
      ("id,cores,memory_mib,price,currency,max_count\na,4,4096,2,EUR,1\nb,4,4096,2,USD,1", "one currency"),
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
