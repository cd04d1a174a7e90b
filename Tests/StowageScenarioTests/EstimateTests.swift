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
      for figure in [row.seconds, row.downtimeSeconds, row.sentMiB] {
        #expect(figure.low <= figure.expected && figure.expected <= figure.high)
      }
    }
  }
}
