import ArgumentParser
import StowageKit

/// `stowage plan`
struct PlanCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Decides which VMs move where, how, and when.",
    discussion: """
      Prints a summary, and with --out writes plan.json, moves.csv, runbook.md and report.html. \
      Nothing is printed or written unless the verifier accepted the plan. Ctrl-C (or \
      SIGTERM) ends the search, and the best plan so far is given; again, it ends the program.

      Examples:
        stowage plan Inventories/two-racks --goal consolidate --out plan-out
        stowage plan fleet/ --goal evacuate --hosts r1-h01 r1-h02
        stowage plan fleet/ --goal evacuate --hosts r1-h01 --return --out plan-out
        stowage plan fleet/ --goal consolidate --objective power
        stowage plan fleet/ --goal consolidate --pareto --out plan-out
        stowage plan fleet/ --goal repair
        stowage plan fleet/ --goal balance --target cpu=70,memory=80
        stowage plan fleet/ --goal balance --first spread --max-moves 20
        stowage plan fleet/ --goal evacuate --hosts r1-h01 \\
          --start 2026-11-27T22:00:00+01:00
        stowage plan fleet/ --goal colocate --to dc-2 --vms 'web-*'
        stowage plan fleet/ --goal colocate --to dc-2 --wave-size 25 --pilot 5 \\
          --validation-minutes 30
        stowage plan RVTools_export_all.xlsx --goal balance --cpu-overcommit 4 \\
          --platform vmware
      """)

  @OptionGroup var source: InventoryArguments
  @OptionGroup var sizing: SizingArguments
  @OptionGroup var measured: CalibrationArguments
  @OptionGroup var waves: WaveArguments
  @OptionGroup var copies: ProtectionArguments
  @OptionGroup var cutOver: CutOverArguments

  @Option(help: "What the plan is for.")
  var goal: Goal

  @Option(
    help:
      "What hosts are counted in (goals consolidate, colocate): how many are on, their power, or their cost a month."
  )
  var objective = HostObjective.hosts

  @Option(help: ArgumentHelp("Folder for the plan's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Hosts to empty (goal evacuate).", valueName: "host"))
  var hosts: [String] = []

  @OptionGroup var wayBack: WayBackArguments

  @Option(
    name: .customLong("to"), parsing: .upToNextOption,
    help: ArgumentHelp("Sites to take VMs to (goal colocate).", valueName: "site"))
  var sites: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "VMs to take there, with their applications and affinities; ids or globs, all by default.",
      valueName: "vm"))
  var vms: [String] = []

  @Option(help: "Platform that will execute the plan.")
  var platform = Platform.libvirt

  @Flag(help: "Keep every VM in the cluster where it starts.")
  var withinClusters = false

  @Option(help: ArgumentHelp("Most moves allowed.", valueName: "n"))
  var maxMoves: Int?

  @Option(
    help: ArgumentHelp(
      "When the plan starts, with its zone: 2026-11-27T22:00:00+01:00. Rules of hours and dates need it.",
      valueName: "instant"))
  var start: Instant?

  @OptionGroup var clock: ClockArguments

  @Option(help: ArgumentHelp("Most configured memory that all moves take along together.", valueName: "gib"))
  var moveBudget: Double?

  @OptionGroup var balance: BalanceArguments

  @Flag(
    help: """
      Show what plans that stop at more hosts would take: hosts, memory moved, time (goals consolidate, \
      colocate). Takes as long again.
      """)
  var pareto = false

  @Option(
    name: .customLong("hosts-on"),
    help: ArgumentHelp(
      "Hosts at which to stop, though fewer would do (goals consolidate, colocate).", valueName: "n"))
  var leastHostsOn: Int?

  @OptionGroup var search: SearchArguments
  @OptionGroup var parallel: ThreadArguments

  @Option(help: ArgumentHelp("Seed of every random choice.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    if let maxMoves, maxMoves < 0 { throw ValidationError("--max-moves must not be negative: \(maxMoves)") }
    if let moveBudget, !(moveBudget >= 0 && moveBudget < 1e9) {
      throw ValidationError("--move-budget must be 0 to 1000000000 GiB, not \(moveBudget)")
    }
    try balance.demandGoal(goal)
    if goal == .evacuate, hosts.isEmpty { throw ValidationError("--goal evacuate needs --hosts HOST …") }
    if goal != .evacuate, !hosts.isEmpty { throw ValidationError("--hosts goes with --goal evacuate") }
    try wayBack.demand(goal, start: start, out: out)
    if goal == .colocate, sites.isEmpty { throw ValidationError("--goal colocate needs --to SITE …") }
    if goal != .colocate, !sites.isEmpty { throw ValidationError("--to goes with --goal colocate") }
    if objective != .hosts, goal != .consolidate, goal != .colocate {
      throw ValidationError("--objective \(objective.rawValue) goes with --goal consolidate or colocate")
    }
    if pareto || leastHostsOn != nil {
      guard goal == .consolidate || goal == .colocate, objective == .hosts else {
        throw ValidationError(
          "--pareto and --hosts-on count hosts: they go with --goal consolidate or colocate, --objective hosts"
        )
      }
    }
    if let leastHostsOn, leastHostsOn < 0 {
      throw ValidationError("--hosts-on must not be negative: \(leastHostsOn)")
    }
    if source.reading.orders.priceList != nil,
      goal != .colocate && goal != .consolidate || objective == .power
    {
      throw ValidationError(
        "--price-list goes with --goal colocate or consolidate, and with --objective cost")
    }
    if cutOver.keepSourceDays != nil, goal != .colocate {
      throw ValidationError("--keep-source-days goes with --goal colocate")
    }
    if copies.replicator != nil || copies.reduction > 0 {
      guard goal == .colocate, waves.policy?.nights != nil else {
        throw ValidationError(
          "--copies-with and --reduction go with --goal colocate and --nightly or --groups-per-night")
      }
    }
    if sites.isEmpty, !vms.isEmpty { throw ValidationError("--vms goes with --goal colocate") }
    if goal == .restore {
      throw ValidationError("a return takes a plan back: stowage replan INVENTORY PLAN --back")
    }
    if !Planner.goals.contains(goal) {
      let held = Planner.goals.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("this version does not plan for '\(goal.rawValue)' yet; it plans for \(held)")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console).inventory else { return .badInput }
    let (isUsable, calibration) = measured.load(for: platform, on: console)
    guard isUsable else { return .badInput }
    var request = request
    request.options.calibration = calibration
    // What is to be ordered is chosen by its money.
    if source.reading.orders.priceList != nil { request.options.objective = .cost }
    request.options.protection = copies.policy(goal, request.options, inventory)
    let problems = PlanRequest.problems(request.options, in: inventory)
    guard problems.isEmpty else {
      for problem in problems { console.note(problem.description) }
      return .badInput
    }
    console.progress("planning …")
    defer { console.progress("") }
    // The planner tells it on this very thread.
    nonisolated(unsafe) let line = console
    let watch = PlanWatch { line.progress("planning: \($0)") }
    do {
      let (answer, additions) = try InterruptSignals.heeding(watch) { try plan(inventory, request, watch) }
      if watch.isInterrupted { console.note("interrupted: the answer is what was found by then") }
      return show(answer, additions, of: inventory, on: console)
    } catch {
      console.progress("")
      console.note("error: the solver failed: \(error)")
      return .undecided
    }
  }

  /// What was asked for beside the plan.
  private struct Additions {
    var tradeoffs: [Tradeoff] = []
    var wayBack: ReturnPlanner.Answer?
  }

  /// The plan, and what was asked for beside it.
  private func plan(
    _ inventory: Inventory, _ request: PlanRequest, _ watch: PlanWatch
  ) throws -> (PlanningAnswer, Additions) {
    let answer = try Planner(watch: watch).plan(inventory, request)
    var additions = Additions()
    guard case .planned(let planned) = answer else { return (answer, additions) }
    if pareto {
      let study = TradeoffStudy(watch: watch)
      additions.tradeoffs = try study.curve(inventory, request, fewest: planned.plan)
    }
    if wayBack.isAsked {
      let planner = ReturnPlanner(
        planner: Planner(watch: watch), timeLimitSeconds: search.timeLimit,
        isDeterministic: search.deterministic)
      additions.wayBack = try planner.plan(inventory, back: planned.plan, start: wayBack.start)
    }
    return (answer, additions)
  }

  private var request: PlanRequest {
    var request = PlanRequest(
      goal: goal,
      options: PlanOptions(
        sizing: sizing.sizing, platform: platform, hosts: Set(hosts).map { Host.ID($0) }.sorted(),
        maxMoves: maxMoves, moveBudgetMiB: moveBudget.map { $0 * 1024 }, start: start,
        staysWithinClusters: withinClusters, sites: Set(sites).sorted(),
        vms: Set(vms).sorted(), objective: objective,
        waves: waves.policy),
      timeLimitSeconds: search.timeLimit, isDeterministic: search.deterministic, seed: seed)
    request.threads = parallel.count
    balance.enter(in: &request.options)
    request.options.cutOver = cutOver.policy
    request.options.keepSourceDays = cutOver.keepSourceDays
    request.leastHostsOn = leastHostsOn
    return request
  }

  private func show(
    _ answer: PlanningAnswer, _ additions: Additions, of inventory: Inventory, on console: Console
  ) -> ExitStatus {
    console.progress("")
    switch answer {
    case .planned(let planned):
      var input = planned.reportInput(for: inventory)
      input.zone = clock.timeZone
      input.tradeoffs = additions.tradeoffs
      input.wayBack = additions.wayBack?.report
      let files = PlanFiles.all(input) + wayBack.files(additions.wayBack, zone: clock.timeZone)
      if let out, !console.write(files, to: out) { return .badInput }
      switch format {
      case .text:
        console.answer(Summary(input, layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)).text)
      case .json: console.answer(String(decoding: PlanDocument.encode(planned.plan), as: UTF8.self))
      }
      if case .noPlan(let noPlan) = additions.wayBack?.planning {
        console.note("the way back: " + noPlan.text())
        return noPlan.status
      }
      return .answered
    case .noPlan(let noPlan):
      switch format {
      case .text:
        console.answer(noPlan.text(layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)))
      case .json: console.answer(noPlan.json)
      }
      return noPlan.status
    }
  }
}
