/// How far the blocks of affinity groups are.
///
/// A block opens when all its moves have room at their targets at once: the room is booked for all,
/// and the channels that it still needs are kept free of other moves, so that nothing comes between
/// its first start and its last end.
struct BlockStates {
  private let blockOfLeg: [Int?]
  let members: [[Int]]
  private var isOpen: [Bool]
  private var isDissolved: [Bool]
  private var booked: Set<Int> = []
  /// Legs of open blocks that still need each channel.
  private var keptFor: [Int]
  private var isWaitingInBlock: Set<Int> = []

  init(_ members: [[Int]], legs: Int, channels: Int) {
    self.members = members
    var blockOfLeg = [Int?](repeating: nil, count: legs)
    for (block, legs) in members.enumerated() {
      for leg in legs { blockOfLeg[leg] = block }
    }
    self.blockOfLeg = blockOfLeg
    isOpen = Array(repeating: false, count: members.count)
    isDissolved = Array(repeating: false, count: members.count)
    keptFor = Array(repeating: 0, count: channels)
  }

  /// The block that must open before a leg can start; `nil` when none must.
  func closedBlock(of leg: Int) -> Int? {
    guard leg < blockOfLeg.count, let block = blockOfLeg[leg], !isOpen[block], !isDissolved[block] else {
      return nil
    }
    return block
  }

  /// Whether the target has been charged with a leg's VM before its start.
  func isBooked(_ leg: Int) -> Bool { booked.contains(leg) }

  /// A channel of a route that is kept for an open block which the leg is no part of.
  func keptChannel(_ route: [Int], leg: Int) -> Int? {
    guard !isWaitingInBlock.isEmpty, !isWaitingInBlock.contains(leg) else { return nil }
    return route.first { keptFor[$0] > 0 }
  }

  /// Opens a block whose legs have been booked.
  mutating func open(_ block: Int, routeOf: (Int) -> [Int]) {
    isOpen[block] = true
    for leg in members[block] {
      booked.insert(leg)
      isWaitingInBlock.insert(leg)
      for channel in routeOf(leg) { keptFor[channel] += 1 }
    }
  }

  /// Notes that a leg has started; gives the channels that are no longer kept.
  mutating func started(_ leg: Int, route: [Int]) -> [Int] {
    guard isWaitingInBlock.remove(leg) != nil else { return [] }
    for channel in route { keptFor[channel] -= 1 }
    return route.filter { keptFor[$0] == 0 }
  }

  /// Lets the legs of closed blocks start one by one and gives all kept channels free: for when
  /// the members need each other's room, or something holds up an open block.
  ///
  /// - Returns: whether this changed anything.
  mutating func dissolve() -> Bool {
    let closed = members.indices.filter { !isOpen[$0] && !isDissolved[$0] }
    let changes = !closed.isEmpty || !isWaitingInBlock.isEmpty
    for block in closed { isDissolved[block] = true }
    isWaitingInBlock.removeAll()
    keptFor = keptFor.map { _ in 0 }
    return changes
  }
}
