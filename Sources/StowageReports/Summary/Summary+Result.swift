import StowageModel

// What the plan brings and how good it is.
extension Summary {
  func addResult(to page: inout TextPage) {
    page.section("Result")
    var table = TextTable([.init(), .init(), .init()])
    for objective in input.plan.objectives {
      table.add([
        objective.name.title, change(of: objective),
        objective.quality(currency: input.facility.currency),
      ])
    }
    for row in fleetRows + scheduleRows + savingsRows { table.add(row) }
    page.add(table.lines(wrappedAt: page.width))
    // A row of its own: weeks of dates would push the third column out of sight.
    if !input.plan.moves.isEmpty, let calendar = PlanCalendar(input) {
      page.paragraph("Planned for \(calendar.planned).", indent: 2)
    }
    if input.plan.goal == .balance { addLoad(to: &page) }
  }

  /// What a balance did to each resource.
  private func addLoad(to page: inout TextPage) {
    let spreads = ResourceSpread.all(input)
    guard !spreads.isEmpty else { return }
    page.section("Load of usable hosts, before → after")
    var table = TextTable([.init(), .init(), .init(), .init()])
    table.add(["", "highest", "lowest", "standard deviation"])
    for spread in spreads {
      func change(_ figure: (ResourceSpread.Figures) -> Double, digits: Int) -> String {
        let ends = [spread.start, spread.end].map { Units.percent(figure($0), digits: digits) }
        return ends.joined(separator: " → ")
      }
      table.add([
        spread.resource.name, change(\.highest, digits: 1), change(\.lowest, digits: 1),
        change(\.deviation, digits: 2),
      ])
    }
    page.add(table.lines(wrappedAt: page.width))
  }

  /// The value, with the value at the start where that is known: `12 → 7`.
  private func change(of objective: Objective) -> String {
    let value = objective.name.text(objective.value, currency: input.facility.currency)
    switch objective.name {
    case .hostsOn: return "\(Units.count(figures.hostsOnAtStart)) → \(value)"
    case .maxUtilisation:
      guard let start = UtilisationFigures(input, at: .start).highest else { return value }
      return "\(Units.percent(start.ratio, digits: 1)) → \(value)"
    default: return value
    }
  }

  private var fleetRows: [[String]] {
    guard let end = UtilisationFigures(input, at: .end).highest else { return [] }
    let start = UtilisationFigures(input, at: .start).highest
    let change = [start?.ratio, end.ratio].compactMap { $0 }.map { Units.percent($0) }.joined(
      separator: " → ")
    return [["fullest host", change, "\(VisibleText.name(end.host.rawValue)), \(end.resource.name)"]]
  }

  private var scheduleRows: [[String]] {
    let plan = input.plan
    guard !plan.moves.isEmpty else { return [] }
    let techniques = PlanFigures.techniques(of: plan.moves)
    let kinds = techniques.map { "\(Units.count($0.count)) \($0.technique.rawValue)" }.joined(separator: ", ")
    var rows = [
      ["moves by technique", Units.count(plan.moves.count), kinds],
      ["data sent", Units.gibibytes(fromMiB: figures.sentMiB), sentRemark],
      [
        "makespan", Units.duration(seconds: plan.schedule.makespanSeconds),
        ScheduleQuality(plan.schedule).text,
      ],
    ]
    rows += copyRows + spaceRows
    if let longest = figures.downtime.longest {
      let pause = Units.duration(milliseconds: longest.milliseconds)
      rows.append([
        "pauses of running VMs", "\(Units.duration(milliseconds: figures.downtime.totalMilliseconds)) in all",
        "longest \(pause) (\(VisibleText.name(longest.move.vm.rawValue)), \(longest.move.manner))",
      ])
    }
    return rows
  }

  /// Copies ahead of moves, and copies kept for recovery.
  private var copyRows: [[String]] {
    let copies = CopyFigures(input, waves: figures.waves)
    var rows: [[String]] = []
    if !copies.ahead.isEmpty {
      let vms = copies.ahead.reduce(0) { $0 + $1.moves.count }
      let mib = copies.ahead.reduce(0) { $0 + $1.mib }
      rows.append([
        "copied ahead", Units.count(vms, "VM"),
        "\(Units.gibibytes(fromMiB: mib)) from \(Units.offset(seconds: copies.ahead.map(\.startSeconds).min() ?? 0)) on",
      ])
    }
    if copies.asked > 0 {
      let oldest = copies.oldest.map { own in
        "; nearest to its limit: \(VisibleText.name(own.vm.rawValue)), \(Units.duration(seconds: own.ageSeconds)) of "
          + Units.duration(seconds: own.askedSeconds)
      }
      rows.append([
        "recovery points", "\(Units.count(copies.held)) of \(Units.count(copies.asked, "VM"))",
        "held from the first wave to the last\(oldest ?? "")",
      ])
    }
    return rows
  }

  private var sentRemark: String {
    let missing = figures.unestimatedMoves
    let remark = "estimated, resent pages included"
    return missing == 0 ? remark : "\(remark); \(Units.count(missing, "move")) without an estimate"
  }

  private var savingsRows: [[String]] {
    let savings = Savings(input)
    guard savings.hosts > 0 else { return [] }
    let off = "\(Units.count(savings.hosts, "host")) off"
    guard savings.idleWatts != nil || savings.costPerMonth != nil else {
      let hint = "give power_idle_watts or cost_per_month of the hosts to see what that saves"
      return [["savings", off, hint]]
    }
    return [["savings", off, SavingsWords(savings, facility: input.facility).parts.joined(separator: ", ")]]
  }
}

/// How close a schedule is to the shortest there can be, in words.
struct ScheduleQuality {
  let text: String

  init(_ schedule: Plan.Schedule) {
    let bound = Units.duration(seconds: schedule.lowerBoundSeconds)
    let binding = schedule.binding.isEmpty ? "" : " (\(VisibleText.line(schedule.binding)))"
    if schedule.lowerBoundSeconds >= schedule.makespanSeconds {
      text = "proved: no schedule of these moves is shorter\(binding)"
    } else if schedule.lowerBoundSeconds > 0 {
      let gap = schedule.makespanSeconds / schedule.lowerBoundSeconds - 1
      text = "at most \(Units.percent(gap, digits: 1)) above the bound of \(bound)\(binding)"
    } else {
      text = "no bound is proved"
    }
  }
}

/// Savings in words.
struct SavingsWords {
  let parts: [String]

  init(_ savings: Savings, facility: Facility) {
    var parts: [String] = []
    if let watts = savings.idleWatts, let energy = savings.kilowattHoursPerYear {
      let known = Self.coverage(savings.hostsWithIdleWatts, of: savings.hosts)
      let pue = Units.decimal(facility.powerUsageEffectiveness, digits: 2)
      parts.append("\(Units.watts(watts)) idle power\(known)")
      parts.append("\(Units.energy(kilowattHours: energy)) a year (PUE \(pue))")
    }
    if let price = savings.energyCostPerYear {
      parts.append("\(Units.money(price, currency: facility.currency)) a year for energy")
    }
    if let cost = savings.costPerMonth {
      let known = Self.coverage(savings.hostsWithCost, of: savings.hosts)
      parts.append("\(Units.money(cost, currency: facility.currency)) a month for hosts\(known)")
    }
    self.parts = parts
  }

  private static func coverage(_ known: Int, of hosts: Int) -> String {
    known == hosts ? "" : " (known for \(Units.count(known)) of \(Units.count(hosts)))"
  }
}
