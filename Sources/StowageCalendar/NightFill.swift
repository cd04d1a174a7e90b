/// Nights as they are filled: what is taken of each.
struct NightFill {
  private let problem: NightProblem
  /// The night of each unit; `nil` for one that has none yet.
  private(set) var nightOfUnit: [Int?]
  /// The units of each night, in the order in which they came.
  private(set) var members: [[Int]]
  private(set) var vms: [Int]
  private var groups: [Int]
  /// Time taken, night by night and dimension by dimension.
  private var taken: [Double]
  private var stakes: [Int]
  /// Time of copies ahead of all units up to each night, channel by channel.
  private var seeded: [Double]

  init(_ problem: NightProblem) {
    self.problem = problem
    nightOfUnit = Array(repeating: nil, count: problem.units.count)
    members = Array(repeating: [], count: problem.nights)
    vms = Array(repeating: 0, count: problem.nights)
    groups = vms
    taken = Array(repeating: 0, count: problem.nights * problem.dimensions)
    seeded = Array(repeating: 0, count: problem.nights * problem.seedChannels)
    stakes = Array(repeating: 0, count: problem.nights * problem.mostAtStake.count)
  }

  /// Whether a night has room for a unit, in the company that it has; the pilot's limit and waits apart.
  func fits(_ unit: Int, _ night: Int) -> Bool {
    let own = problem.units[unit]
    guard problem.isOpen(unit, night),
      vms[night] + own.vms <= problem.mostVMs ?? .max,
      groups[night] + own.groups <= problem.mostGroups ?? .max
    else { return false }
    for (group, count) in own.stakes
    where stakes[night * problem.mostAtStake.count + group] + count > problem.mostAtStake[group] {
      return false
    }
    return hasTime(own, night, problem.usable(unit, night)) && canBeSeeded(own, night)
  }

  /// What must be copied before any night from this one on can be.
  private func canBeSeeded(_ own: NightProblem.Unit, _ night: Int) -> Bool {
    own.seeds.allSatisfy { channel, time in
      (night..<problem.nights).allSatisfy {
        seeded[$0 * problem.seedChannels + channel] + time <= problem.opening[$0]
      }
    }
  }

  /// What copies ahead take of a channel up to a night.
  func seeded(_ channel: Int, by night: Int) -> Double { seeded[night * problem.seedChannels + channel] }

  /// The night lasts as long as the shortest of its units' calendars lets it.
  private func hasTime(_ own: NightProblem.Unit, _ night: Int, _ usable: Double) -> Bool {
    var least = usable
    var longest = own.least
    for other in members[night] {
      least = min(least, problem.usable(other, night))
      longest = max(longest, problem.units[other].least)
    }
    guard longest <= least else { return false }
    let base = night * problem.dimensions
    for (dimension, time) in own.work where taken[base + dimension] + time > least { return false }
    guard least < usable || members[night].contains(where: { problem.usable($0, night) > usable }) else {
      return true
    }
    return (0..<problem.dimensions).allSatisfy { taken[base + $0] <= least }
  }

  mutating func add(_ unit: Int, _ night: Int) {
    nightOfUnit[unit] = night
    members[night].append(unit)
    count(unit, night, 1)
  }

  mutating func remove(_ unit: Int) {
    guard let night = nightOfUnit[unit] else { return }
    nightOfUnit[unit] = nil
    members[night].removeAll { $0 == unit }
    count(unit, night, -1)
  }

  private mutating func count(_ unit: Int, _ night: Int, _ sign: Int) {
    let own = problem.units[unit]
    vms[night] += sign * own.vms
    groups[night] += sign * own.groups
    for (dimension, time) in own.work { taken[night * problem.dimensions + dimension] += Double(sign) * time }
    for (channel, time) in own.seeds {
      for later in night..<problem.nights {
        seeded[later * problem.seedChannels + channel] += Double(sign) * time
      }
    }
    for (group, count) in own.stakes { stakes[night * problem.mostAtStake.count + group] += sign * count }
  }

  /// Units without a night.
  var isComplete: Bool { nightOfUnit.allSatisfy { $0 != nil } }

  /// The first night with a wave.
  var pilot: Int? { members.firstIndex { !$0.isEmpty } }
}
