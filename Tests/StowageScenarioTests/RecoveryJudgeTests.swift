import StowageKit
import Testing

/// The judge of recovery plans refuses what was changed in one.
@Suite("Judge of recovery plans")
struct RecoveryJudgeTests {
  private static let sites = TwoSites(vms: [
    TwoSites.vm("u1"), TwoSites.vm("u2", gib: 40), TwoSites.vm("r", on: "b1", gib: 40, rpo: nil, rto: nil),
  ])

  private func judge(_ change: (inout RecoveryPlan) -> Void) throws -> Set<String> {
    var plan = try Self.sites.protect().plan
    change(&plan)
    return Set(RecoveryVerifier.judge(plan, of: Self.sites.inventory).findings.map(\.code.rawValue))
  }

  @Test("a plan as it was made is accepted")
  func accepts() throws {
    #expect(try judge { _ in }.isEmpty)
  }

  @Test("a VM that is left out of all lists is missed")
  func forgotten() throws {
    #expect(try judge { $0.replicas.removeLast() } == ["recovery.document"])
  }

  @Test("a copy beside its VM is no copy")
  func sameSite() throws {
    let codes = try judge { plan in
      plan.replicas[0].host = "a2"
      plan.replicas[0].site = "a"
    }
    #expect(codes.contains("recovery.place"))
  }

  @Test("a host without room is refused")
  func room() throws {
    let index = 1
    #expect(try judge { $0.replicas[index].host = "b1" }.contains("recovery.room"))
  }

  @Test("a rate that does not hold the objective is refused")
  func rate() throws {
    #expect(try judge { $0.replicas[0].rateMiBPerSecond = 0.5 }.contains("recovery.age"))
  }

  @Test("more than a link carries is refused")
  func link() throws {
    #expect(try judge { $0.replicas[0].rateMiBPerSecond = 80 }.contains("recovery.link"))
  }

  @Test("a restart that is not when the plan says is refused")
  func restart() throws {
    #expect(try judge { $0.replicas[0].readySeconds = 700 } == ["recovery.restart"])
  }

  @Test("a bound above its figure, and an outcome that its bounds do not bear, are refused")
  func figures() throws {
    #expect(try judge { $0.unprotected.lowerBound = 1 } == ["recovery.figure"])
    #expect(try judge { $0.linkTraffic.lowerBound = 0 } == ["recovery.figure"])
  }

  @Test("the plan of another inventory is refused")
  func stamp() throws {
    #expect(try judge { $0.inventory.sha256 = "0" } == ["recovery.document"])
  }
}
