/// The legs that wait, in one queue for each thing that they wait for, most urgent first.
struct WaitingLegs {
  /// A leg in a queue. It is stale when the leg has been asked since.
  struct Entry: Comparable {
    let urgency: Double
    let leg: Int
    let turn: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.urgency, -left.leg) < (right.urgency, -right.leg)
    }
  }

  private var queues: [PriorityQueue<Entry>]
  private var turns: [Int]
  private(set) var isWaiting: [Bool]
  private(set) var count = 0

  init(keys: Int, legs: Int) {
    queues = Array(repeating: PriorityQueue(), count: keys)
    turns = Array(repeating: 0, count: legs)
    isWaiting = Array(repeating: false, count: legs)
  }

  /// Makes room for a leg that is added later.
  mutating func addLeg() {
    turns.append(0)
    isWaiting.append(false)
  }

  /// Lets a leg wait for any of the keys.
  mutating func wait(_ leg: Int, urgency: Double, for keys: [Int]) {
    if !isWaiting[leg] {
      isWaiting[leg] = true
      count += 1
    }
    turns[leg] += 1
    for key in keys { queues[key].insert(Entry(urgency: urgency, leg: leg, turn: turns[leg])) }
  }

  /// Takes a leg out of all queues.
  mutating func remove(_ leg: Int) {
    guard isWaiting[leg] else { return }
    isWaiting[leg] = false
    turns[leg] += 1
    count -= 1
  }

  /// Takes the most urgent leg that waits for a key out of this queue; it still counts as waiting.
  mutating func next(_ key: Int) -> Entry? {
    while let entry = queues[key].popFirst() {
      if isCurrent(entry) { return entry }
    }
    return nil
  }

  /// Whether the leg has not been asked since the entry was made.
  func isCurrent(_ entry: Entry) -> Bool {
    isWaiting[entry.leg] && turns[entry.leg] == entry.turn
  }

  /// Makes all entries of a leg stale; it waits for nothing until it is told what for.
  mutating func suspend(_ leg: Int) {
    turns[leg] += 1
  }

  /// The legs that wait, in ascending order.
  var legs: [Int] {
    isWaiting.indices.filter { isWaiting[$0] }
  }
}
