import LinearOptimization
import StowageFleet
import StowageModel

/// The least that the hosts on cost, by mix: the cheapest numbers of hosts of each type, those that must stay on among
/// them, whose rooms together hold the demand in every resource; part by part, and summed.
///
/// Hosts of equal room and cost are one type. Their numbers are enumerated, cut where prices of resources show that no
/// way on is cheaper than the best mix so far. A part of many different hosts would take too long; then there is no such bound.
struct CheapestMix {
  /// Money; `nil` where some part was not settled.
  let cost: Double?

  init(
    _ fleet: Fleet, _ price: HostPrice, solver: any Solver
  ) throws(SolverFailure) {
    var sum = 0.0
    for part in FleetParts(fleet).parts {
      guard let cheapest = try Self.cheapest(part, fleet, price, solver) else {
        cost = nil
        return
      }
      sum += cheapest
    }
    cost = sum
  }

  private static func cheapest(
    _ part: FleetParts.Part, _ fleet: Fleet, _ price: HostPrice, _ solver: any Solver
  ) throws(SolverFailure) -> Double? {
    let total = part.vms.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
    var isForced = Set(fleet.countsAsOn.members)
    for vm in part.vms where fleet.pins[vm] != nil { isForced.insert(fleet.start[vm]) }
    var counts: [[Double]: CoverType] = [:]
    for host in part.hosts {
      let room = fleet.room(host)
      let cut = Resource.allCases.map { min(room[$0], total[$0]) }
      let key = cut.map { Double($0) } + [price.base[host]]
      var type = counts[key] ?? CoverType(room: cut, cost: price.base[host])
      type.count += 1
      if isForced.contains(host) { type.forced += 1 }
      counts[key] = type
    }
    let types = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
    let need = Resource.allCases.map { total[$0] }
    var search = CoverSearch(
      types, need: need, prices: try CoverPrices(types, need: need, solver: solver).perUnit)
    return search.cheapest()
  }
}

/// Hosts of one room and cost.
struct CoverType {
  let room: [Int64]
  let cost: Double
  var count = 0
  /// How many of them must stay on.
  var forced = 0

  init(room: [Int64], cost: Double) {
    self.room = room
    self.cost = cost
  }

  /// What one host is worth at prices.
  func worth(_ prices: [Double]) -> Double {
    zip(room, prices).reduce(0) { $0 + Double($1.0) * $1.1 }
  }
}

/// Prices of resources from the relaxation of the cover; any prices that are not below zero are valid.
private struct CoverPrices {
  let perUnit: [Double]

  /// - Given: types of hosts, and a need.
  /// - Decides: how many of each are on, parts of hosts too.
  /// - Minimises: what they cost.
  /// - Subject to: the need of every resource.
  /// - Reads back: the worth of a unit of each resource.
  init(_ types: [CoverType], need: [Int64], solver: any Solver) throws(SolverFailure) {
    let largest = max(.leastNormalMagnitude, types.map(\.cost).max() ?? 0)
    var program = LinearProgram()
    program.setSense(.minimize)
    let columns = types.map {
      program.addContinuous(in: .between(Double($0.forced), Double($0.count)), cost: $0.cost / largest)
    }
    var rows: [LinearProgram.Row?] = []
    for (resource, amount) in need.enumerated() {
      guard amount > 0 else {
        rows.append(nil)
        continue
      }
      let terms = zip(types, columns).map { type, column in
        (column: column, value: Double(type.room[resource]) / Double(amount))
      }
      rows.append(program.appendRow(bounds: .atLeast(1), coefficients: terms.filter { $0.value > 0 }))
    }
    let session = try solver.makeSession(program)
    guard case .optimal(let solution) = try session.soundRelaxation() else {
      perUnit = need.map { _ in 0 }
      return
    }
    perUnit = zip(rows, need).map { row, amount in
      guard let dual = row.flatMap({ solution.dual(of: $0) }), dual > 0 else { return 0 }
      return dual * largest / Double(amount)
    }
  }
}

/// Enumerates how many hosts of each type are on.
private struct CoverSearch {
  /// Nodes after which it is given up. Chosen: price lists of ten types take hundreds; the verifier looks at more.
  private static let nodeLimit = 200_000
  private static let slack = 1e-9

  /// Those that are worth most for their cost first.
  private let types: [CoverType]
  private let need: [Int64]
  private let prices: [Double]
  /// From each type on: the least that their numbers can add to the worth of the need.
  private let restFrom: [Double]
  /// From each type on: what hosts cost that must stay on.
  private let forcedFrom: [Double]
  private var best = Double.infinity
  private var nodesLeft = Self.nodeLimit

  init(_ types: [CoverType], need: [Int64], prices: [Double]) {
    let order = types.indices.sorted { left, right in
      let (one, other) = (types[left], types[right])
      return (one.cost * other.worth(prices), left) < (other.cost * one.worth(prices), right)
    }
    let sorted = order.map { types[$0] }
    self.types = sorted
    self.need = need
    self.prices = prices
    var rest = [Double](repeating: 0, count: types.count + 1)
    var forced = rest
    for index in sorted.indices.reversed() {
      let type = sorted[index]
      let balance = type.cost - type.worth(prices)
      rest[index] = rest[index + 1] + Double(balance < 0 ? type.count : type.forced) * balance
      forced[index] = forced[index + 1] + Double(type.forced) * type.cost
    }
    restFrom = rest
    forcedFrom = forced
  }

  /// `nil` when it was given up, or when not even all hosts do.
  mutating func cheapest() -> Double? {
    descend(0, need, spent: 0)
    return nodesLeft > 0 && best.isFinite ? best : nil
  }

  private mutating func descend(_ position: Int, _ residual: [Int64], spent: Double) {
    if residual.allSatisfy({ $0 <= 0 }) {
      best = min(best, spent + forcedFrom[position])
      return
    }
    guard position < types.count, nodesLeft > 0 else { return }
    nodesLeft -= 1
    let worth = zip(residual, prices).reduce(0) { $0 + Double(max(0, $1.0)) * $1.1 }
    guard spent + max(forcedFrom[position], worth + restFrom[position]) < best * (1 - Self.slack) else {
      return
    }
    let type = types[position]
    // Hosts that cost nothing are on; more than hold all that is left are of no use.
    let most = type.cost > 0 ? min(type.count, max(type.forced, enough(type, residual))) : type.count
    for number in stride(from: most, through: type.cost > 0 ? type.forced : most, by: -1) {
      descend(
        position + 1, zip(residual, type.room).map { $0 - Int64(number) * $1 },
        spent: spent + Double(number) * type.cost)
    }
  }

  /// How many of a type hold all that is left, as far as they hold any of it.
  private func enough(_ type: CoverType, _ residual: [Int64]) -> Int {
    zip(residual, type.room).map { left, room in
      left > 0 && room > 0 ? Int((left - 1) / room + 1) : 0
    }.max() ?? 0
  }
}
