import StowageDiagnostics
import StowageModel
import StowageVerification
import Testing

@Suite("The audit of a fleet as it stands")
struct AuditTests {
  private func audit(_ rules: [Rule], gib: Double = 40) -> PlacementAudit {
    let inventory = Inventory(
      hosts: Inventory.hosts(2), vms: [.idle("a", gib: gib, on: "h1"), .idle("b", gib: 20, on: "h1")],
      rules: rules)
    return PlacementAudit(inventory, sizing: SizingOptions())
  }

  @Test("a fleet that keeps its rules is clean")
  func clean() {
    let apart = Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["a"]))))
    #expect(audit([apart]).isClean)
    #expect(audit([]).diagnostics.isEmpty)
  }

  @Test("a full host is fine; one KiB more is an overload, with who holds what")
  func overload() {
    #expect(audit([], gib: 44).isClean)
    let full = audit([], gib: 45)
    #expect(
      full.diagnostics.map(\.summary) == [
        "host h1 holds 65.0 GiB of 64.0 GiB memory: a 45.0 GiB and b 20.0 GiB"
      ])
    #expect(full.violations.map(\.rule) == ["capacity"])
  }

  @Test("broken rules are listed, hard ones as warnings and soft ones as notices")
  func broken() {
    let apart = AntiAffinity(vms: Selection(["a", "b"]))
    let found = audit([
      Rule(id: "hard", .antiAffinity(apart)), Rule(id: "soft", .antiAffinity(apart), isHard: false),
      Rule(id: "drain", .drain(Drain(hosts: Selection(["h1"])))),
    ])
    #expect(found.brokenRules.map(\.rule) == ["hard", "soft", "drain"])
    #expect(found.diagnostics.map(\.severity) == [.warning, .notice, .warning])
    #expect(
      found.violations[0].detail
        == "2 members of anti-affinity hard on host h1, at most 1 may be there: a and b")
    #expect(found.violations[2].detail == "host h1 must end empty (rule drain) and holds 2 VMs: a and b")
  }

  @Test("a failover that is lost today is said with the host and the VM")
  func failover() {
    let found = audit([Rule(id: "spare", .failover(Failover()))], gib: 40)
    #expect(found.isClean)
    let hosts = Inventory.hosts(1)
    let alone = Inventory(
      hosts: hosts, vms: [.idle("a", gib: 1, on: "h1")], rules: [Rule(id: "spare", .failover(Failover()))])
    #expect(
      PlacementAudit(alone, sizing: SizingOptions()).violations.map(\.detail)
        == [
          "rule spare: in the hosts without a cluster the VMs of h1 (not even a) cannot be placed elsewhere"
        ])
  }
}
