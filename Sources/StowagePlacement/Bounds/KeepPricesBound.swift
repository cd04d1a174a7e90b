import LinearOptimization
import StowageFleet
import StowageModel

/// The least memory that moves while so many hosts are on, shown by prices for the room of hosts.
///
/// The prices are found by cutting planes: each look at ``KeepPrices`` bounds what any prices prove, a program
/// takes the best prices near the best ones so far, and the neighbourhood grows with success. What they
/// prove is then counted in whole billionths of a MiB, so that everybody comes to the same figure.
struct KeepPricesBound {
  let certificate: Certificate.KeepPrices
  /// In MiB.
  let movedMiB: Double
  /// What each host is worth while it is on, as a part of all memory: the memory that stays there, what room
  /// it offers to others, and no price of its own.
  let worth: [Double]

  /// `nil` where there is nothing to price.
  init?(_ fleet: Fleet, hostsOn: Int, solver: any Solver, _ stopwatch: Stopwatch) throws(SolverFailure) {
    guard let prices = KeepPrices(fleet, hostsOn: hostsOn) else { return nil }
    var search = KeepPricesSearch(prices, stopwatch)
    try search.run(solver)
    worth = search.bestValue.worth
    certificate = Self.certificate(prices, search.best)
    movedMiB = Self.movedMiB(certificate, prices)
  }

  private static func certificate(_ prices: KeepPrices, _ point: KeepPrices.Point) -> Certificate.KeepPrices {
    let scale = prices.totalMemory * Certificate.KeepPrices.scale
    func whole(_ price: Double) -> Int64 { Int64(max(0, min(9e15, (price * scale).rounded()))) }
    let groups = prices.groups.enumerated().compactMap { index, group -> Certificate.KeepPrices.Group? in
      var billionths: [Resource: Int64] = [:]
      for (axis, resource) in prices.resources.enumerated() {
        let share = point.room[index * prices.resources.count + axis]
        let price = whole(share / Double(prices.totalDemand[resource]))
        if price > 0 { billionths[resource] = price }
      }
      guard !billionths.isEmpty else { return nil }
      return .init(hosts: group.map { prices.fleet.hosts[$0].id }, billionths: billionths)
    }
    return Certificate.KeepPrices(hostBillionths: whole(point.host), groups: groups)
  }

  /// What the prices prove, to the last billionth.
  private static func movedMiB(_ certificate: Certificate.KeepPrices, _ prices: KeepPrices) -> Double {
    let fleet = prices.fleet
    var priceOfHost = [[Int128]](repeating: [], count: fleet.hosts.count)
    let listed = Dictionary(
      uniqueKeysWithValues: certificate.groups.flatMap { group in group.hosts.map { ($0, group.billionths) } }
    )
    for (host, entry) in fleet.hosts.enumerated() {
      let billionths = listed[entry.id] ?? [:]
      priceOfHost[host] = Resource.allCases.map { Int128(billionths[$0] ?? 0) }
    }
    func price(_ amounts: Amounts, _ host: Int) -> Int128 {
      Resource.allCases.reduce(0) { $0 + priceOfHost[host][$1.index] * Int128(amounts[$1]) }
    }
    let perHost = Int128(certificate.hostBillionths)
    var balance = fleet.hosts.indices.map { price(prices.room[$0], $0) - perHost }
    var least = Int128(0)
    for vm in fleet.vms.indices {
      let cheapest = prices.representatives(of: vm).map { price(fleet.demand[vm], $0) }.min() ?? 0
      let memory = fleet.vms[vm].memoryMiB * Certificate.KeepPrices.scale
      least += Int128(memory.rounded(.down)) + cheapest
      guard prices.isKeepable(vm) else { continue }
      let start = fleet.start[vm]
      balance[start] += max(0, Int128(memory.rounded(.up)) + cheapest - price(fleet.demand[vm], start))
    }
    least -= Int128(prices.hostsOn) * perHost
    for host in balance.indices { least -= prices.isForced[host] ? balance[host] : max(0, balance[host]) }
    return max(0, Double(least) / Certificate.KeepPrices.scale)
  }
}

/// Looks for the prices that prove most.
struct KeepPricesSearch {
  private let prices: KeepPrices
  private let stopwatch: Stopwatch
  private(set) var best: KeepPrices.Point
  private(set) var bestValue: KeepPrices.Value
  /// How far a price may be from the best so far.
  private var radius: Double

  /// Looks at prices. Chosen: fleets of 200 to 1000 hosts of three types took 20 to 40.
  private static let mostLooks = 200
  /// Ends when no prices nearby can prove this part of all memory more.
  private static let tolerance = 1e-5

  init(_ prices: KeepPrices, _ stopwatch: Stopwatch) {
    self.prices = prices
    self.stopwatch = stopwatch
    best = prices.origin
    bestValue = prices.value(at: best)
    radius = 0.25
  }

  /// - Given: what looks have shown, term by term, and the best prices so far.
  /// - Decides: the price of a host that is on, a price of all of each resource for each group, and at
  ///   least what each term is worth.
  /// - Minimises: the sum of the terms.
  /// - Subject to: the planes of all looks, and prices within the radius.
  /// - Reads back: the prices.
  mutating func run(_ solver: any Solver) throws(SolverFailure) {
    var program = LinearProgram()
    program.setSense(.minimize)
    // The price of a host is counted for all hosts on, which brings it to the size of the others.
    let hosts = Double(prices.hostsOn)
    let columns = ([best.host * hosts] + best.room).map { program.addContinuous(in: around($0)) }
    let terms = bestValue.terms.map { _ in program.addContinuous(in: .between(-100, 100), cost: 1) }
    let session = try solver.makeSession(program)
    addPlanes(session, columns, terms, best, bestValue)
    for _ in 0..<Self.mostLooks where !stopwatch.hasRunOut {
      let outcome: Outcome
      do throws(SolverFailure) {
        outcome = try session.solveRelaxation().outcome
      } catch {
        guard error.kind == .numerical else { throw error }
        return
      }
      guard case .optimal(let solution) = outcome else { return }
      let foreseen = bestValue.total - terms.reduce(0) { $0 + solution[$1] }
      guard foreseen > Self.tolerance else { return }
      let point = KeepPrices.Point(
        host: max(0, solution[columns[0]] / hosts), room: columns.dropFirst().map { max(0, solution[$0]) })
      let value = prices.value(at: point)
      addPlanes(session, columns, terms, point, value)
      let gained = bestValue.total - value.total
      if gained > 0 {
        best = point
        bestValue = value
      }
      if gained > 0.5 * foreseen { radius *= 2 } else if gained <= 0 { radius *= 0.7 }
      for (column, price) in zip(columns, [best.host * hosts] + best.room) {
        session.setBounds(of: column, to: around(price))
      }
    }
  }

  private func around(_ price: Double) -> Bounds { .between(max(0, price - radius), price + radius) }

  private func addPlanes(
    _ session: any LinearSession, _ columns: [LinearProgram.Column], _ terms: [LinearProgram.Column],
    _ point: KeepPrices.Point, _ value: KeepPrices.Value
  ) {
    let hosts = Double(prices.hostsOn)
    let at = [point.host * hosts] + point.room
    for (index, term) in terms.enumerated() {
      var slope = value.slopes[index]
      slope[0] /= hosts
      var coefficients = [(column: term, value: 1.0)]
      for (column, slope) in zip(columns, slope) where slope != 0 {
        coefficients.append((column: column, value: -slope))
      }
      let offset = value.terms[index] - zip(slope, at).reduce(0) { $0 + $1.0 * $1.1 }
      session.appendRow(LinearProgram.unnamed, bounds: .atLeast(offset), coefficients: coefficients)
    }
  }
}
