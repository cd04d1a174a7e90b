import StowageFleet

/// Builds an arrangement greedily: large blocks first, each where its demand points the way the
/// room that is left points.
///
/// The guided best fit decreasing of vector packing (dot product of demand and residual; Panigrahy,
/// Talwar, Uyeda, Wieder: Heuristics for vector bin packing, 2011). Blocks that fit nowhere go
/// where they exceed limits least, for a search to mend.
struct BestFit {
  /// Whether blocks whose home is open stay there before others are placed.
  let keepsHomes: Bool

  func arrange(_ space: SearchSpace) -> Arrangement {
    var arrangement = Arrangement(space)
    if keepsHomes {
      for block in 0..<space.blockCount {
        let home = Int(space.home[block])
        if home >= 0, space.allows(block, on: home) { arrangement.place(block, on: home) }
      }
    }
    for block in Self.largestFirst(space) where arrangement.hostOf[block] == Arrangement.nowhere {
      if let host = best(block, arrangement) { arrangement.place(block, on: host) }
    }
    return arrangement
  }

  /// Blocks by the sum of their relative demands, those bound to few hosts before all others.
  static func largestFirst(_ space: SearchSpace) -> [Int] {
    let sizes = space.demand.map { ($0 * space.scale).sum }
    let candidates = space.problem.candidates
    let openCounts = candidates.sets.map { set in space.openHosts.count { set.contains(Int($0)) } }
    let isBound = (0..<space.blockCount).map { block in
      2 * openCounts[candidates.setOfBlock[block]] < space.openHosts.count
    }
    return (0..<space.blockCount).sorted { left, right in
      if isBound[left] != isBound[right] { return isBound[left] }
      return sizes[left] != sizes[right] ? sizes[left] > sizes[right] : left < right
    }
  }

  /// The host whose room points most the way of the block; else the one that suffers least; `nil`
  /// when the block may be on no open host.
  private func best(_ block: Int, _ arrangement: Arrangement) -> Int? {
    let space = arrangement.space
    let demand = space.demand[block] * space.scale
    var best: (host: Int, score: Double)?
    var least: (host: Int, harm: Double)?
    for host in space.openHosts {
      let host = Int(host)
      guard space.allows(block, on: host) else { continue }
      let after = arrangement.load[host] + space.demand[block]
      if after.fits(space.limit[host]),
        !space.isGrouped[block] || space.neighbours(of: block, on: host, hostOf: arrangement.hostOf) == 0,
        arrangement.hoursPermit(block, on: host), arrangement.rulesPermit(block, on: host)
      {
        let room = (space.limit[host] - arrangement.load[host]) * space.scale
        // Cosine without the root: the same order, and no division by the block's own length.
        let along = (demand * room).sum
        let score = along * along / max((room * room).sum, .leastNormalMagnitude)
        if best.map({ score > $0.score }) ?? true { best = (host, score) }
      } else if best == nil {
        let clashes =
          space.isGrouped[block] ? space.neighbours(of: block, on: host, hostOf: arrangement.hostOf) : 0
        let harm = space.excess(after, on: host) - arrangement.excess[host] + Double(clashes)
        if least.map({ harm < $0.harm }) ?? true { least = (host, harm) }
      }
    }
    return best?.host ?? least?.host
  }
}
