import StowageModel
import StowageVerification
import Testing

@Suite("Values, bounds and the outcome")
struct ClaimTests {
  /// Three hosts of 64 GiB with 40, 30 and 20 GiB on them: 90 GiB need two hosts.
  private let inventory = Inventory(
    hosts: Inventory.hosts(3),
    vms: [.idle("a", gib: 40, on: "h1"), .idle("b", gib: 30, on: "h2"), .idle("c", gib: 20, on: "h3")])

  private func codes(
    _ objectives: [Objective], of inventory: Inventory? = nil, goal: Goal = .consolidate,
    moves: [MoveSketch] = [MoveSketch("c", to: "h1")], outcome: Plan.Outcome = .feasible
  ) -> [String] {
    let inventory = inventory ?? self.inventory
    var builder = PlanBuilder(inventory)
    builder.goal = goal
    var plan = builder.plan(moves)
    plan.objectives = objectives
    plan.outcome = outcome
    return judge(plan, inventory).codes
  }

  private func hostsOn(_ bound: Double?, _ proof: Objective.Proof?) -> [Objective] {
    [Objective(.hostsOn, value: 2, lowerBound: bound, proof: proof)]
  }

  // MARK: Values

  @Test("values are what inventory, placement and moves make them")
  func values() {
    let right: [(Objective.Name, Double)] = [
      (.brokenRules, 0), (.hostsOn, 2), (.moves, 1), (.movedMiB, 20480), (.maxUtilisation, 0.9375),
      (.unbalance, 0.9375),
    ]
    for (name, value) in right {
      #expect(codes([Objective(name, value: value)]) == [], "\(name)")
      #expect(codes([Objective(name, value: value + 0.00001)]) == ["verify.objective"], "\(name)")
      #expect(codes([Objective(name, value: .nan)]) == ["verify.objective"], "\(name)")
    }
  }

  @Test("the spread of utilisation is the root mean square over resources of their standard deviations")
  func standardDeviation() {
    // Memory 60/64, 30/64, 0: mean 30/64, deviation 0.382733. CPU 2/16, 1/16, 0: 0.051031.
    // Root mean square: 0.273028.
    #expect(codes([Objective(.utilisationStandardDeviation, value: 0.273028)]) == [])
    #expect(codes([Objective(.utilisationStandardDeviation, value: 0.27303)]) == ["verify.objective"])
  }

  @Test("costs are summed over hosts that are on, when all are known")
  func costs() {
    var inventory = inventory
    for host in inventory.hosts.indices { inventory.hosts[host].costPerMonth = 100 }
    #expect(codes([Objective(.costPerMonth, value: 200)], of: inventory) == [])
    #expect(codes([Objective(.costPerMonth, value: 300)], of: inventory) == ["verify.objective"])
  }

  /// Idle 100 W, peak 260 W: two hosts on, with 2 and 1 of 16 cores in use, draw 200 + 20 + 10 W.
  @Test("power is the idle power of hosts that are on, and the rest by the use of their CPU")
  func power() {
    var inventory = inventory
    for host in inventory.hosts.indices {
      inventory.hosts[host].powerIdleWatts = 100
      inventory.hosts[host].powerPeakWatts = 260
    }
    #expect(codes([Objective(.powerWatts, value: 230)], of: inventory) == [])
    #expect(codes([Objective(.powerWatts, value: 229)], of: inventory) == ["verify.objective"])

    // 3 cores draw 30 W wherever they are. 1.4 µW for a KiB: 90 GiB are worth 132.120576 W, and a host of 64 GiB
    // takes off less than its 100 W.
    func bound(_ value: Double, price: Int64? = 1_400_000) -> [String] {
      var plan = PlanBuilder(inventory).plan([MoveSketch("c", to: "h1")])
      plan.objectives = [Objective(.powerWatts, value: 230, lowerBound: value, proof: .hostPrices)]
      plan.certificate = price.map { price in
        let prices = Certificate.RoomPrices(hosts: ["h1", "h2", "h3"], perUnit: [.memory: price])
        return Certificate(hostPrices: .init(groups: [prices]))
      }
      return judge(plan, inventory).codes
    }
    #expect(bound(162.120576) == [])
    #expect(bound(162.13) == ["verify.bound"])
    #expect(bound(162.120576, price: 1_400_100) == ["verify.bound"])
    #expect(bound(162.120576, price: -1_400_000) == ["verify.bound"])
    #expect(bound(162.120576, price: nil) == ["verify.bound"])
    // 1.6 µW for a KiB: each of three hosts takes off 7.374182 W more than it draws.
    #expect(bound(158.872399, price: 1_600_000) == [])
  }

  @Test("an objective is listed once")
  func listedTwice() {
    #expect(codes([Objective(.hostsOn, value: 2), Objective(.hostsOn, value: 2)]) == ["verify.objective"])
  }

  // MARK: Bounds

  @Test("a bound lies at or below its value and comes with a proof")
  func bounds() {
    #expect(codes(hostsOn(3, .branchAndBound)) == ["verify.bound"])
    #expect(codes(hostsOn(2, nil)) == ["verify.bound"])
    #expect(codes(hostsOn(nil, .mix)) == ["verify.bound"])
    #expect(codes(hostsOn(.nan, .mix)) == ["verify.bound"])
  }

  @Test("a proof speaks of its own quantities only")
  func unfit() {
    #expect(codes(hostsOn(0, .meanLoad)) == ["verify.bound"])
    #expect(codes([Objective(.moves, value: 1, lowerBound: 0, proof: .mix)]) == ["verify.bound"])
  }

  @Test("trivial proves 0, and nothing else")
  func trivial() {
    #expect(codes(hostsOn(0, .trivial)) == [])
    #expect(codes(hostsOn(1, .trivial)) == ["verify.bound"])
  }

  @Test(
    "volume and mix prove two hosts for 90 of 64 GiB, no more and no less",
    arguments: [Objective.Proof.volume, .mix])
  func volume(_ proof: Objective.Proof) {
    #expect(codes(hostsOn(2, proof)) == [])
    #expect(codes(hostsOn(1, proof)) == ["verify.bound"])
  }

  @Test("the mix looks at all resources at once where volume looks at one after the other")
  func mixBeatsVolume() {
    // h1 has memory, h2 has cores; each alone suffices for its resource, but never for both.
    var hosts = Inventory.hosts(2)
    hosts[0].cores = 4
    hosts[1].memoryMiB = 4096
    hosts[1].cores = 64
    let inventory = Inventory(
      hosts: hosts, vms: [.idle("a", gib: 32, on: "h1", vCPUs: 2), .idle("b", gib: 1, on: "h2", vCPUs: 32)])
    #expect(codes(hostsOn(1, .volume), of: inventory, moves: []) == [])
    #expect(codes(hostsOn(2, .mix), of: inventory, moves: []) == [])
    #expect(codes(hostsOn(2, .volume), of: inventory, moves: []) == ["verify.bound"])
  }

  @Test("parts are counted each by itself, with what a failover keeps")
  func parts() {
    var divided = Inventory(
      hosts: Inventory.hosts(6), vms: (1...6).map { .idle(VM.ID("v\($0)"), gib: 20, on: Host.ID("h\($0)")) })
    for index in 0..<6 {
      divided.hosts[index].cluster = index < 3 ? "a" : "b"
      divided.hosts[index].labels = ["cluster": index < 3 ? "a" : "b"]
      divided.vms[index].labels = divided.hosts[index].labels
    }
    divided.rules = ["a", "b"].map { name in
      let own = Selection(labels: ["cluster": name])
      return Rule(id: Rule.ID(name), .onlyOn(OnlyOn(vms: own, hosts: own)))
    }
    func claim(_ bound: Double) -> [Objective] {
      [Objective(.hostsOn, value: 6, lowerBound: bound, proof: .parts)]
    }
    // 60 of 64 GiB in either cluster: a host each, and one more where a host may fail.
    #expect(codes(claim(2), of: divided, moves: []) == [])
    #expect(codes(claim(3), of: divided, moves: []) == ["verify.bound"])
    divided.rules.append(Rule(id: "n", .failover(Failover(hosts: Selection(["h1"])))))
    #expect(codes(claim(3), of: divided, moves: []) == [])
    #expect(codes(claim(2), of: divided, moves: []) == ["verify.bound"])
  }

  @Test("hosts of VMs that cannot move stay on in the mix", arguments: [Objective.Proof.volume, .mix])
  func kept(_ proof: Objective.Proof) {
    var inventory = inventory
    for vm in inventory.vms.indices { inventory.vms[vm].memoryMiB = 1024 }
    inventory.vms[0].isMovable = false
    inventory.vms[1].blockers = [.usb]
    #expect(codes(hostsOn(2, proof), of: inventory) == [])
    #expect(codes(hostsOn(1, proof), of: inventory) == ["verify.bound"])
  }

  @Test("a host overloaded at the start has room for what it held; one in maintenance for no more")
  func rooms() {
    // 72 GiB on h1 of 64, 8 GiB on h2: one host may hold 72, so 80 GiB need two.
    var inventory = Inventory(
      hosts: Inventory.hosts(2), vms: [.idle("a", gib: 72, on: "h1"), .idle("b", gib: 1, on: "h2")])
    #expect(codes(hostsOn(2, .mix), of: inventory, moves: []) == [])
    inventory.vms[1].memoryMiB = 0
    inventory.vms[1].vCPUs = 0
    #expect(codes(hostsOn(1, .mix), of: inventory, moves: []) == [])
    // h3 has the most memory but is in maintenance.
    var hosts = Inventory.hosts(3)
    hosts[2].memoryMiB = 1_048_576
    hosts[2].isInMaintenance = true
    let held = Inventory(
      hosts: hosts,
      vms: [.idle("a", gib: 60, on: "h1"), .idle("b", gib: 60, on: "h2"), .idle("c", gib: 1, on: "h3")])
    #expect(codes([Objective(.hostsOn, value: 3, lowerBound: 2, proof: .mix)], of: held, moves: []) == [])
  }

  @Test("what must move does: VMs of drained hosts and of forbidden ones, each once")
  func mustMove() {
    var inventory = inventory
    inventory.rules = [
      Rule(id: "off", .neverOn(NeverOn(vms: Selection(["b", "c"]), hosts: Selection(["h2", "h3"])))),
      Rule(id: "drain", .drain(Drain(hosts: Selection(["h3"])))),
    ]
    let moves = [MoveSketch("c", to: "h1")]
    func bound(_ value: Double) -> [String] {
      codes(
        [Objective(.movedMiB, value: 20480, lowerBound: value, proof: .mustMove)], of: inventory,
        goal: .evacuate,
        moves: moves
      )
      .filter { $0 == "verify.bound" }
    }
    #expect(bound(50 * 1024) == ["verify.bound"])  // above the value, though what the proof gives
    #expect(bound(20 * 1024) == ["verify.bound"])
    let both = [MoveSketch("c", to: "h1"), MoveSketch("b", to: "h1")]
    #expect(
      !codes(
        [Objective(.moves, value: 2, lowerBound: 2, proof: .mustMove)], of: inventory, goal: .evacuate,
        moves: both
      )
      .contains("verify.bound"))
  }

  @Test("when two of three hosts stay on, the VMs of the lightest move at the least")
  func mustMoveGivenHosts() {
    let on = Objective(.hostsOn, value: 2)
    #expect(codes([on, Objective(.movedMiB, value: 20480, lowerBound: 20480, proof: .mustMove)]) == [])
    #expect(codes([Objective(.movedMiB, value: 20480, lowerBound: 0, proof: .mustMove)]) == [])
    #expect(codes([on, Objective(.moves, value: 1, lowerBound: 0, proof: .mustMove)]) == ["verify.bound"])
  }

  /// At 500,000 billionths of a MiB for a KiB all room of a host is worth 33,554.432 MiB, and all VMs pay 47,185.92
  /// MiB anywhere. A host at 64,274.432 MiB pays off where more than 30 GiB stay: 10 GiB on h1. Two hosts keep
  /// 2 × 64,274.432 − 47,185.92 + 10,240 MiB of 92,160 at the most.
  @Test("at prices for room two hosts keep no more than their memory is worth")
  func keepPrices() {
    func bound(
      _ value: Double, price: Int64 = 500_000, host: Int64 = 64_274_432_000_000,
      hosts: [Host.ID] = ["h1", "h2", "h3"], hostsOn: Double? = 2
    ) -> [String] {
      var plan = PlanBuilder(inventory).plan([MoveSketch("c", to: "h1")])
      plan.objectives = hostsOn.map { [Objective(.hostsOn, value: $0)] } ?? []
      plan.objectives.append(Objective(.movedMiB, value: 20480, lowerBound: value, proof: .keepPrices))
      plan.certificate = Certificate(
        keepPrices: .init(
          hostBillionths: host, groups: [.init(hosts: hosts, perUnit: [.memory: price])]))
      return judge(plan, inventory).codes
    }
    #expect(bound(557.056) == [])
    #expect(bound(557.057) == ["verify.bound"])
    #expect(bound(557.056, price: 499_999) == ["verify.bound"])
    #expect(bound(557.056, host: 64_274_432_000_010) == ["verify.bound"])
    // With nothing for room and 30 GiB for a host it is what the lightest host holds.
    #expect(bound(20480, price: 0, host: 30_720_000_000_000) == [])
    #expect(bound(557.056, price: -500_000) == ["verify.bound"])
    #expect(bound(557.056, host: -1) == ["verify.bound"])
    #expect(bound(557.056, hosts: ["h1", "h2"]) == ["verify.bound"])
    #expect(bound(557.056, hosts: ["h1", "h2", "h3", "h3"]) == ["verify.bound"])
    #expect(bound(557.056, hosts: ["h1", "h2", "h3", "h4"]) == ["verify.bound"])
    #expect(bound(557.056, hostsOn: nil) == ["verify.bound"])
    // Prices beyond all reason prove nothing, and do no harm.
    #expect(bound(0, price: .max, host: .max) == [])
    #expect(bound(1, price: .max, host: .max) == ["verify.bound"])
  }

  @Test("no placement has a lower maximum than the mean: 90 of 192 GiB")
  func meanLoad() {
    func bound(_ value: Double) -> [String] {
      codes(
        [Objective(.maxUtilisation, value: 0.9375, lowerBound: value, proof: .meanLoad)], goal: .balance)
    }
    #expect(bound(0.46875) == [])
    #expect(bound(0.46874) == ["verify.bound"])
    #expect(bound(0.46876) == ["verify.bound"])
  }

  @Test("one move takes the fullest host down to nothing, and the second fullest is left")
  func counting() {
    func bound(_ value: Double, maxMoves: Int?) -> [String] {
      var builder = PlanBuilder(inventory)
      builder.goal = .balance
      builder.options = PlanOptions(maxMoves: maxMoves)
      var plan = builder.plan([MoveSketch("c", to: "h1")])
      plan.objectives = [Objective(.maxUtilisation, value: 0.9375, lowerBound: value, proof: .counting)]
      return judge(plan, inventory).codes
    }
    #expect(bound(0.46875, maxMoves: 1) == [])
    #expect(bound(0.625, maxMoves: 1) == ["verify.bound"])
    #expect(bound(0.3125, maxMoves: 2) == [])
    #expect(bound(0.46875, maxMoves: nil) == ["verify.bound"])
  }

  /// Four VMs of 10 GiB on the first of two hosts of 64 GiB and 16 cores. One goes: 30 and 10 GiB, 3 and 1 vCPUs deviate by 10 GiB and
  /// by 1 core, and no other move leaves less.
  private func judgedLevelling(
    _ objective: Objective, _ edit: (inout PlanOptions) -> Void = { _ in }, moves: Int = 1
  ) -> [String] {
    let inventory = Inventory(
      hosts: Inventory.hosts(2), vms: ["a", "b", "c", "d"].map { .idle($0, gib: 10, on: "h1") })
    var builder = PlanBuilder(inventory)
    builder.goal = .balance
    builder.options = PlanOptions()
    edit(&builder.options)
    var plan = builder.plan(["a", "b"].prefix(moves).map { MoveSketch($0, to: "h2") })
    plan.objectives = [objective]
    return judge(plan, inventory).codes
  }

  @Test("the spread of load adds up the deviations of all resources by physical size")
  func loadSpread() {
    #expect(judgedLevelling(Objective(.loadSpread, value: 0.21875)) == [])
    #expect(judgedLevelling(Objective(.loadSpread, value: 0.21876)) == ["verify.objective"])
    // Four vCPUs to a core leave cores what they are.
    let overcommitted = judgedLevelling(Objective(.loadSpread, value: 0.21875)) {
      $0.sizing.defaultCPUOvercommitRatio = 4
    }
    #expect(overcommitted == [])
  }

  @Test("one move brings each host one VM nearer to the mean, and no nearer")
  func evening() {
    func bound(_ name: Objective.Name, _ value: Double, _ bound: Double, maxMoves: Int? = 1) -> [String] {
      judgedLevelling(Objective(name, value: value, lowerBound: bound, proof: .evening)) {
        $0.maxMoves = maxMoves
      }
    }
    #expect(bound(.loadSpread, 0.21875, 0.21875) == [])
    #expect(bound(.loadSpread, 0.21875, 0.2187) == ["verify.bound"])
    #expect(bound(.loadSpread, 0.21875, 0, maxMoves: 2) == [])
    #expect(bound(.loadSpread, 0.21875, 0.21875, maxMoves: nil) == ["verify.bound"])
    #expect(bound(.utilisationStandardDeviation, 0.118996, 0.118996) == [])
    #expect(bound(.utilisationStandardDeviation, 0.118996, 0.118) == ["verify.bound"])
    #expect(bound(.unbalance, 0.3125, 0.3125) == ["verify.bound"])
  }

  /// 40 of 64 GiB are 62.5 %: one VM must leave for 50 %, two for 40 %.
  @Test("what is above targets is counted, and who must leave for them")
  func targets() {
    func excess(_ value: Double, memory: Double, moves: Int = 1) -> [String] {
      judgedLevelling(
        Objective(.targetExcess, value: value), { $0.targetPercent = [.memory: memory] }, moves: moves)
    }
    #expect(excess(0, memory: 50) == [])
    #expect(excess(0.06875, memory: 40) == [])
    #expect(excess(0, memory: 40) == ["verify.objective"])
    #expect(excess(0, memory: 0) == ["verify.objective", "verify.option"])
    func holds(_ bound: Double, memory: Double, moves: Int) -> Bool {
      !judgedLevelling(
        Objective(.moves, value: Double(moves), lowerBound: bound, proof: .counting),
        { if memory > 0 { $0.targetPercent = [.memory: memory] } }, moves: moves
      ).contains("verify.bound")
    }
    #expect(holds(1, memory: 50, moves: 1))
    #expect(!holds(0, memory: 50, moves: 1))
    // 32 of 40 GiB fit under 25 % of two hosts of 64; 8 GiB more are an eighth of one.
    func misses(_ bound: Double, memory: Double = 25, proof: Objective.Proof = .meanLoad) -> [String] {
      judgedLevelling(
        Objective(.targetExcess, value: memory == 25 ? 0.21875 : 0.22875, lowerBound: bound, proof: proof),
        { $0.targetPercent = [.memory: memory] })
    }
    #expect(misses(0.125) == [])
    #expect(misses(0.12499) == ["verify.bound"])
    #expect(misses(0.125, proof: .counting) == ["verify.bound"])
    #expect(misses(0.125, memory: 24) == ["verify.bound"])
    #expect(misses(0.145, memory: 24) == [])
    #expect(holds(2, memory: 40, moves: 2))
    #expect(!holds(1, memory: 40, moves: 2))
    // A target that is missed, or none, proves nothing.
    #expect(!holds(1, memory: 40, moves: 1))
    #expect(!holds(1, memory: 0, moves: 1))
  }

  /// At half of each host, 32 GiB, nobody has room for a: it cannot be below 40 of 64 GiB anywhere.
  @Test("weights show that no allowed moves bring every host under a level")
  func levelWeights() {
    func codes(
      _ bound: Double, maxMoves: Int? = 1, level: Int = 500_000, weight: Int = 2, total: Int = 2,
      hasCertificate: Bool = true, third: [Resource] = []
    ) -> [String] {
      var builder = PlanBuilder(inventory)
      builder.goal = .balance
      builder.options = PlanOptions(maxMoves: maxMoves)
      var plan = builder.plan([MoveSketch("c", to: "h1")])
      plan.objectives = [Objective(.maxUtilisation, value: 0.9375, lowerBound: bound, proof: .levelWeights)]
      let weights = Certificate.MoveWeights(
        scale: 1, resources: [.cpu, .memory] + third,
        cells: [1 << 40, 1 << 20] + third.map { _ in 1 << 40 },
        sizes: [.init(amounts: [0, 40 << 20] + third.map { _ in 0 }, weight: weight)], total: total)
      plan.certificate =
        hasCertificate ? Certificate(levelWeights: .init(millionths: level, weights: weights)) : nil
      return judge(plan, inventory).codes
    }
    #expect(codes(0.625) == [])
    #expect(codes(0.624) == ["verify.bound"])
    #expect(codes(0.626) == ["verify.bound"])
    #expect(codes(0.625, maxMoves: 2) == ["verify.bound"])
    #expect(codes(0.625, maxMoves: 2, weight: 3, total: 3) == [])
    #expect(codes(0.625, maxMoves: nil) == ["verify.bound"])
    #expect(codes(0.625, weight: 3) == ["verify.bound"])
    #expect(codes(0.625, hasCertificate: false) == ["verify.bound"])
    // In three resources as in two, but not in one resource twice or in four.
    #expect(codes(0.625, third: [.network]) == [])
    #expect(codes(0.626, third: [.network]) == ["verify.bound"])
    #expect(codes(0.625, third: [.cpu]) == ["verify.bound"])
    #expect(codes(0.625, third: [.network, .gpus]) == ["verify.bound"])
    // With 48 GiB allowed nobody has to move.
    #expect(codes(0.78125, level: 750_000, total: 0) == ["verify.bound"])
    for level in [-1, Int.min, Int.max] { #expect(codes(0.625, level: level) != []) }
  }

  @Test("the word of a solver is taken and said to be so")
  func onTrust() throws {
    var plan = PlanBuilder(inventory).plan([MoveSketch("c", to: "h1")])
    plan.objectives = hostsOn(2, .branchAndBound)
    let verdict = judge(plan, inventory)
    #expect(verdict.findings == [])
    #expect(verdict.facts.bounds.map(\.isRecomputed) == [false])
    plan.objectives = hostsOn(2, .mix)
    #expect(judge(plan, inventory).facts.bounds.map(\.isRecomputed) == [true])
  }

  // MARK: Outcome

  private func proved(_ moved: Double?) -> [Objective] {
    [
      Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial),
      Objective(.hostsOn, value: 2, lowerBound: 2, proof: .mix),
      Objective(.movedMiB, value: 20480, lowerBound: moved, proof: moved.map { _ in .branchAndBound }),
    ]
  }

  @Test("a plan is optimal exactly when every bound equals its value")
  func outcome() {
    #expect(codes(proved(20480), outcome: .optimal) == [])
    #expect(codes(proved(20479), outcome: .optimal) == ["verify.outcome"])
    #expect(codes(proved(nil), outcome: .optimal) == ["verify.outcome"])
    #expect(codes(proved(20479), outcome: .feasible) == [])
    #expect(codes(proved(20480), outcome: .feasible) == ["verify.outcome"])
  }

  @Test("an optimal plan leaves no objective of its goal out")
  func lacks() {
    #expect(codes(proved(20480).dropLast().map(\.self), outcome: .optimal) == ["verify.outcome"])
    #expect(codes([], outcome: .optimal) == ["verify.outcome"])
    #expect(codes([], outcome: .feasible) == [])
  }
}
