/// Puts every block on an open host, limits exceeded where it must be, for ``FillSearch`` to mend.
///
/// Blocks bound to few hosts come first, then large ones. Each goes to the host, of a sample, whose
/// room points most the way of its demand (dot product of vector packing; Panigrahy, Talwar, Uyeda,
/// Wieder: Heuristics for vector bin packing, 2011). A sample instead of all hosts: the search
/// mends what it costs, and the time stays in proportion to the number of blocks.
struct FillConstruction {
  /// Whether blocks whose home is open stay there before others are placed.
  let keepsHomes: Bool

  /// Hosts tried for each block. Chosen: more makes no difference after the search.
  private static let sample = 32
  /// Loads beyond this are not made: sums in 32 bits would no longer be safe.
  private static let mostLoad: Int32 = 1 << 30

  /// `nil` when a block could only be where loads leave the range of the search.
  func state(_ packing: FlatPacking, _ random: inout SeededGenerator) -> FillState? {
    let state = FillState(packing)
    let order = Self.order(packing)
    if keepsHomes {
      for block in order where packing.home[block] >= 0 {
        let home = Int(packing.home[block])
        if state.allows(block, home), Self.isInRange(state, block, home) { state.place(block, home) }
      }
    }
    for block in order where state.hostOf[block] < 0 {
      guard let host = best(block, state, packing, &random) else { return nil }
      state.place(block, host)
    }
    return state
  }

  private static func order(_ packing: FlatPacking) -> [Int] {
    let size = packing.demand.map { (SIMD4<Float>($0) * packing.scale).sum() }
    let choice = packing.setMembers.map { 2 * $0.count < packing.hostCount ? $0.count : packing.hostCount }
    return (0..<packing.blockCount).sorted { left, right in
      let (few, many) = (choice[Int(packing.setOfBlock[left])], choice[Int(packing.setOfBlock[right])])
      if few != many { return few < many }
      return size[left] != size[right] ? size[left] > size[right] : left < right
    }
  }

  private static func isInRange(_ state: FillState, _ block: Int, _ host: Int) -> Bool {
    (state.load[host] &+ state.demand[block]).max() < mostLoad
  }

  private func best(
    _ block: Int, _ state: FillState, _ packing: FlatPacking, _ random: inout SeededGenerator
  ) -> Int? {
    let set = packing.setMembers[Int(packing.setOfBlock[block])]
    var best: (host: Int, score: Float)?
    func consider(_ host: Int) {
      guard Self.isInRange(state, block, host) else { return }
      let score = self.score(block, host, state)
      if best.map({ score > $0.score }) ?? true { best = (host, score) }
    }
    if packing.remainsAt[block] >= 0 { consider(Int(packing.remainsAt[block])) }
    if set.count <= Self.sample {
      for host in set { consider(Int(host)) }
    } else {
      for _ in 0..<Self.sample { consider(Int(set[random.below(set.count)])) }
    }
    return best?.host
  }

  /// Where it fits, how well the room points its way; else, below zero, the harm.
  private func score(_ block: Int, _ host: Int, _ state: FillState) -> Float {
    let after = state.load[host] &+ state.demand[block]
    let harm = state.excess(after, host) - state.excess[host]
    let clashes = state.isGrouped(block) ? state.neighbours(block, host) : 0
    if harm > 0 || clashes > 0 { return -harm - 10 * Float(clashes) }
    let demand = SIMD4<Float>(state.demand[block]) * state.scale
    let room = SIMD4<Float>(state.limit[host] &- state.load[host]) * state.scale
    let along = (demand * room).sum()
    return along * along / max((room * room).sum(), .leastNormalMagnitude)
  }
}
