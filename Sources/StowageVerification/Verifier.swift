import StowageCosts
public import StowageModel

/// The independent judge of plans.
///
/// Replays a plan against an inventory and says whether it holds at every instant, in every
/// resource and rule, and whether what it claims can be checked. It shares no code with what plans,
/// and judges plans from anybody: a plan can be hand-written, incomplete or absurd, and is
/// rejected with reasons, never with a crash.
///
/// Judged are, each in a file of its own: whom the plan is for and whether its lists are complete;
/// the path of every VM; loads, instants, waits, routes, rates, slots; rules on the way and at the
/// end; targets and techniques; durations and estimates against the cost model; objectives, bounds,
/// outcome and schedule.
public struct Verifier: Sendable {
  private let inventory: Inventory
  private let inventoryDigest: String?
  private let requestDigest: String?

  /// A judge of plans for one inventory.
  ///
  /// - Parameters:
  ///   - inventory: what plans start from.
  ///   - inventoryDigest: SHA-256 of the inventory in native form, in hexadecimal, which a plan's
  ///     stamp must show; `nil` when it is not to be compared.
  ///   - requestDigest: SHA-256 of goal, seed and options of the plan to judge, which the plan's own
  ///     must equal where it states one; `nil` when it is not to be compared.
  public init(inventory: Inventory, inventoryDigest: String? = nil, requestDigest: String? = nil) {
    self.inventory = inventory
    self.inventoryDigest = inventoryDigest
    self.requestDigest = requestDigest
  }

  /// Judges a plan.
  ///
  /// Takes time in proportion to the size of inventory and plan, save for failovers, each of which
  /// is a packing problem that is given up after a fixed number of steps.
  public func judge(_ plan: Plan) -> PlanVerdict {
    Hearing(inventory: inventory, digest: inventoryDigest, requestDigest: requestDigest, plan: plan).verdict()
  }
}

/// One plan before the judge.
private struct Hearing {
  let inventory: Inventory
  let digest: String?
  let requestDigest: String?
  let plan: Plan
  let roster: Roster
  let rulebook: Rulebook
  let replay: Replay
  let end: RestState
  let model: MigrationModel
  let channels: Channels
  let eligibility: Eligibility
  let journeys: [Journey]

  init(inventory: Inventory, digest: String?, requestDigest: String?, plan: Plan) {
    self.inventory = inventory
    self.digest = digest
    self.requestDigest = requestDigest
    self.plan = plan
    roster = Roster(inventory, sizing: plan.options.sizing)
    rulebook = Rulebook(inventory, roster: roster, request: plan.options)
    replay = Replay(
      plan.moves, roster: roster,
      keptSeconds: plan.options.keepSourceDays.map { Double($0) * 86_400 } ?? 0)
    end = RestState.end(replay, poweredOff: plan.poweredOffHosts)
    model = MigrationModel(engine: MigrationEngine.of(plan.options))
    channels = Channels(inventory, roster: roster)
    eligibility = Eligibility(roster)
    journeys = JourneyReader(model: model, channels: channels, roster: roster).journeys(replay, plan)
  }

  func verdict() -> PlanVerdict {
    var facts = VerdictFacts()
    facts.movesReplayed = replay.movements.count
    facts.instantsChecked = replay.instants.count
    facts.rulesChecked = rulebook.hard.count
    let findings = document() + motion(&facts) + network()
    return PlanVerdict(
      findings: findings + rulesAndClaims(&facts, isLegal: findings.isEmpty), facts: facts)
  }

  private func document() -> [Finding] {
    StampCheck(inventory: inventory, digest: digest, requestDigest: requestDigest).run(plan)
      + OptionsCheck(roster: roster).run(plan)
      + MoveListCheck(roster: roster).run(plan)
      + PlacementListCheck(roster: roster).run(plan)
      + PowerOffCheck(replay: replay, keptOn: rulebook.keptOn).run(plan)
  }

  private func motion(_ facts: inout VerdictFacts) -> [Finding] {
    var capacity = CapacityCheck(replay, cpu: plan.options.sizing.cpu)
    let loads = capacity.run()
    let hours = HourlyCapacityCheck(replay: replay, cpu: plan.options.sizing.cpu).run()
    facts.peaks = loads.peaks.map { peak in
      hours.peaks.first { $0.resource == peak.resource } ?? peak
    }
    let estimates = EstimateCheck(plan).run(journeys)
    facts.notJudged += estimates.notJudged
    if let calibration = plan.options.calibration {
      facts.notJudged.append(
        "whether the calibration \(Words.name(calibration.sha256)) was measured: estimates are held to the constants"
          + " that the plan states")
    }
    let space = SpaceCheck(roster: roster, datastores: inventory.datastores).run(plan, replay, journeys)
    facts.notJudged += space.notJudged
    return space.findings + PathCheck(replay: replay).run(plan) + InstantsCheck().run(plan)
      + AfterCheck(plan).run()
      + loads.findings + hours.findings + estimates.findings
  }

  private func network() -> [Finding] {
    let engine = model.engine
    return RouteCheck(engine: engine, channels: channels).run(journeys)
      + LinkLoadCheck(
        channels: channels, copies: ProtectionUse.all(of: plan, replay, channels)
      ).run(journeys)
      + ProtectionCheck(roster: roster, channels: channels).run(plan, replay)
      + SeedCheck(channels: channels, policy: plan.options.waves?.seeding).run(journeys)
      + ConcurrencyCheck(roster: roster, engine: engine).run(journeys)
      + TechniqueCheck(engine: engine, aids: AidAdmission(plan.options)).run(journeys)
      + TargetCheck(
        roster: roster, eligibility: eligibility, staysWithinClusters: plan.options.staysWithinClusters
      ).run(journeys)
  }

  private func rulesAndClaims(_ facts: inout VerdictFacts, isLegal: Bool) -> [Finding] {
    let rules = RuleChecks(roster: roster, rulebook: rulebook, eligibility: eligibility).run(replay, end)
    let timing = TimeRuleChecks(
      rulebook: rulebook, journeys: journeys, start: plan.options.start
    ).run()
    let waves = WaveCheck(roster: roster, rulebook: rulebook).run(plan, replay)
    let scheduleBound = ScheduleBound(model: model, channels: channels)
    let nights = plan.certificate?.nightPrices.flatMap { prices in
      NightsBound(
        plan, replay, rulebook, scheduleBound.passages(replay, plan), channels, prices: prices)
    }
    let softCost = SoftRuleCost(rulebook, end: end)
    let values = ObjectiveValues(
      plan, end: end, brokenRules: rules.brokenAtEnd + timing.broken, softRuleCost: softCost.value,
      keptOn: rulebook.keptOn, nights: NightValues(plan, replay, rulebook, channels))
    let objectives = ObjectiveCheck(values: values).run(plan)
    let rooms = Rooms(roster: roster, rulebook: rulebook, engine: model.engine)
    let limits = RestLimits(
      roster: roster, rulebook: rulebook, eligibility: eligibility, engine: model.engine,
      options: plan.options,
      goal: plan.goal)
    let weights = MoveWeightsBound(
      roster: roster, rulebook: rulebook, limits: limits, mustLeave: rooms.mustLeave)
    let parts = PartsBound(
      rooms: rooms, rulebook: rulebook, eligibility: eligibility,
      staysWithinClusters: plan.options.staysWithinClusters)
    let bounds = BoundCheck(
      values: values, rooms: rooms, rulebook: rulebook, parts: parts, moveWeights: weights,
      levels: LevelLimits(weights),
      maxMoves: plan.options.maxMoves, targets: plan.options.targetPercent,
      homes: plan.goal == .restore ? plan.options.homes : [:], nights: nights
    ).run(plan)
    facts.notJudged += objectives.notJudged
    facts.bounds = bounds.bounds
    let schedule = ScheduleCheck(bound: scheduleBound, nights: nights)
    let overloads =
      plan.goal == .repair
      ? RepairCheck(limits: limits, sizing: plan.options.sizing).run(end, at: replay.lastEnd) : []
    return rules.findings + timing.findings + waves + overloads + objectives.findings + bounds.findings
      + OrderCheck(end: end).run(plan)
      + OutcomeCheck(weighsSoftRules: softCost.value != nil).run(plan)
      + schedule.run(
        plan, replay,
        isLegal: isLegal && rules.findings.isEmpty && timing.findings.isEmpty
          && waves.isEmpty)
  }
}
