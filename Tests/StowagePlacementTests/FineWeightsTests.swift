import GLPKBackend
import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Weights for very many sizes")
struct FineWeightsTests {
  /// Hosts of 64 vCPUs and 128 GiB about four fifths full, each VM of its own size; some are drained. With `stopped` each
  /// has one more that is off and asks for nothing.
  private func task(
    seed: UInt64, hosts count: Int = 12, drained: [Host.ID] = ["h0"], stopped: Bool = false
  ) -> PlacementTask {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    var vms: [VM] = []
    for host in 0..<count {
      var (cpu, memory) = (0.0, 0.0)
      for _ in 0..<30 where max(cpu / 64, memory / 131_072) < 0.82 {
        let size = (1 + Double(random.below(15_001)) / 1000, Double(3_072 + random.below(27_649)))
        guard cpu + size.0 <= 64, memory + size.1 <= 131_072 else { continue }
        (cpu, memory) = (cpu + size.0, memory + size.1)
        vms.append(
          VM(id: VM.ID("v\(vms.count)"), vCPUs: size.0, memoryMiB: size.1, host: Host.ID("h\(host)")))
      }
      guard stopped else { continue }
      var off = VM(id: VM.ID("off\(host)"), vCPUs: 2, memoryMiB: 4096, host: Host.ID("h\(host)"))
      off.powerState = .off
      vms.append(off)
    }
    let hosts = (0..<count).map { Host(id: Host.ID("h\($0)"), cores: 64, memoryMiB: 131_072) }
    let fleet = Fleet(
      Inventory(hosts: hosts, vms: vms), options: PlanOptions(hosts: drained))
    return PlacementTask(
      fleet, goal: .evacuate, overloads: .mended, solver: GLPKSolver(),
      options: PlacementOptions(isDeterministic: true), canTravel: nil)
  }

  private func moves(_ bound: Int?) -> Double { Double(bound ?? 0) / Double(ChangePricing.scale) }

  @Test(
    "prove about what weights of their own from nothing do, and no more",
    arguments: [(1, false), (2, false), (3, true), (4, true)])
  func agrees(seed: UInt64, stopped: Bool) throws {
    let task = task(seed: seed, stopped: stopped)
    let rooms = MoveRooms(task.fleet, mendsOverloads: false)
    let outline = ChangeModel(rooms, classLimit: 2500)
    #expect(!outline.grid.isExact)
    let whole = try ChangeMaster(outline, solver: task.solver, workers: task.workers)
    whole.pricing.fillsExactly = true
    _ = try whole.generate(rounds: 400, stopwatch: .unlimited) { _ in false }
    let best = whole.value
    // Five hosts are like eleven from afar only.
    for (groupSize, part) in [(20, 0.9), (5, 0.7)] {
      var fine = FineWeights(task: task, outline: outline)
      fine.wholeSize = 10
      fine.groupSize = groupSize
      let master = try fine.master()
      let proved = moves(master.bound)
      #expect(proved <= best + 1e-6)
      #expect(proved.rounded(.up) >= (part * best).rounded(.up), "\(proved) of \(best)")
      let checked = try #require(
        master.boundWeights.flatMap {
          MoveWeights(outline, weights: $0, rooms: rooms, workers: task.workers)
        })
      #expect(Double(checked.moves) >= proved)
      #expect(Double(checked.moves) <= (best - 1e-6).rounded(.up))
    }
  }

  /// What fills six hosts to four fifths is more than four hold.
  @Test("stand in or are at their walls where room is lacking", arguments: [20, 2])
  func lacking(groupSize: Int) throws {
    let task = task(seed: 1, hosts: 6, drained: ["h0", "h3"])
    let outline = ChangeModel(MoveRooms(task.fleet, mendsOverloads: false), classLimit: 2500)
    var fine = FineWeights(task: task, outline: outline)
    fine.wholeSize = 3
    fine.groupSize = groupSize
    let master = try fine.master()
    #expect(master.isStandingIn || master.isAtWall)
  }

  /// Thirty thousand of the small ones fill a host: with weights of fifty moves each they are worth more than 32 bits hold.
  @Test("weights of which a table could not hold a room full are cut, and prove what is left of them")
  func heavy() throws {
    let hosts = (0..<3).map { Host(id: Host.ID("h\($0)"), cores: 1, memoryMiB: 65_000) }
    let vms = (0..<4).map {
      VM(id: VM.ID("v\($0)"), vCPUs: $0 == 0 ? 1 : 0, memoryMiB: 2, host: "h0")
    }
    let fleet = Fleet(Inventory(hosts: hosts, vms: vms), options: PlanOptions(hosts: ["h0"]))
    let model = ChangeModel(MoveRooms(fleet, mendsOverloads: false), classLimit: 2500)
    let pricing = ChangePricing(model)
    let tables = pricing.tables(model.classes.map { _ in 50 * ChangePricing.scale })
    let most = tables.tables.map { $0.best(model.grid.size) }.max()
    #expect(try #require(most) > 1_000_000_000)
    let offers = pricing.offers(Array(model.hosts.indices), tables, wantsChanges: true, Workers(1))
    #expect(offers.contains { !$0.changes.isEmpty })
    #expect(try #require(pricing.bound(tables.weights, offers)) <= 4 * ChangePricing.scale)
  }

  @Test("a corridor holds weights until it is laid anew")
  func corridor() throws {
    let task = task(seed: 5)
    let outline = ChangeModel(MoveRooms(task.fleet, mendsOverloads: false), classLimit: 2500)
    let centre = outline.classes.map { _ in ChangePricing.scale }
    let radius = ChangePricing.scale / 10
    let master = try ChangeMaster(
      outline, solver: task.solver, near: WeightCorridor(centre: centre, radius: radius),
      workers: task.workers)
    master.pricing.fillsExactly = true
    var steps = 0
    _ = try master.generate(rounds: 100, stopwatch: .unlimited) { relaxed in
      steps += 1
      // Rounded down from duals within the corridor.
      #expect(relaxed.weights.allSatisfy { abs($0 - ChangePricing.scale) <= radius + 1 })
      return false
    }
    #expect(steps > 1)
    #expect(master.isAtWall)
    let before = try #require(master.bound)
    for _ in 0..<5 {
      master.centreCorridor()
      _ = try master.generate(rounds: 100, stopwatch: .unlimited) { _ in false }
    }
    #expect(try #require(master.bound) > before)
  }
}

@Suite("Undominated elements")
struct UndominatedTests {
  private struct Piece: Hashable {
    let size: RoomCells
    let worth: Int
    let tag: Int

    static func == (left: Self, right: Self) -> Bool { left.tag == right.tag }
    func hash(into hasher: inout Hasher) { hasher.combine(tag) }
  }

  @Test("are those that comparing all with all leaves", arguments: UInt64(1)...40)
  func agrees(seed: UInt64) {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let pieces = (0..<25).map { tag in
      Piece(
        size: RoomCells(a: random.below(5), b: random.below(5), c: random.below(2)),
        worth: random.below(seed % 2 == 0 ? 3 : 12), tag: tag)
    }
    let expected = pieces.filter { piece in
      !pieces.contains { other in
        guard other != piece, other.worth >= piece.worth, other.size.fits(piece.size) else { return false }
        return other.worth > piece.worth || other.size != piece.size || other.tag < piece.tag
      }
    }
    #expect(pieces.undominated(isNoLarger: { $0.size.fits($1.size) }, worth: \.worth) == expected)
  }
}
