/// A set of small numbers that can be drawn from, added to and taken from in constant time.
struct DenseSet: Sendable {
  private(set) var members: [Int32] = []
  /// Where each number stands in ``members``; -1 when it is none.
  private var positions: [Int32]

  init(universe: Int) {
    positions = Array(repeating: -1, count: universe)
  }

  var isEmpty: Bool { members.isEmpty }
  var count: Int { members.count }

  func contains(_ number: Int) -> Bool { positions[number] >= 0 }

  mutating func insert(_ number: Int) {
    guard positions[number] < 0 else { return }
    positions[number] = Int32(members.count)
    members.append(Int32(number))
  }

  mutating func remove(_ number: Int) {
    let position = positions[number]
    guard position >= 0 else { return }
    let last = members[members.count - 1]
    members[Int(position)] = last
    positions[Int(last)] = position
    members.removeLast()
    positions[number] = -1
  }

  func randomMember(_ random: inout SeededGenerator) -> Int {
    Int(members[random.below(members.count)])
  }
}
