import Glibc
import StowageFleet
import StowageModel

/// Blocks that may be on the same hosts and ask for about the same shares of every resource, put together: they fill hosts
/// alike, whatever their sizes.
struct DemandLots {
  struct Lot {
    /// The index of the hosts in ``Candidates/sets``.
    let set: Int
    let demand: Amounts
  }

  let lots: [Lot]

  private struct Key: Hashable {
    let set: Int
    let ratios: [Double]
  }

  /// Lots beyond this number are made coarser.
  private static let mostLots = 120

  init(_ problem: Problem) {
    let total = problem.demand.reduce(Amounts.zero, +)
    // Steps of a ratio for each doubling.
    for steps in [8.0, 4, 2, 1, 0] {
      var demand: [Key: Amounts] = [:]
      for block in problem.blocks.indices {
        let key = Key(
          set: problem.candidates.setOfBlock[block],
          ratios: Self.ratios(problem.demand[block], total).map { ($0 * steps).rounded() })
        demand[key, default: .zero] += problem.demand[block]
      }
      guard demand.count <= Self.mostLots || steps == 0 else { continue }
      lots = demand.sorted {
        ($0.key.set, $0.key.ratios.description) < ($1.key.set, $1.key.ratios.description)
      }
      .map { Lot(set: $0.key.set, demand: $0.value) }
      return
    }
    lots = []
  }

  /// How the shares of every other resource compare with that of CPU, as powers of two.
  private static func ratios(_ demand: Amounts, _ total: Amounts) -> [Double] {
    func share(_ resource: Resource) -> Double {
      total[resource] > 0 ? Double(demand[resource]) / Double(total[resource]) : 0
    }
    let least = 1e-9
    return Resource.allCases.dropFirst().map {
      log2((share($0) + least) / (share(Resource.allCases[0]) + least))
    }
  }
}
