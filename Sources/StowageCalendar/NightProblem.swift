/// Units of moves to be put into nights, one wave a night.
///
/// Nights are counted from 0. All times are in ms.
public struct NightProblem: Sendable {
  /// Moves that go in one night whatever else happens.
  public struct Unit: Sendable {
    /// VMs that move.
    public var vms: Int
    /// Move groups that people see to.
    public var groups: Int
    /// Whether it may be in the pilot.
    public var isPilotReady: Bool
    /// Which row of ``NightProblem/usable`` holds for it.
    public var calendar: Int
    /// Time that its longest move takes.
    public var least: Double
    /// Time that it takes of ports, links and slots, by dimension, ascending.
    public var work: [(dimension: Int, time: Double)]
    /// Time that copies ahead of it take of channels before its night opens, by number of the channel.
    public var seeds: [(channel: Int, time: Double)]
    /// Units that go no later.
    public var waitsFor: [Int]
    /// Members of groups that stand in for each other.
    public var stakes: [(group: Int, count: Int)]

    /// A unit of its parts.
    public init(
      vms: Int, groups: Int = 1, isPilotReady: Bool = true, calendar: Int = 0, least: Double = 0,
      work: [(dimension: Int, time: Double)] = [], seeds: [(channel: Int, time: Double)] = [],
      waitsFor: [Int] = [],
      stakes: [(group: Int, count: Int)] = []
    ) {
      self.vms = vms
      self.groups = groups
      self.isPilotReady = isPilotReady
      self.calendar = calendar
      self.least = least
      self.work = work
      self.seeds = seeds
      self.waitsFor = waitsFor
      self.stakes = stakes
    }
  }

  /// Two units that talk to each other.
  public struct Pair: Sendable {
    /// The one.
    public var first: Int
    /// The other.
    public var second: Int
    /// What a night between them costs when the first goes first.
    public var ifFirst: Double
    /// The same when the second does.
    public var ifSecond: Double

    /// A pair of its parts.
    public init(first: Int, second: Int, ifFirst: Double, ifSecond: Double) {
      self.first = first
      self.second = second
      self.ifFirst = ifFirst
      self.ifSecond = ifSecond
    }
  }

  /// The units.
  public var units: [Unit]
  /// Time that each calendar leaves for moves in each night; 0 for a night that is closed.
  public var usable: [[Double]]
  /// How many dimensions work is counted in.
  public var dimensions: Int
  /// When each night opens, by which copies ahead of its units must be done; empty when there are none.
  public var opening: [Double]
  /// How many channels copies ahead are counted on.
  public var seedChannels: Int
  /// Most VMs of a night.
  public var mostVMs: Int?
  /// Most move groups of a night.
  public var mostGroups: Int?
  /// Most VMs of the first night with a wave.
  public var pilotVMs: Int?
  /// How many members of each group a night may move.
  public var mostAtStake: [Int]
  /// Units that talk to each other.
  public var pairs: [Pair]
  /// What each night before a unit moves costs.
  public var waiting: [Double]

  /// A problem of its parts.
  public init(
    units: [Unit], usable: [[Double]], dimensions: Int = 0, opening: [Double] = [],
    seedChannels: Int = 0, mostVMs: Int? = nil, mostGroups: Int? = nil,
    pilotVMs: Int? = nil, mostAtStake: [Int] = [], pairs: [Pair] = [], waiting: [Double]? = nil
  ) {
    self.units = units
    self.usable = usable
    self.dimensions = dimensions
    self.opening = opening
    self.seedChannels = seedChannels
    self.mostVMs = mostVMs
    self.mostGroups = mostGroups
    self.pilotVMs = pilotVMs
    self.mostAtStake = mostAtStake
    self.pairs = pairs
    self.waiting = waiting ?? Array(repeating: 0, count: units.count)
  }

  /// How many nights the calendars show.
  public var nights: Int { usable.first?.count ?? 0 }

  /// Time for moves that a night leaves to a unit.
  func usable(_ unit: Int, _ night: Int) -> Double { usable[units[unit].calendar][night] }

  /// Whether a unit could have a night for itself.
  func isOpen(_ unit: Int, _ night: Int) -> Bool {
    let time = usable(unit, night)
    return time > 0 && units[unit].least <= time && units[unit].work.allSatisfy { $0.time <= time }
  }

  /// What the nights of all units cost in traffic between those that have moved and those that have not.
  public func traffic(_ nightOfUnit: [Int]) -> Double {
    let lone = zip(waiting, nightOfUnit).reduce(0) { $0 + $1.0 * Double($1.1 + 1) }
    return pairs.reduce(lone) { sum, pair in
      let apart = nightOfUnit[pair.second] - nightOfUnit[pair.first]
      return sum + (apart > 0 ? pair.ifFirst * Double(apart) : pair.ifSecond * Double(-apart))
    }
  }

  /// Whether nights keep every limit.
  public func isLegal(_ nightOfUnit: [Int]) -> Bool {
    var fill = NightFill(self)
    for unit in nightOfUnit.indices.sorted(by: { nightOfUnit[$0] < nightOfUnit[$1] }) {
      guard (0..<nights).contains(nightOfUnit[unit]), fill.fits(unit, nightOfUnit[unit]) else { return false }
      fill.add(unit, nightOfUnit[unit])
    }
    let pilot = nightOfUnit.min()
    return units.indices.allSatisfy { unit in
      units[unit].waitsFor.allSatisfy { nightOfUnit[$0] <= nightOfUnit[unit] }
        && (pilotVMs == nil || nightOfUnit[unit] != pilot || units[unit].isPilotReady)
    } && (pilotVMs.map { most in fill.vms[pilot ?? 0] <= most } ?? true)
  }
}
