import StowageModel

extension PartsBound {
  /// What hosts on cost at the least by mix, part by part, as the guide *Proofs* states it under *cheapest-mix*; `nil` when
  /// the mix of some part cannot be settled within the limits.
  func cheapestMix(_ expense: HostExpense) -> Double? {
    var sum = 0.0
    for part in division() {
      let own = Rooms(rooms, hosts: part.hosts, vms: part.vms)
      var purchase = MixPurchase(own, hosts: part.hosts, expense)
      guard let least = purchase.least() else { return nil }
      sum += least
    }
    return sum
  }
}

/// Which hosts to pay for so that their rooms hold what a part asks, at the least cost; exactly.
private struct MixPurchase {
  private struct Kind {
    let offer: [Int64]
    let cost: Double
    var left: Int
  }

  /// Steps of the search in all: more than any planner of ours takes.
  private static let mostSteps = 4_000_000

  /// What the hosts that must stay on cost.
  private let fixed: Double
  private let need: [Int64]
  private var kinds: [Kind]
  /// Money for a unit of each resource; any that are not below zero are valid.
  private var prices: [Double] = []
  /// By position among the kinds: what kinds from there on are worth beyond their cost.
  private var gainFrom: [Double] = []
  private var cheapest = Double.infinity
  private var steps = 0

  init(_ rooms: Rooms, hosts: Set<Int>, _ expense: HostExpense) {
    let isKept = Set(rooms.kept)
    fixed = isKept.sorted().reduce(0) { $0 + expense.fixed[$1] }
    var need = Resource.allCases.map { rooms.totalDemand[$0] }
    // Whoever is on anyway, or costs nothing, gives all of its room first.
    for room in rooms.rooms where isKept.contains(room.host) || expense.fixed[room.host] <= 0 {
      for resource in Resource.allCases {
        need[resource.index] -= room.limits[resource.index] ?? need[resource.index]
      }
    }
    let open = need.indices.filter { need[$0] > 0 }
    self.need = open.map { need[$0] }
    var counts: [[Int64]: [Double: Int]] = [:]
    for room in rooms.rooms where !isKept.contains(room.host) && expense.fixed[room.host] > 0 {
      let offer = open.map { min(room.limits[$0] ?? need[$0], need[$0]) }
      counts[offer, default: [:]][expense.fixed[room.host], default: 0] += 1
    }
    kinds = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.flatMap { offer, costs in
      costs.sorted { $0.key < $1.key }.map { Kind(offer: offer, cost: $0.key, left: $0.value) }
    }
    setPrices()
  }

  /// `nil` when it is not settled within the limits, or when not even all hosts hold the need.
  mutating func least() -> Double? {
    guard !need.isEmpty else { return fixed }
    buy(need, from: 0, paid: 0)
    return steps < Self.mostSteps && cheapest.isFinite ? fixed + cheapest : nil
  }

  private mutating func buy(_ need: [Int64], from index: Int, paid: Double) {
    guard need.contains(where: { $0 > 0 }) else {
      cheapest = min(cheapest, paid)
      return
    }
    steps += 1
    guard index < kinds.count, steps < Self.mostSteps else { return }
    let worth = zip(need, prices).reduce(0) { $0 + Double(max(0, $1.0)) * $1.1 }
    if paid + max(0, worth - gainFrom[index]) >= cheapest - 1e-9 * max(1, cheapest) { return }
    let kind = kinds[index]
    var useful = 0
    for (amount, offer) in zip(need, kind.offer) where amount > 0 && offer > 0 {
      useful = max(useful, Int((amount + offer - 1) / offer))
    }
    for number in (0...min(kind.left, useful)).reversed() {
      let left = zip(need, kind.offer).map { $0 - $1 * Int64(number) }
      buy(left, from: index + 1, paid: paid + Double(number) * kind.cost)
    }
  }

  /// Follows the subgradient of *need·y − Σ number·max(0, offer·y − cost)* and keeps the best prices; kinds that are worth
  /// most for their cost come first.
  private mutating func setPrices() {
    let scale = need.map { Double($0) }
    let offers = kinds.map { kind in zip(kind.offer, scale).map { Double($0) / $1 } }
    let starts = (need.indices.map { [$0] } + [Array(need.indices)]).map { chosen in
      need.indices.map { resource -> Double in
        guard chosen.contains(resource) else { return 0 }
        let each = zip(kinds, offers).filter { $0.1[resource] > 0 }.map { $0.0.cost / $0.1[resource] }
        return (each.min() ?? 0) / Double(chosen.count)
      }
    }
    var best = (value: -Double.infinity, prices: need.map { _ in 0.0 })
    for start in starts {
      var point = start
      for step in 1...600 {
        var value = point.reduce(0, +)
        var slope = point.map { _ in 1.0 }
        for (kind, offer) in zip(kinds, offers) {
          let gain = zip(offer, point).reduce(0) { $0 + $1.0 * $1.1 } - kind.cost
          guard gain > 0 else { continue }
          value -= Double(kind.left) * gain
          for resource in slope.indices { slope[resource] -= Double(kind.left) * offer[resource] }
        }
        if value > best.value { best = (value, point) }
        let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { break }
        let stride = 0.3 * max(1, best.value) / (Double(step).squareRoot() * length)
        point = zip(point, slope).map { max(0, $0 + stride * $1) }
      }
    }
    prices = zip(best.prices, scale).map { $0 / $1 }
    let worth = offers.map { zip($0, best.prices).reduce(0) { $0 + $1.0 * $1.1 } }
    let order = kinds.indices.sorted {
      (kinds[$0].cost / max(1e-300, worth[$0]), $0) < (kinds[$1].cost / max(1e-300, worth[$1]), $1)
    }
    var gains = [0.0]
    for index in order.reversed() {
      gains.append((gains.last ?? 0) + Double(kinds[index].left) * max(0, worth[index] - kinds[index].cost))
    }
    gainFrom = gains.reversed()
    kinds = order.map { kinds[$0] }
  }
}
