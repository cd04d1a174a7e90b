import Foundation
import StowageKit
import Testing

/// `Reports/` holds what Stowage makes of `Inventories/`. Plans are made by
/// `stowage plan Inventories/NAME --goal consolidate --deterministic --out Reports/NAME`;
/// CI plans all of them again and compares bytes, here the pages are rendered again from the plans.
@Suite("Reports")
struct ReportsTests {
  static let names = ["enterprise", "rvtools", "two-racks", "two-sites"]

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: DocumentationTests.package.appendingPathComponent(path)))
  }

  static func inventory(_ name: String) throws -> Inventory {
    let result = InventoryReader.read(
      DocumentationTests.package.appendingPathComponent("Inventories/\(name)").path)
    return try #require(result.inventory, "\(result.log.kept)")
  }

  static func plan(_ name: String) throws -> Plan {
    let (plan, log) = PlanDocument.decode(try bytes("Reports/\(name)/plan.json"))
    return try #require(plan, "\(log.kept)")
  }

  @Test("the verifier accepts the plan of every inventory", arguments: names)
  func plansAreAccepted(name: String) throws {
    let verdict = Verifier.judge(try Self.plan(name), of: try Self.inventory(name))
    #expect(verdict.decision == .accepted, "\(verdict.findings.prefix(3))")
  }

  @Test("a plan that is read and written again has the same bytes", arguments: names)
  func plansRoundTrip(name: String) throws {
    #expect(try PlanDocument.encode(Self.plan(name)) == Self.bytes("Reports/\(name)/plan.json"))
  }

  @Test("the moves for a spreadsheet are those of the plan", arguments: names)
  func movesAreCurrent(name: String) throws {
    #expect(try MovesTable.csv(Self.plan(name)) == Self.bytes("Reports/\(name)/moves.csv"))
  }

  @Test("the runbook is what the plan renders to", arguments: names)
  func runbooksAreCurrent(name: String) throws {
    let input = ReportInput.judged(try Self.plan(name), of: try Self.inventory(name))
    #expect(try Array(Runbook(input).markdown().utf8) == Self.bytes("Reports/\(name)/runbook.md"))
  }

  @Test(
    "a VM that dirties memory faster than its link carries is never moved by pre-copy, and the runbook says why"
  )
  func fastWritersAreTold() throws {
    let inventory = try Self.inventory("two-racks")
    let plan = try Self.plan("two-racks")
    let dirty = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0.dirtyRateMiBPerSecond ?? 0) })
    let fast = plan.moves.filter { $0.rateMiBPerSecond > 0 && (dirty[$0.vm] ?? 0) > $0.rateMiBPerSecond }
    #expect(fast.contains { $0.vm == "cache-1" })
    #expect(fast.allSatisfy { $0.technique != .preCopy })
    let runbook = String(decoding: try Self.bytes("Reports/two-racks/runbook.md"), as: UTF8.self)
    #expect(runbook.contains("Not pre-copy: cannot converge"))
  }
}
