import StowageModel
import StowageVerification
import Testing

/// Waves as a request asks for them, kept and broken. Each VM of 8 GiB moves in about 8 s.
@Suite("Waves in a plan")
struct WaveCheckTests {
  private func judged(
    _ policy: WavePolicy, _ moves: [(MoveSketch, wave: Int)], start: Instant? = nil,
    change: (inout Inventory) -> Void = { _ in }
  ) -> PlanVerdict {
    var inventory = Inventory(
      hosts: Inventory.hosts(6),
      vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2"), .idle("c", gib: 8, on: "h3")])
    change(&inventory)
    var builder = PlanBuilder(inventory)
    builder.options.waves = policy
    builder.options.start = start
    var plan = builder.plan(moves.map(\.0))
    for (index, move) in moves.enumerated() { plan.moves[index].wave = move.wave }
    plan.schedule.lowerBoundSeconds +=
      Double(Set(moves.map(\.wave)).count - 1) * policy.validationSeconds
    return judge(plan, inventory)
  }

  private func sentences(_ verdict: PlanVerdict) -> [String] {
    verdict.findings.filter { $0.code.rawValue == "verify.wave" }.map(\.message)
  }

  private let a = MoveSketch("a", to: "h4")
  private let b = MoveSketch("b", to: "h5")

  @Test("waves after each other's gates are accepted")
  func kept() {
    let late = MoveSketch("b", to: "h5", at: 100)
    let verdict = judged(WavePolicy(mostVMs: 1, validationSeconds: 60), [(a, 1), (late, 2)])
    #expect(verdict.findings.isEmpty, "\(verdict.findings)")
  }

  @Test("a move before the gate of the wave before is found, with both instants")
  func beforeGate() {
    let early = MoveSketch("b", to: "h5", at: 50)
    let found = sentences(judged(WavePolicy(validationSeconds: 60), [(a, 1), (early, 2)]))
    #expect(found.count == 1 && found[0].contains("move m0002 starts at 50 s, before the gate of wave 1"))
  }

  @Test("a wave too large, a pilot too large and a gap in the numbers are found")
  func sizes() {
    #expect(
      sentences(judged(WavePolicy(mostVMs: 1), [(a, 1), (b, 1)])) == [
        "at 0 s wave 1 moves 2 VMs, and may move 1"
      ])
    #expect(sentences(judged(WavePolicy(pilotVMs: 1), [(a, 1), (b, 1)])).count == 1)
    let gap = sentences(judged(WavePolicy(), [(a, 2)]))
    #expect(gap == ["waves are numbered 2, and must be 1, 2, 3 and so on"])
  }

  @Test(
    "a move group in two waves is found: of an application, an affinity, a together, and over all of them")
  func split() {
    let late = MoveSketch("b", to: "h5", at: 100)
    func found(_ change: (inout Inventory) -> Void) -> [String] {
      sentences(judged(WavePolicy(), [(a, 1), (late, 2)], change: change))
    }
    #expect(found { _ in } == [])
    let words = "at 100 s VMs a and b are of one move group, and move in waves 1 and 2"
    #expect(
      found {
        $0.vms[0].app = "erp"
        $0.vms[1].app = "erp"
      } == [words])
    #expect(found { $0.rules = [Rule(id: "r", .together(Together(vms: Selection(["a", "b"]))))] } == [words])
    #expect(
      found {
        $0.vms[0].app = "erp"
        $0.vms[2].app = "erp"
        $0.rules = [Rule(id: "r", .affinity(Affinity(vms: Selection(["c", "b"]), scope: .site)))]
      } == [words])
  }

  @Test("a pair that must not fail together in one wave is found, save where a move group ties it")
  func atStake() {
    let pair = Rule(id: "ha", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]))))
    let found = sentences(judged(WavePolicy(), [(a, 1), (b, 1)]) { $0.rules = [pair] })
    #expect(found == ["at 0 s wave 1 moves 2 members of anti-affinity ha, and may move 1"])
    let tied = sentences(
      judged(WavePolicy(), [(a, 1), (b, 1)]) {
        $0.rules = [pair]
        for index in 0...1 { $0.vms[index].app = "db" }
      })
    #expect(tied == [])
  }

  /// The plan starts at midnight; the window is 00:00 to 00:05.
  @Test("a wave lies within the hours of its VMs with validation and rollback")
  func hours() {
    let window = Rule(
      id: "night",
      .window(MoveWindow(vms: Selection(["a"]), hours: .weekly(WeeklyHours(from: 0, to: 5)))))
    func found(_ policy: WavePolicy) -> [String] {
      sentences(judged(policy, [(a, 1)], start: Instant(secondsSince1970: 0)) { $0.rules = [window] })
    }
    #expect(found(WavePolicy(validationSeconds: 200)) == [])
    #expect(found(WavePolicy(validationSeconds: 295)).count == 1)
    #expect(found(WavePolicy(validationSeconds: 200, rollbackSeconds: 100)).count == 1)
  }
}
