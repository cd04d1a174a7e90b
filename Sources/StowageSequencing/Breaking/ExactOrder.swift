import StowageFleet

/// Tries every order of a few direct moves.
///
/// If any schedule of direct live moves exists, so does one in which they go one at a time, in the
/// order of their starts: whoever has left before a start in the first has left in the second too, and
/// nobody has arrived who had not. So a search over sets of moves already made is complete; failover is
/// not looked at, which errs to the side of finding an order.
struct ExactOrder {
  /// The most moves for which all orders are tried: 2¹² sets.
  static let mostLegs = 12

  /// The legs that share hosts or anti-affinity groups, directly or over others, with any of `seeds`;
  /// ascending.
  static func connected(_ seeds: [Int], _ problem: Problem) -> [Int] {
    let index = TouchIndex(problem)
    var found = Set(seeds)
    var open = seeds
    while let leg = open.popLast() {
      for next in index.legs(touching: problem.legs[leg]) where found.insert(next).inserted {
        open.append(next)
      }
    }
    return found.sorted()
  }

  /// An order in which all of the legs can go one at a time; `nil` when there is none.
  static func find(_ members: [Int], _ problem: Problem) -> [Int]? {
    precondition(members.count <= mostLegs, "\(members.count) moves are too many to try all orders")
    var search = ExactOrder(members, problem)
    return search.extend(0) ? search.order.map { members[$0] } : nil
  }

  private let legs: [Leg]
  private var state: FleetState
  private var isDeadEnd: [Bool]
  private var order: [Int] = []

  private init(_ members: [Int], _ problem: Problem) {
    legs = members.map { problem.legs[$0] }
    state = FleetState(problem.fleet)
    isDeadEnd = Array(repeating: false, count: 1 << members.count)
  }

  private mutating func extend(_ made: Int) -> Bool {
    if made == isDeadEnd.count - 1 { return true }
    if isDeadEnd[made] { return false }
    for (position, leg) in legs.enumerated() where made & (1 << position) == 0 {
      state.leave(leg.vm, leg.from)
      if state.hasRoom(for: leg.vm, on: leg.to) {
        state.enter(leg.vm, leg.to)
        order.append(position)
        if extend(made | (1 << position)) { return true }
        order.removeLast()
        state.leave(leg.vm, leg.to)
      }
      state.enter(leg.vm, leg.from)
    }
    isDeadEnd[made] = true
    return false
  }
}

/// Finds legs by the hosts and groups that they touch.
private struct TouchIndex {
  private var ofHost: [Int: [Int]] = [:]
  private var ofGroup: [Int: [Int]] = [:]
  private let groupsOfVM: [[Int]]

  init(_ problem: Problem) {
    groupsOfVM = problem.apartGroupsOfVM
    for (index, leg) in problem.legs.enumerated() {
      ofHost[leg.from, default: []].append(index)
      ofHost[leg.to, default: []].append(index)
      for group in groupsOfVM[leg.vm] { ofGroup[group, default: []].append(index) }
    }
  }

  func legs(touching leg: Leg) -> [Int] {
    (ofHost[leg.from] ?? []) + (ofHost[leg.to] ?? []) + groupsOfVM[leg.vm].flatMap { ofGroup[$0] ?? [] }
  }
}
