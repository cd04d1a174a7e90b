import StowageFleet
import StowageModel

/// What the rules of order and time let start, as things stand.
///
/// Every gate is a queue that legs can wait in: one for each place of a limit on moves at once, then one
/// for each order.
struct MoveGates {
  /// Why a leg may not start.
  enum Obstacle {
    /// It waits for others at a gate.
    case gate(Int, rule: Int)
    /// It can never start any more.
    case never(rule: Int)
  }

  private let rules: TimeRules
  private let hostCount: Int
  /// Caps and orders by VM.
  private let capsOfVM: [[Int]]
  private let ordersBefore: [[Int]]
  private let ordersAfter: [[Int]]
  /// The first gate of each cap, and at last that of the orders.
  private let firstGate: [Int]
  /// Moves under way at each gate of a cap.
  private var taken: [Int]
  /// Legs of each order's first VMs that have not ended.
  private var open: [Int]
  /// Whether a move of those who wait has started.
  private var hasBegun: [Bool]

  init(_ fleet: Fleet) {
    rules = fleet.timeRules
    hostCount = fleet.hosts.count
    let links = (fleet.network.channels.count - 2 * fleet.hosts.count) / 2
    var firstGate = [0]
    for cap in rules.caps {
      firstGate.append(firstGate[firstGate.count - 1] + Self.places(cap, hostCount, links))
    }
    self.firstGate = firstGate
    let vms = rules.hasNoGates ? 0 : fleet.vms.count
    capsOfVM = Self.byVM(vms, rules.caps.map(\.members))
    ordersBefore = Self.byVM(vms, rules.orders.map(\.first))
    ordersAfter = Self.byVM(vms, rules.orders.map(\.then))
    taken = Array(repeating: 0, count: firstGate[firstGate.count - 1])
    open = Array(repeating: 0, count: rules.orders.count)
    hasBegun = Array(repeating: false, count: rules.orders.count)
  }

  private static func places(_ cap: MoveCap, _ hosts: Int, _ links: Int) -> Int {
    switch cap.place {
    case .total: 1
    case .out, .into, .ends: hosts
    case .links: links
    }
  }

  private static func byVM(_ count: Int, _ groups: [[Int]]) -> [[Int]] {
    guard !groups.isEmpty else { return [] }
    var ofVM = [[Int]](repeating: [], count: count)
    for (group, members) in groups.enumerated() {
      for vm in members { ofVM[vm].append(group) }
    }
    return ofVM
  }

  /// How many gates there are.
  var count: Int { taken.count + rules.orders.count }

  /// How many of them, the first ones, are free again when a move ends.
  var rented: Int { taken.count }

  /// Counts a leg that is to be made.
  mutating func expect(_ vm: Int) {
    guard !ordersBefore.isEmpty else { return }
    for order in ordersBefore[vm] { open[order] += 1 }
  }

  /// Counts it no more: others are made in its place.
  mutating func drop(_ vm: Int) {
    guard !ordersBefore.isEmpty else { return }
    for order in ordersBefore[vm] { open[order] -= 1 }
  }

  /// The first obstacle to a leg's start; `nil` when there is none.
  func obstacle(_ leg: Leg) -> Obstacle? {
    guard !rules.hasNoGates else { return nil }
    if !rules.orders.isEmpty {
      // Whoever goes first and makes room again after others have begun would go too late.
      if let order = ordersBefore[leg.vm].first(where: { hasBegun[$0] }) { return .never(rule: order) }
      if let order = ordersAfter[leg.vm].first(where: { open[$0] > 0 }) {
        return .gate(taken.count + order, rule: order)
      }
    }
    guard !rules.caps.isEmpty else { return nil }
    for cap in capsOfVM[leg.vm] {
      if let gate = gates(cap, leg).first(where: { taken[$0] >= rules.caps[cap].limit }) {
        return .gate(gate, rule: rules.orders.count + cap)
      }
    }
    return nil
  }

  /// The rule of an obstacle, by the number that it states.
  func rule(_ number: Int) -> Rule.ID {
    number < rules.orders.count ? rules.orders[number].rule : rules.caps[number - rules.orders.count].rule
  }

  /// Counts a leg as under way.
  mutating func start(_ leg: Leg) {
    guard !rules.hasNoGates else { return }
    if !rules.orders.isEmpty {
      for order in ordersAfter[leg.vm] { hasBegun[order] = true }
    }
    for gate in capGates(leg) { taken[gate] += 1 }
  }

  /// Counts a leg as made; gives the gates at which others may be asked again.
  mutating func end(_ leg: Leg) -> [Int] {
    guard !rules.hasNoGates else { return [] }
    let given = capGates(leg)
    for gate in given { taken[gate] -= 1 }
    guard !rules.orders.isEmpty else { return given }
    for order in ordersBefore[leg.vm] { open[order] -= 1 }
    return given + ordersBefore[leg.vm].filter { open[$0] == 0 }.map { taken.count + $0 }
  }

  private func capGates(_ leg: Leg) -> [Int] {
    rules.caps.isEmpty ? [] : capsOfVM[leg.vm].flatMap { gates($0, leg) }
  }

  /// The gates of a cap that a leg passes.
  private func gates(_ cap: Int, _ leg: Leg) -> [Int] {
    let first = firstGate[cap]
    switch rules.caps[cap].place {
    case .total: return [first]
    case .out(let hosts): return hosts.contains(leg.from) ? [first + leg.from] : []
    case .into(let hosts): return hosts.contains(leg.to) ? [first + leg.to] : []
    case .ends(let hosts): return [leg.from, leg.to].filter(hosts.contains).map { first + $0 }
    case .links(let links):
      let crossed = Set(leg.route.filter { $0 >= 2 * hostCount }.map { ($0 - 2 * hostCount) / 2 })
      return crossed.filter(links.contains).sorted().map { first + $0 }
    }
  }
}
