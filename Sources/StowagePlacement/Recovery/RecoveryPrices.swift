import LinearOptimization
import StowageCosts
import StowageFleet
import StowageModel

/// Prices for what copies need, by which anybody can see how many VMs no plan can protect, or how much data no plan spares links.
///
/// Given any prices that are not below zero, a VM that has a copy pays for the room, space and channels that it takes, at the least on
/// its cheapest host; a VM that has none counts as one. All that can be taken is worth no more than there is of it. So no plan leaves
/// out fewer VMs than *Σ min(1, cheapest) − Σ price × amount*, and no plan that protects all sends less over links than
/// *Σ cheapest − Σ price × amount*, the data that a copy puts on links being counted in its cheapest (weak duality). The prices are the duals of the
/// relaxation with a place for each site.
struct RecoveryPrices {
  /// What is bounded.
  enum Figure {
    case unprotected
    /// Of plans that protect every VM which can be protected alone.
    case traffic
  }

  let prices: [RecoveryPlan.Price]
  /// The bound, for the VMs of the problem alone.
  let value: Double

  private typealias Table = [RecoveryPlan.Price.Limit: Double]

  init(_ problem: RecoveryProblem, _ figure: Figure, solver: any Solver) throws(SolverFailure) {
    let table = try Self.duals(problem, figure, solver)
    prices = table.map { RecoveryPlan.Price($0.key, perUnit: $0.value) }.sorted { Self.order($0, $1) }
    // In their order, so that the last digit is always the same.
    let worth = prices.reduce(0) { $0 + $1.perUnit * Self.amount($1.limit, problem) }
    let paid = problem.items.indices.reduce(0.0) { sum, item in
      let cheapest = Self.cheapest(item, problem, table, figure)
      return sum + (figure == .unprotected ? min(1, cheapest) : cheapest)
    }
    value = max(0, paid - worth)
  }

  // MARK: Prices

  private static func duals(
    _ problem: RecoveryProblem, _ figure: Figure, _ solver: any Solver
  ) throws(SolverFailure) -> Table {
    var program = RecoveryProgram(problem, grain: .site)
    switch figure {
    case .unprotected: program.minimizeCount()
    case .traffic: program.minimizeTrafficOfAll()
    }
    let session = try solver.makeSession(program.program)
    guard case .optimal(let solution) = try session.soundRelaxation() else { return [:] }
    var table: Table = [:]
    for (limit, entry) in program.rows {
      guard let dual = solution.dual(of: entry.row), -dual / entry.scale > 1e-12 else { continue }
      for key in keys(limit, program) { table[key] = min(table[key] ?? .infinity, -dual / entry.scale) }
    }
    return table
  }

  /// What a row of the program is in the words of a certificate; none for what has no price.
  private static func keys(
    _ limit: RecoveryLimit, _ program: RecoveryProgram
  ) -> [RecoveryPlan.Price.Limit] {
    let problem = program.problem
    switch limit {
    case .room(let place, let resource, let failing):
      return [.room(site: place, failing: failing, resource)]
    case .space(let name):
      guard let place = program.places.first(where: { $0.name == name }) else { return [] }
      let stores = Set(place.hosts.flatMap { problem.reach[$0] }).map { problem.stores[$0].id }
      return stores.contains(nil) ? [] : stores.compactMap { $0.map { .space(datastore: $0) } }
    case .channel(let channel): return [.channel(problem.fleet.network.channels[channel].name)]
    case .whole, .apart, .rule, .vendor, .rank: return []
    }
  }

  private static func order(_ left: RecoveryPlan.Price, _ right: RecoveryPlan.Price) -> Bool {
    words(left.limit).lexicographicallyPrecedes(words(right.limit))
  }

  private static func words(_ limit: RecoveryPlan.Price.Limit) -> [String] {
    switch limit {
    case .room(let site, let failing, let resource): ["0", site, failing, resource.rawValue]
    case .space(let store): ["1", store]
    case .channel(let name): ["2", name]
    }
  }

  // MARK: What they prove

  /// How much there is of something.
  private static func amount(_ limit: RecoveryPlan.Price.Limit, _ problem: RecoveryProblem) -> Double {
    switch limit {
    case .room(let site, _, let resource):
      return problem.siteOfHost.indices.reduce(0) { sum, host in
        guard problem.siteOfHost[host].map({ problem.sites[$0] }) == site,
          problem.fleet.targets.contains(host)
        else { return sum }
        return sum + Double(problem.free[host][resource])
      }
    case .space(let store):
      return problem.stores.first { $0.id == store }?.freeGiB ?? .infinity
    case .channel(let name):
      let channel = problem.fleet.network.channels.firstIndex { $0.name == name }
      return channel.flatMap { problem.payload[$0] } ?? .infinity
    }
  }

  private static func cheapest(
    _ index: Int, _ problem: RecoveryProblem, _ table: Table, _ figure: Figure
  ) -> Double {
    let item = problem.items[index]
    let rate = leastRate(item, problem)
    return item.candidates.map { host -> Double in
      let site = problem.siteOfHost[host].map { problem.sites[$0] } ?? ""
      let failing = problem.sites[item.site]
      let room = Resource.allCases.reduce(0.0) { sum, resource in
        sum + (table[.room(site: site, failing: failing, resource)] ?? 0) * Double(item.demand[resource])
      }
      let space =
        problem.reach[host].map { store in
          problem.stores[store].id.flatMap { table[.space(datastore: $0)] } ?? 0
        }.min() ?? 0
      let route = problem.route(index, to: host) ?? []
      let channels = route.reduce(0.0) { sum, channel in
        let own = figure == .traffic && problem.isLink(channel) ? 1.0 : 0
        return sum + own + (table[.channel(problem.fleet.network.channels[channel].name)] ?? 0)
      }
      return room + space * item.diskGiB + channels * rate
    }.min() ?? 0
  }

  private static func leastRate(_ item: RecoveryProblem.Item, _ problem: RecoveryProblem) -> Double {
    let vm = problem.fleet.vms[item.vm]
    let stream = ReplicationStream(
      vm, reduction: problem.terms.reduction, overhead: problem.terms.overhead)
    return stream.leastMiBPerSecond(objective: vm.rpoSeconds ?? problem.terms.defaultObjectiveSeconds)
  }
}
