import LinearOptimization
import StowageFleet
import StowageModel

/// The least memory that moves while so many hosts are on, shown by prices for the room of hosts.
///
/// ``PriceSearch`` finds the prices. What they prove is then counted in whole billionths of a MiB, so that everybody
/// comes to the same figure.
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
    var search = PriceSearch(prices, stopwatch)
    try search.run(solver)
    worth = search.bestValue.worth
    certificate = Self.certificate(prices, search.best)
    movedMiB = Self.movedMiB(certificate, prices)
  }

  private static func certificate(_ prices: KeepPrices, _ point: [Double]) -> Certificate.KeepPrices {
    let scale = prices.totalMemory * Certificate.KeepPrices.scale
    let perHost = point[0] / Double(prices.hostsOn) * scale
    return Certificate.KeepPrices(
      hostBillionths: Int64(max(0, min(9e15, perHost.rounded()))),
      groups: prices.rooms.certified(point.dropFirst(), scale: scale))
  }

  /// What the prices prove, to the last billionth.
  private static func movedMiB(_ certificate: Certificate.KeepPrices, _ prices: KeepPrices) -> Double {
    let (rooms, fleet) = (prices.rooms, prices.rooms.fleet)
    let priceOfHost = rooms.priceOfHost(certificate.groups)
    let perHost = Int128(certificate.hostBillionths)
    var balance = fleet.hosts.indices.map { priceOfHost[$0].price(of: rooms.room[$0]) - perHost }
    var least = Int128(0)
    for vm in fleet.vms.indices {
      let demand = fleet.demand[vm]
      let cheapest = prices.representatives(of: vm).map { priceOfHost[$0].price(of: demand) }.min() ?? 0
      let memory = fleet.vms[vm].memoryMiB * Certificate.KeepPrices.scale
      least += Int128(memory.rounded(.down)) + cheapest
      guard prices.isKeepable(vm) else { continue }
      let start = fleet.start[vm]
      balance[start] += max(
        0, Int128(memory.rounded(.up)) + cheapest - priceOfHost[start].price(of: demand))
    }
    least -= Int128(prices.hostsOn) * perHost
    for host in balance.indices { least -= rooms.isForced[host] ? balance[host] : max(0, balance[host]) }
    return max(0, Double(least) / Certificate.KeepPrices.scale)
  }
}
