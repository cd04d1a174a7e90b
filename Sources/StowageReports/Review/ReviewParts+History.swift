// The sections that a history makes possible, and what everything rests on.
import StowageModel

extension ReviewParts {
  static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  var profile: Section? {
    guard let history = review.history else { return nil }
    var section = Section(
      id: "profile", title: "Use over the week",
      note:
        "CPU use of \(Units.count(history.coveredVMs)) of \(Units.count(history.runningVMs)) running VMs, "
        + "\(history.firstDay) to \(history.lastDay), in parts of their busiest hour of the week. Hours are UTC."
    )
    let rows = history.weekProfile.enumerated().map { day, hours in
      [Self.weekdays[day]] + hours.map { $0.map { Units.decimal($0 * 100) } ?? "–" }
    }
    section.blocks = [
      .picture(caption: "Mean CPU use by weekday and hour", markup: HeatMap(history.weekProfile).markup),
      .rows(
        "The same figures, in per cent of the busiest hour", ["Day"] + (0..<24).map { "\($0)" },
        numeric: Set(1...24), rows),
    ]
    return section
  }

  var outlook: Section? {
    guard let history = review.history else { return nil }
    var section = Section(
      id: "outlook", title: "Outlook",
      note:
        "The busiest hour of each day against what may be used. The band is where nine of ten days should lie."
    )
    guard !history.outlooks.isEmpty else {
      section.blocks = [
        .list([
          "The history from \(history.firstDay) to \(history.lastDay) is too short for a trend: give at least 14 days, better 8 weeks."
        ])
      ]
      return section
    }
    for outlook in history.outlooks {
      section.blocks.append(
        .picture(
          caption: "\(outlook.name) in \(outlook.unit)", markup: OutlookChart(outlook).markup))
    }
    let rows = history.outlooks.map { outlook -> [String] in
      let horizon = [30, 60, 90].map { day -> String in
        guard outlook.forecast.count >= day else { return "–" }
        let own = outlook.forecast[day - 1]
        return
          "\(Units.decimal(own.expected)) (\(Units.decimal(own.low))–\(Units.decimal(own.high))) \(outlook.unit)"
      }
      let error = outlook.heldBackError.map {
        "\(Units.percent($0, digits: 1)) over \(Units.count(outlook.heldBackDays, "day")) held back"
      }
      return [outlook.name, "\(Units.decimal(outlook.usable)) \(outlook.unit)"] + horizon + [
        Self.exhaustion(outlook), outlook.method, error ?? "not tested",
      ]
    }
    section.blocks.append(
      .rows(
        "Outlook",
        ["Resource", "Usable", "In 30 days", "In 60 days", "In 90 days", "Runs out", "Method", "Mean error"],
        numeric: [1, 2, 3, 4], rows))
    return section
  }

  private static func exhaustion(_ outlook: HistoryReview.Outlook) -> String {
    guard let expected = outlook.exhaustion.expected else {
      return outlook.exhaustion.earliest.map { "not expected; \($0) at the earliest" } ?? "not within a year"
    }
    let earliest = outlook.exhaustion.earliest ?? expected
    return "\(expected) (\(earliest) to \(outlook.exhaustion.latest ?? "later than a year"))"
  }

  var cost: Section? {
    let hosts = review.inventory.hosts.filter { $0.state == .online }
    let idle = hosts.compactMap(\.powerIdleWatts)
    let peak = hosts.compactMap(\.powerPeakWatts)
    let costs = hosts.compactMap(\.costPerMonth)
    var licences: [String: Double] = [:]
    for host in hosts { for group in host.licenseGroups { licences[group, default: 0] += host.cores } }
    guard !idle.isEmpty || !costs.isEmpty || !licences.isEmpty else { return nil }
    let running = max(1, review.inventory.vms.count { $0.powerState == .on })
    var rows: [[String]] = []
    if !idle.isEmpty {
      let watts = idle.reduce(0, +)
      let effectiveness = review.facility.powerUsageEffectiveness
      rows.append(["Power of idle hosts", Units.watts(watts), known(idle.count, hosts.count)])
      rows.append([
        "Energy of a year, idle",
        Units.energy(kilowattHours: watts * Savings.hoursPerYear / 1000 * effectiveness),
        "PUE \(Units.decimal(effectiveness, digits: 2))",
      ])
    }
    if !peak.isEmpty {
      rows.append(["Power at full load", Units.watts(peak.reduce(0, +)), known(peak.count, hosts.count)])
    }
    if !costs.isEmpty {
      let total = costs.reduce(0, +)
      rows.append([
        "Cost of hosts, a month", Units.money(total, currency: review.facility.currency),
        known(costs.count, hosts.count),
      ])
      rows.append([
        "Cost of a running VM, a month",
        Units.money(total / Double(running), currency: review.facility.currency),
        "all hosts over all running VMs",
      ])
    }
    rows += plannedCost
    for (group, cores) in licences.sorted(by: { $0.key < $1.key }) {
      rows.append([
        "Licensed cores: \(VisibleText.name(group))", Units.decimal(cores), "hosts that hold the licence",
      ])
    }
    var section = Section(id: "cost", title: "Power, licences and cost")
    section.blocks = [.rows("Today", ["What", "Amount", "Basis"], numeric: [1], rows)]
    return section
  }

  /// What a plan saves.
  private var plannedCost: [[String]] {
    guard let plan = review.plan else { return [] }
    let savings = Savings(
      ReportInput(inventory: review.inventory, plan: plan, facility: review.facility, isVerified: true))
    let hosts = "\(Units.count(savings.hosts, "host")) that the plan switches off"
    return [
      savings.idleWatts.map { ["Idle power saved by the plan", Units.watts($0), hosts] },
      savings.kilowattHoursPerYear.map {
        ["Energy saved by the plan, a year", Units.energy(kilowattHours: $0), hosts]
      },
      savings.costPerMonth.map {
        ["Cost saved by the plan, a month", Units.money($0, currency: review.facility.currency), hosts]
      },
    ].compactMap { $0 }
  }

  private func known(_ known: Int, _ all: Int) -> String {
    "known for \(Units.count(known)) of \(Units.count(all)) hosts"
  }

  var basis: Section {
    return Section(
      id: "basis", title: "Assumptions and data",
      blocks: [
        .list(
          review.sizing.sentences + review.assumptions + review.inventory.notes.map { VisibleText.line($0) }),
        .rows(
          "What the inventory knows", ["Figure", "Known for", "Decides"], numeric: [1],
          DataQuality(review.inventory, sizing: review.sizing).rows.map {
            [$0.property, $0.known, $0.consequence]
          }),
        .list([
          "Made by \(VisibleText.line(review.generator)) from the inventory with SHA-256 \(review.sha256)."
        ]),
      ])
  }
}
