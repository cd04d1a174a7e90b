import ArgumentParser
import StowageKit

/// Order and time: makespans against their bounds.
struct ScheduleSuite: ParsableCommand {
  /// A family of cases.
  enum Family: String, CaseIterable, ExpressibleByArgument {
    case ring, drain, tight, layout, mvm, grid5000, racks, fleet
  }

  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Orders and times the moves of generated cases; every plan is verified.",
    discussion: """
      ring      swaps and rings of 3, 5 and 8 full hosts, with and without a spare host
      drain     5 of 100 hosts at 85 % load are emptied
      tight     40 fleets packed to 85-95 %, one to three hosts emptied
      layout    given layouts of 30 hosts at 70 and 85 % load, 10 and 50 % of the VMs elsewhere
      mvm       30 and 120 migrations over 10 Gb/s, six VMs a host
      grid5000  the published plans in the folder or archive given with --grid5000
      racks     2000 moves over 1000 hosts in three racks with 40 Gb/s up-links
      fleet     20000 moves over 10000 hosts in thirty racks

      A case without a plan comes with a way out: stops is how many VMs to stop, pause_ms the price; way_out is
      "verified" when the plan that this makes possible was made and the verifier accepted it.
      value and lower_bound are the makespan in s and the bound on it; gap is value / lower_bound - 1;
      cpu_s and wall_s include the verifier. peak_mib is of the whole process: run 'fleet' alone for its own.
      """)

  @Option(parsing: .upToNextOption, help: "Families of cases; all but grid5000 and fleet by default.")
  var cases: [Family] = [.ring, .drain, .tight, .layout, .mvm, .racks]

  @Option(parsing: .upToNextOption, help: "Seeds of drain and layout.")
  var seeds: [UInt64] = [1, 2, 3, 4, 5]

  @Option(help: "First of the forty seeds of tight.")
  var tightFrom: UInt64 = 1

  @Option(help: "Seed of the planner.")
  var seed: UInt64 = 1

  @Option(help: "Folder or archive of published plans.")
  var grid5000: String?

  @Option(help: "Schedules tried for each case; the sequencer's own choice by default.")
  var attempts: Int?

  @Option(help: "Seconds to search for the placement of drain and tight.")
  var timeLimit = 5.0

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    var measurements: [Measurement] = []
    for family in cases {
      for instance in try instances(family) {
        measurements.append(try measure(instance))
        if format == .text { print(measurements.last?.text ?? "") }
      }
    }
    if format == .json { Measurement.show(measurements, asJSON: true) } else { summarise(measurements) }
  }

  private func instances(_ family: Family) throws -> [ScheduleCase] {
    switch family {
    case .ring:
      return [true, false].flatMap { spare in
        [2, 3, 5, 8].map { ScheduleCases.ring($0, hasSpare: spare) }
      }
    case .drain: return seeds.map(ScheduleCases.drain)
    case .tight: return (tightFrom..<(tightFrom + 40)).map(ScheduleCases.tight)
    case .layout:
      return [0.7, 0.85].flatMap { load in
        [0.1, 0.5].flatMap { share in
          seeds.map { ScheduleCases.layout(load: load, elsewhere: share, seed: $0) }
        }
      }
    case .mvm: return [30, 120].map { ScheduleCases.memoryVMs($0, seed: 1) }
    case .grid5000:
      guard let grid5000 else { throw ValidationError("name the plans with --grid5000") }
      return try Grid5000Plans.cases(at: grid5000)
    case .racks:
      return [
        ScheduleCases.racks("racks-2000", hosts: 1000, moves: 2000, racks: 3, uplinkGbps: 40, seed: 1)
      ]
    case .fleet:
      return [
        ScheduleCases.racks("fleet-20000", hosts: 10_000, moves: 20_000, racks: 30, uplinkGbps: 40, seed: 1)
      ]
    }
  }

  private func measure(_ instance: ScheduleCase) throws -> Measurement {
    let (answer, measured) = try Measurement.of { () throws -> PlanningAnswer in try self.answer(instance) }
    var measurement = measured
    measurement.name = instance.name
    switch answer {
    case .noPlan(let noPlan):
      var result = "undecided"
      if case .infeasible = noPlan.finding { result = "proved" }
      measurement.extra = [("result", "\"\(result)\"")] + (try wayOut(noPlan.stops, instance))
    case .planned(let planned):
      measurement.value = planned.plan.schedule.makespanSeconds
      measurement.lowerBound = planned.plan.schedule.lowerBoundSeconds
      measurement.extra = figures(of: planned.plan)
    }
    return measurement
  }

  /// What a way out costs, and whether the verifier accepts the plan that it makes possible.
  private func wayOut(
    _ stops: NoPlan.StopOffer?, _ instance: ScheduleCase
  ) throws -> [(name: String, value: String)] {
    guard let stops else { return [("way_out", "null")] }
    var stopped = instance
    stopped.inventory = instance.inventory.withStopped(stops.vms)
    var result = "none"
    if case .planned(let planned) = try answer(stopped),
      Verifier.judge(planned.plan, of: stopped.inventory).decision == .accepted
    {
      result = "verified"
    }
    return [
      ("stops", String(stops.vms.count)), ("pause_ms", String(stops.pauseMilliseconds.rounded())),
      ("way_out", "\"\(result)\""),
    ]
  }

  private func figures(of plan: Plan) -> [(name: String, value: String)] {
    let (value, bound) = (plan.schedule.makespanSeconds, plan.schedule.lowerBoundSeconds)
    let gap = bound > 0 ? value / bound - 1 : 0
    let movedVMs: Int = Set(plan.moves.map(\.vm)).count
    let coldMoves: Int = plan.moves.filter { $0.technique == .cold }.count
    let leastMoves: Double? = plan.objectives.first { $0.name == .moves }?.lowerBound
    return [
      (name: "result", value: "\"planned\""),
      (name: "gap", value: String((gap * 10_000).rounded() / 10_000)),
      (name: "moves", value: String(plan.moves.count)),
      (name: "moves_bound", value: leastMoves.map { String(Int($0)) } ?? "null"),
      (name: "bypasses", value: String(plan.moves.count - movedVMs)),
      (name: "cold", value: String(coldMoves)),
    ]
  }

  private func answer(_ instance: ScheduleCase) throws -> PlanningAnswer {
    switch instance.aim {
    case .placement(let target):
      let request = PlanRequest(goal: .balance, seed: seed)
      return try Planner().plan(instance.inventory, to: target, request, attempts: attempts)
    case .drain(let hosts):
      var options = PlanOptions()
      options.hosts = hosts.sorted()
      let request = PlanRequest(
        goal: .evacuate, options: options, timeLimitSeconds: timeLimit, seed: seed)
      return try Planner().plan(instance.inventory, request)
    }
  }

  private func summarise(_ measurements: [Measurement]) {
    let gaps = measurements.compactMap { measurement -> Double? in
      guard let value = measurement.value, let bound = measurement.lowerBound, bound > 0 else { return nil }
      return value / bound - 1
    }
    guard !gaps.isEmpty else { return }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    print(
      "\(gaps.count) of \(measurements.count) planned, mean gap \((mean * 1e4).rounded() / 100) %, "
        + "worst \(((gaps.max() ?? 0) * 1e4).rounded() / 100) %")
  }
}
