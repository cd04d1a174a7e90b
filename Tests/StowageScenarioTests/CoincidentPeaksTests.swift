import StowageKit
import Testing

/// Balance of VMs that are busy by day and by night.
@Suite("Peaks that coincide")
struct CoincidentPeaksTests {
  /// Two hosts of 10 GHz: on one two VMs that are busy by day, on the other two that are busy by night.
  private var inventory: Inventory {
    let hosts = ["a", "b"].map { id in
      var host = Host(id: Host.ID(id), cores: 10, memoryMiB: 65_536)
      host.cpuMHz = 1000
      return host
    }
    let day = 8..<20
    let vms = [("day-1", "a"), ("day-2", "a"), ("night-1", "b"), ("night-2", "b")].map { id, host in
      var vm = VM(id: VM.ID(id), vCPUs: 4, memoryMiB: 4096, host: Host.ID(host))
      vm.cpuMHzP95 = 5000
      vm.cpuMHzByHour = WeekProfile(
        hours: (0..<168).map { day.contains($0 % 24) == id.hasPrefix("day") ? 5000 : 1000 })
      return vm
    }
    return Inventory(hosts: hosts, vms: vms)
  }

  private func plan(_ inventory: Inventory) throws -> Plan? {
    let options = PlanOptions(sizing: SizingOptions(cpu: .mhz, memory: .configured), maxMoves: 2)
    let request = PlanRequest(goal: .balance, options: options, isDeterministic: true)
    guard case .planned(let fleet) = try Planner().plan(inventory, request) else { return nil }
    #expect(fleet.verdict.decision == .accepted)
    return fleet.plan
  }

  @Test("day and night are mixed, and the plan says what counting by the hour has gained")
  func gain() throws {
    let plan = try #require(try plan(inventory))
    #expect(plan.objectives.first { $0.name == .maxUtilisation }?.value == 0.6)
    #expect(
      plan.assumptions.contains(
        "the fullest host ends at 60.0 % of its CPU in its fullest hour; if the peaks of its VMs came at once, the fullest would be at 100.0 %"
      ))
  }

  @Test("nothing is said of hours where none is known")
  func noHours() throws {
    var inventory = inventory
    for index in inventory.vms.indices { inventory.vms[index].cpuMHzByHour = nil }
    let plan = try #require(try plan(inventory))
    #expect(!plan.assumptions.contains { $0.contains("fullest hour") })
  }
}
