/// Slots that moves under way take of the platform's limits.
struct SlotLoads {
  /// Which limit stands in the way.
  enum Limit {
    case out(Int)
    case into(Int)
    case host(Int)
    case fleet
  }

  private let limits: SlotLimits
  private var out: [Int]
  private var into: [Int]
  private var all = 0

  init(limits: SlotLimits, hosts: Int) {
    self.limits = limits
    out = Array(repeating: 0, count: hosts)
    into = Array(repeating: 0, count: hosts)
  }

  /// The first limit that a move would exceed; `nil` when none.
  func obstacle(from source: Int, to target: Int, slots: Int) -> Limit? {
    guard slots > 0 else { return nil }
    if exceeds(all, slots, limits.fleet) { return .fleet }
    if exceeds(out[source], slots, limits.out) { return .out(source) }
    if exceeds(into[target], slots, limits.into) { return .into(target) }
    if exceeds(out[source] + into[source], slots, limits.host) { return .host(source) }
    if exceeds(out[target] + into[target], slots, limits.host) { return .host(target) }
    return nil
  }

  private func exceeds(_ used: Int, _ slots: Int, _ limit: Int?) -> Bool {
    guard let limit else { return false }
    return used + slots > limit
  }

  mutating func take(from source: Int, to target: Int, slots: Int) {
    out[source] += slots
    into[target] += slots
    all += slots
  }

  mutating func giveBack(from source: Int, to target: Int, slots: Int) {
    take(from: source, to: target, slots: -slots)
  }
}
