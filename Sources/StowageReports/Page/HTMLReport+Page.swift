import StowageModel

// The page as a whole, and what stands at its top and bottom.
extension HTMLReport {
  var page: ReportPage {
    let plan = input.plan
    return ReportPage(
      styles: String(decoding: PackageResources.report_css, as: UTF8.self), patterns: TechniqueLook.patterns,
      title: plan.goal.title,
      subtitle: "\(Units.count(plan.inventory.hosts, "host")), \(Units.count(plan.inventory.vms, "VM"))",
      lead: Lead(input, figures: figures).text, isVerified: input.isVerified,
      nothingToMove: plan.moves.isEmpty ? NothingToMove(input, figures: figures).reason : nil,
      cards: cards, objectives: objectives, orderSection: orderSection, loadSection: loadSection,
      scheduleSection: scheduleSection,
      siteSection: siteSection, spaceSection: spaceSection,
      savingsSection: savingsSection, tradeoffSection: tradeoffSection,
      warnings: .init(ReportWarnings(input, names: names).texts, limit: 12), choices: choiceSection,
      moveSection: moveSection, pinned: pinnedSection(input.pinnedVMs), ruleSection: ruleSection,
      violations: violationSection,
      unplaced: pinnedSection(plan.unplaced.map { PinnedVM(vm: $0.vm, because: $0.because) }),
      sizing: plan.options.sizing.sentences, assumptions: .init(plan.assumptions, limit: 30),
      quality: DataQuality(input).rows, sha256: plan.inventory.sha256,
      stamp: "\(Units.count(plan.inventory.hosts, "host")) and \(Units.count(plan.inventory.vms, "VM"))",
      generator: plan.generator, seed: "\(plan.seed)")
  }

  private var objectives: [ReportPage.ObjectiveRow] {
    input.plan.objectives.enumerated().map { position, objective in
      let cells = objective.cells(currency: input.facility.currency)
      return ReportPage.ObjectiveRow(
        rank: "\(position + 1)", objective: cells[0], value: cells[1], bound: cells[2], proof: cells[3],
        isProved: objective.isProved)
    }
  }

  private var cards: [ReportPage.Card] {
    ([goalCard, movesCard, timeCard, pauseCard, wayBackCard, savingsCard] as [ReportPage.Card?]).compactMap {
      $0
    }
  }

  /// The figure that the goal is about.
  private var goalCard: ReportPage.Card? {
    let plan = input.plan
    switch plan.goal {
    case .consolidate, .colocate:
      let objective = plan.objectives.first { $0.name == .hostsOn }
      return .init(
        label: "Hosts on",
        figure: "\(Units.count(figures.hostsOnAtStart)) → \(Units.count(figures.hostsOnAtEnd))",
        note: objective?.quality(currency: nil) ?? "hosts that hold VMs")
    case .balance:
      guard let end = UtilisationFigures(input, at: .end).highest else { return nil }
      let start = UtilisationFigures(input, at: .start).highest
      let change = [start?.ratio, end.ratio].compactMap { $0 }.map { Units.percent($0) }.joined(
        separator: " → ")
      return .init(
        label: "Highest utilisation", figure: change,
        note: "\(VisibleText.name(end.host.rawValue)), \(end.resource.name)")
    case .evacuate:
      let hosts = plan.options.hosts.map { VisibleText.name($0.rawValue) }
      return .init(
        label: "Hosts emptied", figure: Units.count(hosts.count), note: Summary.list(hosts, limit: 4))
    case .repair:
      let broken =
        plan.objectives.first { $0.name == .brokenRules }.map { Units.decimal($0.value) } ?? "unknown"
      return .init(
        label: "Broken at the end", figure: broken,
        note: "\(Units.count(plan.violationsAtStart.count)) broken before the first move")
    case .restore:
      let homecoming = Homecoming(plan)
      return .init(
        label: "VMs back", figure: "\(Units.count(homecoming.back)) of \(Units.count(homecoming.all))",
        note: "on the hosts from which they were taken")
    }
  }

  private var movesCard: ReportPage.Card {
    let sent = Units.gibibytes(fromMiB: figures.sentMiB)
    return .init(
      label: "Moves", figure: Units.count(input.plan.moves.count),
      note: input.plan.moves.isEmpty
        ? "nothing to move" : "\(Units.gibibytes(fromMiB: figures.movedMiB)) of memory, \(sent) sent")
  }

  private var timeCard: ReportPage.Card? {
    guard !input.plan.moves.isEmpty else { return nil }
    let schedule = input.plan.schedule
    return .init(
      label: "Time", figure: Units.duration(seconds: schedule.makespanSeconds),
      note: schedule.lowerBoundSeconds > 0
        ? "no schedule is shorter than \(Units.duration(seconds: schedule.lowerBoundSeconds))"
        : "no bound is proved")
  }

  private var pauseCard: ReportPage.Card? {
    guard let longest = figures.downtime.longest else { return nil }
    return .init(
      label: "Longest pause", figure: Units.duration(milliseconds: longest.milliseconds),
      note: "\(VisibleText.name(longest.move.vm.rawValue)), \(longest.move.manner)")
  }

  private var wayBackCard: ReportPage.Card? {
    input.wayBack.map { way in
      .init(
        label: "Way back", figure: way.moves == nil ? "none" : way.count,
        note: way.moves == nil ? way.effort : "\(way.effort); its pages are in the folder return")
    }
  }

  private var savingsCard: ReportPage.Card? {
    let savings = Savings(input)
    guard savings.hosts > 0 else { return nil }
    if let cost = savings.costPerMonth {
      return .init(
        label: "Saved a month", figure: Units.money(cost, currency: input.facility.currency),
        note: savings.idleWatts.map { "and \(Units.watts($0)) of idle power" } ?? "for hosts that go off")
    }
    guard let watts = savings.idleWatts, let energy = savings.kilowattHoursPerYear else { return nil }
    return .init(
      label: "Saved power", figure: Units.watts(watts), note: "\(Units.energy(kilowattHours: energy)) a year")
  }
}

/// The result in one sentence.
private struct Lead {
  let text: String

  init(_ input: ReportInput, figures: PlanFigures) {
    let plan = input.plan
    guard !plan.moves.isEmpty else {
      text = "Nothing to move: \(NothingToMove(input, figures: figures).reason)."
      return
    }
    let effort =
      "\(Units.count(plan.moves.count, "move")) in \(Units.duration(seconds: plan.schedule.makespanSeconds))"
    switch plan.goal {
    case .consolidate:
      let change =
        "\(Units.count(figures.hostsOnAtStart, "host")) with VMs become \(Units.count(figures.hostsOnAtEnd))"
      let quality =
        plan.objectives.first { $0.name == .hostsOn }.map { "; \($0.quality(currency: nil))" } ?? ""
      text = "\(change) with \(effort)\(quality)."
    case .balance:
      let ratios = [HostLoad.Moment.start, .end].compactMap {
        UtilisationFigures(input, at: $0).highest?.ratio
      }
      let change = ratios.map { Units.percent($0) }.joined(separator: " to ")
      text = ratios.count == 2 ? "The highest utilisation goes from \(change) with \(effort)." : "\(effort)."
    case .colocate: text = "Everything selected is at the target site after \(effort)."
    case .evacuate:
      let hosts = Summary.list(plan.options.hosts.map { VisibleText.name($0.rawValue) }, limit: 4)
      text = "\(hosts.isEmpty ? "The listed hosts" : hosts) hold no VM after \(effort)."
    case .repair:
      let left = plan.objectives.first { $0.name == .brokenRules }?.value
      let rest = left.map { "; \(Units.decimal($0)) hard rules are broken at the end" } ?? ""
      text = "\(Units.count(plan.violationsAtStart.count)) broken today; \(effort)\(rest)."
    case .restore:
      let homecoming = Homecoming(plan)
      text =
        "\(Units.count(homecoming.back)) of \(Units.count(homecoming.all, "VM")) are back where they were after \(effort)."
    }
  }
}
