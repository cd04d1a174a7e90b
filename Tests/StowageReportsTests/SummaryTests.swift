import StowageModel
import StowageReports
import Testing

@Suite("Summary")
struct SummaryTests {
  @Test("the summary of a room reads as recorded")
  func room() throws {
    try Golden.expect(Summary(Room.input).text, matches: "room-summary.txt")
  }

  @Test("colour adds nothing that is not said in words")
  func colour() {
    let plain = Summary(Room.input).text
    let coloured = Summary(Room.input, layout: .init(style: .ansi)).text
    #expect(coloured != plain)
    #expect(coloured.replacing(/\u{1b}\[[0-9]+m/, with: "") == plain)
  }

  @Test("lines keep the width", arguments: [80, 100])
  func width(cells: Int) {
    let inputs = [Room.input, LargeFleet.input(hosts: 30, moves: 300, seed: 3)]
    for input in inputs {
      for line in Summary(input, layout: .init(width: cells)).text.split(separator: "\n") {
        #expect(line.count <= cells, "\(line)")
      }
    }
  }

  @Test("what a long plan leaves out is counted", arguments: [41, 300, 1000])
  func counted(moves: Int) {
    let text = Summary(LargeFleet.input(hosts: 30, moves: moves, seed: 3)).text
    let listed = text.matches(of: /\n  [~>!.] m[0-9]+/).count
    let rest = text.matches(of: /… and ([0-9,]+) more:/).compactMap { Int($0.1.replacing(",", with: "")) }
    let waves = text.matches(of: /more waves with ([0-9,]+) moves/).compactMap {
      Int($0.1.replacing(",", with: ""))
    }
    #expect(listed + rest.reduce(0, +) + waves.reduce(0, +) == moves)
    #expect(listed <= 48)
  }

  @Test(
    "a plan without moves says why there are none, for each goal",
    arguments: [
      (Goal.consolidate, "4 hosts hold VMs, and no plan needs fewer"),
      (.balance, "the highest utilisation is 34.4 % (r1-h03, memory), and no plan that lowers it was found"),
      (.evacuate, "r9-h01 holds no VM"), (.repair, "what is broken cannot be mended by moving VMs"),
      (.colocate, "everything selected is at the target site already"),
    ])
  func nothing(goal: Goal, reason: String) {
    var input = Room.input
    input.plan.goal = goal
    input.plan.moves = []
    input.plan.options.hosts = ["r9-h01"]
    input.hostLoads = input.hostLoads.map {
      HostLoad(host: $0.host, capacity: $0.capacity, start: $0.start, end: $0.start)
    }
    let text = Summary(input, layout: .init(width: 200)).text
    #expect(text.contains("Nothing to move: \(reason)."))
    #expect(text.contains("Plan: 0 moves"))
  }

  @Test("a value is called proved only when it meets its bound")
  func quality() {
    var input = Room.input
    input.plan.objectives = [
      Objective(.hostsOn, value: 4, lowerBound: 3, proof: .volume), Objective(.moves, value: 7),
      Objective(.movedMiB, value: 1024, lowerBound: 2048, proof: .mustMove),
    ]
    let text = Summary(input).text
    #expect(text.contains("at most 1 above the bound of 3"))
    #expect(text.contains("no bound is proved"))
    #expect(text.contains("the stated bound 2.0 GiB is above the value"))
    #expect(!text.contains("proved: no plan"))
  }

  @Test("a plan that is not verified says so in its last line")
  func notVerified() {
    var input = Room.input
    input.isVerified = false
    #expect(Summary(input).text.hasSuffix("Plan: 7 moves, 2 hosts off, 2 min 43 s; NOT verified.\n"))
  }

  @Test("moves without an estimate are shown as not estimated")
  func withoutEstimates() {
    var input = Room.input
    input.plan.moves = input.plan.moves.map {
      var move = $0
      move.estimate = nil
      return move
    }
    let text = Summary(input, layout: .init(width: 200)).text
    #expect(text.contains("? = not estimated"))
    #expect(text.contains("7 moves without an estimate"))
    #expect(!text.contains("pauses of running VMs"))
  }

  @Test("savings that are known for some hosts only say so")
  func partialSavings() {
    var input = Room.input
    input.inventory.hosts = input.inventory.hosts.map {
      var host = $0
      if host.id == "r1-h03" { host.powerIdleWatts = nil }
      return host
    }
    input.facility.powerUsageEffectiveness = 1.5
    // One host of 160 W, 8,760 h, PUE 1.5: 2,102.4 kWh.
    let text = Summary(input, layout: .init(width: 200)).text
    #expect(text.contains("160 W idle power (known for 1 of 2), 2,102 kWh a year (PUE 1.50)"))
  }
}
