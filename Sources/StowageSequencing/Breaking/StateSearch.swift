import StowageFleet

/// Looks for an order of single moves of a few VMs, over any of some hosts, by best-first search.
///
/// If any schedule of live moves exists, so does one in which they go one at a time, in the order of
/// their starts: whoever has left before a start in the first has left in the second too, and nobody has
/// arrived who had not. So if the search ends without an answer, no live order exists for these VMs
/// over these hosts. Failover is not looked at, which errs to the side of finding an order.
struct StateSearch {
  enum Answer {
    /// Steps that lead to the goal, one after the other.
    case steps([FailoverWatch.Step])
    /// There are none.
    case none
    /// More states than may be looked at.
    case gaveUp
  }

  /// More VMs than this are not tried.
  static let mostVMs = 12
  /// States looked at most.
  private static let mostStates = 6000

  private let book: MoveBook
  private let vms: [Int]
  private let goal: [Int]
  private let hosts: [Int]
  private var charges: FleetState
  /// Where the VMs are in ``charges``.
  private var current: [Int]
  private var found: [[Int]: Origin] = [:]
  private var open = PriorityQueue<Candidate>()

  private struct Origin {
    var before: [Int]
    var depth: Int
    var isClosed = false
  }

  /// A state to look at; the one with the least steps made and still needed counts as largest, of
  /// equal ones the deepest, then the one found first.
  private struct Candidate: Comparable {
    var estimate: Int
    var depth: Int
    var number: Int
    var state: [Int]

    static func < (left: Self, right: Self) -> Bool {
      (-left.estimate, left.depth, -left.number) < (-right.estimate, right.depth, -right.number)
    }
  }

  /// A search.
  ///
  /// - Parameters:
  ///   - book: the moves that are possible at all.
  ///   - vms: who may be moved.
  ///   - start: where each of them is.
  ///   - goal: where each of them is to be.
  ///   - hosts: where they may be on the way.
  ///   - charges: the fleet with nothing under way.
  init(
    _ book: MoveBook, vms: [Int], from start: [Int], to goal: [Int], over hosts: [Int], charges: FleetState
  ) {
    self.book = book
    self.vms = vms
    self.goal = goal
    self.hosts = hosts
    self.charges = charges
    current = start
  }

  mutating func run() -> Answer {
    let start = current
    found[start] = Origin(before: start, depth: 0)
    open.insert(Candidate(estimate: 0, depth: 0, number: 0, state: start))
    var looked = 0
    while let candidate = open.popFirst() {
      guard let origin = found[candidate.state], !origin.isClosed else { continue }
      if candidate.state == goal { return .steps(steps(to: goal, from: start)) }
      looked += 1
      if looked > Self.mostStates { return .gaveUp }
      found[candidate.state]?.isClosed = true
      extend(candidate.state, depth: origin.depth + 1)
    }
    return .none
  }

  private mutating func extend(_ state: [Int], depth: Int) {
    enter(state)
    for (position, vm) in vms.enumerated() {
      for host in hosts where host != state[position] && mayGo(vm, from: state[position], to: host) {
        var next = state
        next[position] = host
        if let known = found[next], known.depth <= depth { continue }
        found[next] = Origin(before: state, depth: depth)
        let needed = zip(next, goal).reduce(0) { $0 + ($1.0 == $1.1 ? 0 : 1) }
        open.insert(Candidate(estimate: depth + needed, depth: depth, number: -found.count, state: next))
      }
    }
  }

  private mutating func enter(_ state: [Int]) {
    for (position, vm) in vms.enumerated() where current[position] != state[position] {
      charges.leave(vm, current[position])
    }
    for (position, vm) in vms.enumerated() where current[position] != state[position] {
      charges.enter(vm, state[position])
    }
    current = state
  }

  private mutating func mayGo(_ vm: Int, from: Int, to: Int) -> Bool {
    guard book.fleet.mayMove(vm, to: to) else { return false }
    charges.leave(vm, from)
    let fits = charges.hasRoom(for: vm, on: to)
    charges.enter(vm, from)
    return fits && book.leg(vm, from: from, to: to) != nil
  }

  private func steps(to goal: [Int], from start: [Int]) -> [FailoverWatch.Step] {
    var steps: [FailoverWatch.Step] = []
    var state = goal
    while state != start, let origin = found[state] {
      for position in vms.indices where state[position] != origin.before[position] {
        steps.append((vm: vms[position], from: origin.before[position], to: state[position]))
      }
      state = origin.before
    }
    return steps.reversed()
  }
}
