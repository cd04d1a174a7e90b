import LinearOptimization
import StowageFleet
import StowageModel

/// What the hosts on draw or cost at the least, shown by prices of resources.
///
/// At prices *y* a host that is on adds its base and takes off the worth of the demand, *demand·y*, what its
/// room is worth beyond the rate of its CPU; one that may be off does so only where that is a gain. The
/// sum bounds every placement from below, whatever the prices. Good ones are the duals of:
///
/// - Given: classes of equal hosts, what each has room for, and the total demand.
/// - Decides: how many of each class are on, in parts of hosts, and how much CPU each class holds.
/// - Minimises: what they draw or cost.
/// - Subject to: room for the demand, resource by resource; hosts that must stay on.
/// - Reads back: a price for each resource.
struct HostPricesBound {
  let certificate: Certificate.HostPrices
  let value: Double

  /// One class of equal hosts.
  private struct Key: Hashable {
    var room: [Int64]
    var base: Double
    var rate: Double
  }

  /// Coefficients are brought to this size: GLPK's tolerances are absolute.
  private static let rowScale = 100.0
  /// Prices beyond this are cut, which leaves the bound valid.
  private static let mostTrillionths = 9e15

  init(_ fleet: Fleet, _ price: HostPrice, solver: any Solver) throws(SolverFailure) {
    let total = fleet.demand.reduce(Amounts.zero, +)
    let demand = Resource.allCases.map { total[$0] }
    let classes = Self.classes(fleet, price, demand)
    let prices = try Self.prices(classes, demand, solver)
    let trillionths = prices.map { price in
      Int64(max(0, min(Self.mostTrillionths, price * Certificate.HostPrices.scale)).rounded(.down))
    }
    certificate = Certificate.HostPrices(
      trillionths: Dictionary(
        uniqueKeysWithValues: Resource.allCases.compactMap { resource in
          trillionths[resource.index] > 0 ? (resource, trillionths[resource.index]) : nil
        }))
    value = Self.bound(classes, demand, trillionths.map { Double($0) / Certificate.HostPrices.scale })
  }

  private typealias Classes = [(key: Key, count: Int, forced: Int)]

  private static func classes(_ fleet: Fleet, _ price: HostPrice, _ demand: [Int64]) -> Classes {
    let isForced = fleet.hostsThatStayOn
    var counts: [Key: (count: Int, forced: Int)] = [:]
    for host in fleet.hosts.indices {
      let whole = fleet.room(host)
      let room = Resource.allCases.map { min(whole[$0], demand[$0.index]) }
      let key = Key(room: room, base: price.base[host], rate: price.rate[host])
      counts[key, default: (0, 0)].count += 1
      if isForced.contains(host) { counts[key, default: (0, 0)].forced += 1 }
    }
    return counts.map { ($0.key, $0.value.count, $0.value.forced) }
      .sorted {
        ($0.key.base, $0.key.rate, $0.key.room.description) < (
          $1.key.base, $1.key.rate, $1.key.room.description
        )
      }
  }

  private static func bound(_ classes: Classes, _ demand: [Int64], _ prices: [Double]) -> Double {
    var bound = zip(prices, demand).reduce(0) { $0 + $1.0 * Double($1.1) }
    for (key, count, forced) in classes {
      var balance = key.base
      for resource in Resource.allCases {
        let rate = resource == .cpu ? key.rate : 0
        balance -= max(0, prices[resource.index] - rate) * Double(key.room[resource.index])
      }
      bound += Double(balance < 0 ? count : forced) * balance
    }
    return bound
  }

  /// Nothing worth anything where the solver has no answer.
  private static func prices(
    _ classes: Classes, _ demand: [Int64], _ solver: any Solver
  ) throws(SolverFailure) -> [Double] {
    var program = LinearProgram()
    let numbers = classes.map { entry in
      program.addContinuous(
        in: .between(Double(entry.forced), Double(entry.count)), cost: entry.key.base)
    }
    let cpu = Resource.cpu.index
    let scale = demand.map { rowScale / Double(max(1, $0)) }
    let held = classes.map { program.addContinuous(cost: $0.key.rate / scale[cpu]) }
    var rows: [Int: LinearProgram.Row] = [:]
    for resource in demand.indices where demand[resource] > 0 && resource != cpu {
      var offer = LinearExpression()
      for (number, entry) in zip(numbers, classes) {
        offer.add(scale[resource] * Double(entry.key.room[resource]), number)
      }
      rows[resource] = program.require("room", offer, atLeast: rowScale)
    }
    if demand[cpu] > 0 {
      rows[cpu] = program.require("CPU", sum(held), atLeast: rowScale)
      for (index, entry) in classes.enumerated() {
        var free = LinearExpression()
        free.add(scale[cpu] * Double(entry.key.room[cpu]), numbers[index])
        free.add(-1, held[index])
        program.require("CPU of a class", free, atLeast: 0)
      }
    }
    program.setSense(.minimize)
    let none = demand.map { _ in 0.0 }
    do throws(SolverFailure) {
      let outcome = try solver.makeSession(program).solveRelaxation().outcome
      guard case .optimal(let solution) = outcome, let duals = solution.duals else { return none }
      return demand.indices.map { resource in
        rows[resource].map { max(0, duals.rows[$0.index]) * scale[resource] } ?? 0
      }
    } catch {
      guard error.kind == .numerical else { throw error }
      return none
    }
  }
}
