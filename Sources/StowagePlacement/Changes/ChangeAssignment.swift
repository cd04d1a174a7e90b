import StowageFleet
import StowageModel

/// Turns changes of hosts into a placement: says which member of a class goes where.
///
/// Members of a class ask the same, but rules may tell them apart; who has fewest choices chooses
/// first. What finds no place among the changes goes wherever there is room.
struct ChangeAssignment {
  let model: ChangeModel
  /// Limits and rules at rest.
  let space: SearchSpace
  /// Whether others may go elsewhere to make room for one that finds none.
  var displaces = false

  func arrange(_ changes: [HostChange]) -> Arrangement? {
    var arrangement = Arrangement(space)
    var leaves = [Bool](repeating: false, count: space.blockCount)
    for change in changes {
      for leaver in change.leavers { leaves[model.hosts[change.position].residents[leaver].block] = true }
    }
    for block in 0..<space.blockCount {
      guard let home = space.problem.candidates.remainsAt[block], space.isOpen[home], !leaves[block] else {
        continue
      }
      arrangement.place(block, on: home)
    }
    var slots = [[Int]](repeating: [], count: model.classes.count)
    for change in changes {
      for index in change.entering { slots[index].append(model.hosts[change.position].host) }
    }
    var homeless: [Int] = []
    let order = model.classes.indices.sorted { size(ofClass: $0) > size(ofClass: $1) }
    for index in order {
      let pool = model.classes[index].blocks.filter { arrangement.hostOf[$0] == Arrangement.nowhere }
      homeless += fill(&arrangement, pool, slots[index])
    }
    for block in homeless {
      if let host = tightest(block, arrangement) {
        arrangement.place(block, on: host)
      } else if !displaces || !displace(block, &arrangement) {
        return nil
      }
    }
    guard arrangement.isLegal, arrangement.hostOf.allSatisfy({ $0 != Arrangement.nowhere }) else {
      return nil
    }
    return arrangement
  }

  private func size(ofClass index: Int) -> Double {
    (LoadVector(model.classes[index].demand) * space.scale).sum
  }

  /// Places members on slots; those that are left.
  private func fill(_ arrangement: inout Arrangement, _ pool: [Int], _ slots: [Int]) -> [Int] {
    var left = slots
    var homeless: [Int] = []
    let choices = pool.map { block in Set(slots.filter { space.allows(block, on: $0) }).count }
    // Members in groups first, then those with few hosts to choose from, then the largest.
    let order = pool.indices.sorted { a, b in
      let (x, y) = (pool[a], pool[b])
      if space.isGrouped[x] != space.isGrouped[y] { return space.isGrouped[x] }
      if choices[a] != choices[b] { return choices[a] < choices[b] }
      let (p, q) = ((space.demand[x] * space.scale).sum, (space.demand[y] * space.scale).sum)
      return p != q ? p > q : x < y
    }
    for position in order {
      let block = pool[position]
      // Back home is no move at all.
      let home = space.problem.candidates.remainsAt[block]
      let options = left.indices.filter { arrangement.hasRoom(for: block, on: left[$0]) }
      guard let slot = options.first(where: { left[$0] == home }) ?? options.first else {
        homeless.append(block)
        continue
      }
      arrangement.place(block, on: left[slot])
      left.remove(at: slot)
    }
    return homeless
  }

  /// Places a block where another leaves it room and has room elsewhere: one that moves anyway or, where none
  /// does, one that stayed so far.
  private func displace(_ block: Int, _ arrangement: inout Arrangement) -> Bool {
    for moves in [true, false] {
      for host in space.openHosts.map(Int.init) where space.allows(block, on: host) {
        let others = arrangement.residents[host].map(Int.init).filter {
          (space.problem.candidates.remainsAt[$0] != host) == moves && space.problem.blocks[$0].count == 1
        }
        if others.sorted().contains(where: { replace($0, by: block, on: host, &arrangement) }) { return true }
      }
    }
    return false
  }

  private func replace(_ other: Int, by block: Int, on host: Int, _ arrangement: inout Arrangement) -> Bool {
    arrangement.take(other)
    if arrangement.hasRoom(for: block, on: host) {
      arrangement.place(block, on: host)
      if let next = tightest(other, arrangement) {
        arrangement.place(other, on: next)
        return true
      }
      arrangement.take(block)
    }
    arrangement.place(other, on: host)
    return false
  }

  private func tightest(_ block: Int, _ arrangement: Arrangement) -> Int? {
    if let home = space.problem.candidates.remainsAt[block], arrangement.hasRoom(for: block, on: home) {
      return home
    }
    var best: (host: Int, left: Double)?
    for host in space.openHosts.map(Int.init) where arrangement.hasRoom(for: block, on: host) {
      let left = ((space.limit[host] - arrangement.load[host] - space.demand[block]) * space.scale).sum
      if best.map({ left < $0.left }) ?? true { best = (host, left) }
    }
    return best?.host
  }
}
