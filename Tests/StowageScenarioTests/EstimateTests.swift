import Foundation
import StowageKit
import Testing

/// The technique table of whole inventories.
@Suite("Estimates of an inventory")
struct EstimateTests {
  private static let estimate: FleetEstimate? = {
    let path = DocumentationTests.package.appendingPathComponent("Inventories/enterprise").path
    return InventoryReader.read(path).inventory.map { Estimator(engine: .of(.libvirt)).estimate($0) }
  }()

  @Test("every technique is the one to use for some VM of the enterprise", arguments: Technique.allCases)
  func allAreChosen(technique: Technique) throws {
    let estimate = try #require(Self.estimate)
    #expect((estimate.counts[technique] ?? 0) > 0)
  }

  @Test("techniques with a window go to running VMs for which pre-copy does not come to an end")
  func windowsHaveReasons() throws {
    let estimate = try #require(Self.estimate)
    let risky = estimate.machines.filter { [.postCopy, .hybrid].contains($0.estimate.chosen) }
    for machine in risky {
      let preCopy = machine.estimate.rows.first { $0.technique == .preCopy }
      #expect(preCopy?.because?.isEmpty == false, "\(machine.vm)")
    }
  }

  @Test("ranges hold what is expected")
  func ranges() throws {
    for row in try #require(Self.estimate).machines.flatMap(\.estimate.rows) {
      for figure in [
        row.seconds, row.downtimeSeconds, row.sentMiB, row.guestSlowdownSeconds, row.exposureSeconds,
        row.lossProbability, row.energyJoules,
      ] {
        #expect(figure.low <= figure.expected && figure.expected <= figure.high)
      }
    }
  }

  @Test("one VM that cannot converge is told what would make it, and what else the platform can do")
  func remedies() throws {
    var vm = VM(id: "busy", vCPUs: 4, memoryMiB: 65_536)
    vm.workingSetMiB = 40_960
    vm.dirtyRateMiBPerSecond = 2560
    let estimate = Estimator(engine: .of(.libvirt), gbps: 10).estimate(vm).machines[0].estimate
    let text = estimate.text()
    #expect(estimate.remedies.count == 4)
    #expect(text.contains("What would make pre-copy come to an end"))
    #expect(text.contains("pre-copy, auto-converge"))
    #expect(text.contains("no end"))
    #expect(estimate.variants.map(\.name).contains("pre-copy, zstd in 8 streams"))
  }

  @Test("techniques that one thing rules out share its sentence")
  func grouped() {
    var vm = VM(id: "tied", vCPUs: 4, memoryMiB: 4096)
    vm.blockers = [.usb]
    let text = Estimator(engine: .of(.libvirt), gbps: 10).estimate(vm).machines[0].estimate.text()
    #expect(text.contains("not cold, pre-copy, post-copy, hybrid: a USB device"))
  }
}
