import LinearOptimization

/// The program that gives nights to some units while the others keep theirs.
///
/// - Given: a ``NightProblem``, the night of each unit that keeps its own, and the nights open to the others.
/// - Decides: the night of each other unit.
/// - Minimises: traffic between units that have moved and units that have not, times the nights between them; or, to empty a
///   night, the units in it.
/// - Subject to: VMs, move groups and time of ports, links and slots of each night; members of a group at stake; waits; and the
///   size of the pilot, where it is among the nights.
/// - Reads back: the night of each unit.
struct NightProgram {
  private let problem: NightProblem
  /// The night of each unit; `nil` for those to be decided.
  private let kept: [Int?]
  private let freed: [Int]
  private let nights: [Int]
  private let fill: NightFill
  private(set) var program = LinearProgram()
  private var columns: [[Int: LinearProgram.Column]]
  /// Time that each unit takes of each dimension.
  private let times: [[Int: Double]]

  /// `emptied` is a night in which as little as possible is to be, by weight of units; traffic is not counted then, nor where
  /// it is only asked whether there are nights.
  init(
    _ problem: NightProblem, kept: [Int?], nights: [Int], emptied: (night: Int, weight: [Double])? = nil,
    isPriced: Bool = true
  ) {
    self.problem = problem
    self.kept = kept
    self.nights = nights.sorted()
    freed = kept.indices.filter { kept[$0] == nil }
    var fill = NightFill(problem)
    for (unit, night) in kept.enumerated() { if let night { fill.add(unit, night) } }
    self.fill = fill
    times = problem.units.map { Dictionary(uniqueKeysWithValues: $0.work.map { ($0.dimension, $0.time) }) }
    columns = Array(repeating: [:], count: problem.units.count)
    addUnits(emptied)
    limitNights()
    limitStakes()
    limitSeeds()
    order()
    if problem.pilotVMs != nil, freed.count == kept.count { sendPilot() }
    if emptied == nil, isPriced { priceTraffic() }
  }

  private mutating func addUnits(_ emptied: (night: Int, weight: [Double])?) {
    for unit in freed {
      let earliest = problem.units[unit].waitsFor.compactMap { kept[$0] }.max() ?? 0
      let latest = waiters(of: unit).compactMap { kept[$0] }.min() ?? .max
      for night in nights where night >= earliest && night <= latest && problem.isOpen(unit, night) {
        let cost =
          emptied.map { night == $0.night ? $0.weight[unit] : 0 } ?? problem.waiting[unit] * Double(night + 1)
        columns[unit][night] = program.addBinary("unit \(unit) in night \(night)", cost: cost)
      }
      program.require(
        "unit \(unit) in one night", sum(nights.compactMap { columns[unit][$0] }), equals: 1)
    }
  }

  private func waiters(of unit: Int) -> [Int] {
    problem.units.indices.filter { problem.units[$0].waitsFor.contains(unit) }
  }

  private mutating func limitNights() {
    for night in nights {
      let present = freed.filter { columns[$0][night] != nil }
      let there = fill.members[night]
      limit("VMs of night \(night)", present, night, problem.mostVMs.map(Double.init), there) {
        Double($0.vms)
      }
      limit("groups of night \(night)", present, night, problem.mostGroups.map(Double.init), there) {
        Double($0.groups)
      }
      let longest = present.map { problem.usable($0, night) }.max() ?? 0
      let least = there.map { problem.usable($0, night) }.min() ?? .infinity
      for dimension in 0..<problem.dimensions {
        limitTime(dimension, night, present, there, within: min(longest, least))
      }
      keepToShortest(night, present, there)
    }
  }

  private mutating func limit(
    _ name: String, _ present: [Int], _ night: Int, _ most: Double?, _ there: [Int],
    _ amount: (NightProblem.Unit) -> Double
  ) {
    guard let most else { return }
    let taken = there.reduce(0) { $0 + amount(problem.units[$1]) }
    guard taken + present.reduce(0, { $0 + amount(problem.units[$1]) }) > most else { return }
    var expression = LinearExpression()
    for unit in present {
      if let column = columns[unit][night] { expression.add(amount(problem.units[unit]), column) }
    }
    program.require(name, expression, atMost: most - taken)
  }

  /// Time of one dimension within a limit, and within the shorter time of each unit that has less.
  private mutating func limitTime(
    _ dimension: Int, _ night: Int, _ present: [Int], _ there: [Int], within limit: Double
  ) {
    func time(_ unit: Int) -> Double { times[unit][dimension] ?? 0 }
    let taken = there.reduce(0) { $0 + time($1) }
    let all = present.reduce(taken) { $0 + time($1) }
    var expression = LinearExpression()
    for unit in present where time(unit) > 0 {
      if let column = columns[unit][night] { expression.add(time(unit) / 1000, column) }
    }
    if all > limit {
      program.require(
        "time \(dimension) of night \(night)", expression, atMost: max(0, limit - taken) / 1000)
    }
    for unit in present {
      let own = problem.usable(unit, night)
      guard own < limit, all > own, let column = columns[unit][night] else { continue }
      var shorter = expression
      shorter.add((all - own) / 1000, column)
      program.require(
        "time \(dimension) of night \(night) with unit \(unit)", shorter, atMost: (all - taken) / 1000)
    }
  }

  /// No unit whose longest move is longer than the time of another shares a night with that.
  private mutating func keepToShortest(_ night: Int, _ present: [Int], _ there: [Int]) {
    let longestThere = there.map { problem.units[$0].least }.max() ?? 0
    let leastThere = there.map { problem.usable($0, night) }.min() ?? .infinity
    for unit in present {
      guard let column = columns[unit][night] else { continue }
      if problem.usable(unit, night) < longestThere || problem.units[unit].least > leastThere {
        program.setBounds(of: column, to: .exactly(0))
      }
      for other in present where problem.units[other].least > problem.usable(unit, night) && other != unit {
        if let rival = columns[other][night] {
          program.require("units \(unit) and \(other) in night \(night)", sum([column, rival]), atMost: 1)
        }
      }
    }
  }

  /// By the opening of each night what must be copied for it and those before is.
  private mutating func limitSeeds() {
    guard let first = nights.first else { return }
    for channel in 0..<problem.seedChannels {
      func time(_ unit: Int) -> Double {
        problem.units[unit].seeds.first { $0.channel == channel }?.time ?? 0
      }
      let all = freed.reduce(0) { $0 + time($1) }
      for night in first..<problem.nights {
        let left = problem.opening[night] - fill.seeded(channel, by: night)
        guard all > left else { continue }
        var expression = LinearExpression()
        for unit in freed where time(unit) > 0 {
          for earlier in nights where earlier <= night {
            if let column = columns[unit][earlier] { expression.add(time(unit) / 1000, column) }
          }
        }
        program.require(
          "seeds on \(channel) by night \(night)", expression, atMost: max(0, left) / 1000)
      }
    }
  }

  private mutating func limitStakes() {
    for (group, most) in problem.mostAtStake.enumerated() {
      func count(_ unit: Int) -> Int { problem.units[unit].stakes.first { $0.group == group }?.count ?? 0 }
      let members = freed.filter { count($0) > 0 }
      guard !members.isEmpty else { continue }
      for night in nights {
        let there = fill.members[night].reduce(0) { $0 + count($1) }
        var expression = LinearExpression()
        for unit in members {
          if let column = columns[unit][night] { expression.add(Double(count(unit)), column) }
        }
        program.require("stake \(group) in night \(night)", expression, atMost: Double(max(0, most - there)))
      }
    }
  }

  private mutating func order() {
    for unit in freed {
      for other in problem.units[unit].waitsFor where kept[other] == nil && other != unit {
        for night in nights {
          var expression = LinearExpression()
          for earlier in nights where earlier <= night {
            if let column = columns[unit][earlier] { expression.add(1, column) }
            if let column = columns[other][earlier] { expression.add(-1, column) }
          }
          program.require("unit \(unit) not before \(other) by night \(night)", expression, atMost: 0)
        }
      }
    }
  }

  /// A night takes more than the pilot, and units that may not set out, only after a night with a wave.
  private mutating func sendPilot() {
    guard let pilot = problem.pilotVMs else { return }
    let most = Double(problem.mostVMs ?? problem.units.reduce(0) { $0 + $1.vms })
    var before: [LinearProgram.Column] = []
    for night in nights {
      let here = freed.filter { columns[$0][night] != nil }
      var load = LinearExpression()
      for unit in here {
        guard let column = columns[unit][night] else { continue }
        load.add(Double(problem.units[unit].vms), column)
        if !problem.units[unit].isPilotReady {
          var late = sum([column])
          for other in before { late.add(-1, other) }
          program.require("unit \(unit) not first", late, atMost: 0)
        }
      }
      for other in before { load.add(-max(0, most - Double(pilot)), other) }
      program.require("pilot by night \(night)", load, atMost: Double(pilot))
      before += here.compactMap { columns[$0][night] }
    }
  }

  private mutating func priceTraffic() {
    for pair in problem.pairs where kept[pair.first] == nil || kept[pair.second] == nil {
      if let night = kept[pair.first] {
        price(pair.second, after: night, late: pair.ifFirst, early: pair.ifSecond)
      } else if let night = kept[pair.second] {
        price(pair.first, after: night, late: pair.ifSecond, early: pair.ifFirst)
      } else {
        for (early, late, cost) in [
          (pair.first, pair.second, pair.ifFirst), (pair.second, pair.first, pair.ifSecond),
        ] where cost > 0 {
          let apart = program.addContinuous("nights from \(early) to \(late)", cost: cost)
          var expression = LinearExpression(apart)
          for night in nights {
            if let column = columns[late][night] { expression.add(-Double(night), column) }
            if let column = columns[early][night] { expression.add(Double(night), column) }
          }
          program.require("\(late) after \(early)", expression, atLeast: 0)
        }
      }
    }
  }

  private mutating func price(_ unit: Int, after fixed: Int, late: Double, early: Double) {
    for (night, column) in columns[unit].sorted(by: { $0.key < $1.key }) {
      let apart = Double(night - fixed)
      let cost = program.costs[column.index] + (apart > 0 ? late * apart : early * -apart)
      program.setCost(of: column, to: cost)
    }
  }

  /// The night of each unit in a solution; `nil` when it breaks a limit by the solver's tolerances.
  func nightOfUnit(_ solution: Solution) -> [Int]? {
    var found = kept
    for unit in freed {
      found[unit] = columns[unit].sorted { $0.key < $1.key }.first { solution[$0.value] > 0.5 }?.key
    }
    let whole = found.compactMap(\.self)
    return whole.count == found.count && problem.isLegal(whole) ? whole : nil
  }
}
