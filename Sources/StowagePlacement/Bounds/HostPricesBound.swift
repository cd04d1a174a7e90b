import LinearOptimization
import StowageFleet
import StowageModel

/// What the hosts on draw or cost at the least, shown by prices for the room of hosts.
///
/// ``PriceSearch`` finds the prices. What they prove is then counted in whole trillionths of a W or of a unit of
/// money, so that everybody comes to the same figure.
struct HostPricesBound {
  let certificate: Certificate.HostPrices
  let value: Double

  /// Sums over hosts of parts up to this stay in the range of whole numbers.
  private static let mostBase = 1e27
  private static let mostWork = 1e30

  init(
    _ fleet: Fleet, _ price: HostPrice, solver: any Solver, _ stopwatch: Stopwatch
  ) throws(SolverFailure) {
    let prices = ExpensePrices(fleet, price)
    var search = PriceSearch(prices, stopwatch)
    if !prices.rooms.resources.isEmpty { try search.run(solver) }
    certificate = Certificate.HostPrices(
      groups: prices.rooms.certified(search.best[...], scale: prices.scale * Certificate.HostPrices.scale))
    value = Self.value(certificate, prices, price)
  }

  /// What the prices prove, to the last trillionth.
  private static func value(
    _ certificate: Certificate.HostPrices, _ prices: ExpensePrices, _ price: HostPrice
  ) -> Double {
    let (rooms, hosts, fleet) = (prices.rooms, prices.hosts, prices.rooms.fleet)
    let priceOfHost = rooms.priceOfHost(certificate.groups)
    var hostOfKind = [Int](repeating: 0, count: hosts.kinds.count)
    for (host, kind) in hosts.kindOfHost.enumerated() { hostOfKind[kind] = host }
    let mostRate = mostWork / Double(max(1, rooms.totalDemand[.cpu]))
    let perCPU = hosts.kinds.map { parts($0.rate, most: mostRate) }
    var least = Int128(0)
    for vm in fleet.vms.indices {
      let demand = fleet.demand[vm]
      let paid = prices.ends.kinds(of: vm).map { kind in
        priceOfHost[hostOfKind[kind]].price(of: demand) + perCPU[kind] * Int128(demand[.cpu])
      }
      least += paid.min() ?? 0
    }
    for host in fleet.hosts.indices {
      let balance = parts(price.base[host], most: mostBase) - priceOfHost[host].price(of: rooms.room[host])
      least += rooms.isForced[host] ? balance : min(0, balance)
    }
    return Double(least) / Certificate.HostPrices.scale
  }

  private static func parts(_ amount: Double, most: Double) -> Int128 {
    Int128(min(amount * Certificate.HostPrices.scale, most).rounded(.down))
  }
}
