import StowageModel

// Title, scope, totals, and what must be so before the first move.
extension Runbook {
  func addHead(to page: inout RunbookDocument) {
    let plan = input.plan
    page.heading(
      "Runbook: \(plan.goal.title.lowercasedFirst), \(Units.count(plan.moves.count, "move"))", level: 1)
    let verdict =
      input.isVerified
      ? "The verifier has accepted it."
      : "**The verifier has not accepted it: do not execute it before `stowage verify` does.**"
    page.paragraph(
      "For \(platform.title). Made by \(MarkdownText.prose(plan.generator)) from the inventory with SHA-256 "
        + "\(MarkdownText.code(plan.inventory.sha256)) (\(Units.count(plan.inventory.hosts, "host")), "
        + "\(Units.count(plan.inventory.vms, "VM"))). \(verdict)")
    let clock =
      calendar.map { " Times of the day are by the clocks of \(MarkdownText.prose($0.zoneName))." } ?? ""
    page.paragraph(
      "Times are h:mm:ss after the start of the plan.\(clock) Commands name hosts and VMs by their ids in the "
        + "inventory; each block can be copied as it stands.")
    page.heading("Scope and totals", level: 2)
    page.table(header: ["what", "figure"], rows: totals)
  }

  private var totals: [[String]] {
    let plan = input.plan
    let techniques = PlanFigures.techniques(of: plan.moves)
    let kinds = techniques.map { "\(Units.count($0.count)) \($0.technique.rawValue)" }.joined(separator: ", ")
    var rows = [
      ["moves", plan.moves.isEmpty ? "none" : "\(Units.count(plan.moves.count)): \(kinds)"],
      ["waves", Units.count(figures.waves.count)],
      ["expected time", expectedTime],
    ]
    if let calendar { rows.append(["planned for", MarkdownText.prose(calendar.planned)]) }
    rows += [
      ["data sent", Units.gibibytes(fromMiB: figures.sentMiB)],
      ["hosts with VMs", "\(Units.count(figures.hostsOnAtStart)) → \(Units.count(figures.hostsOnAtEnd))"],
      ["hosts to switch off", hostList(plan.poweredOffHosts)],
    ]
    if let order = OrderFigures(input) {
      let types = order.rows.map { "\(Units.count($0.hosts.count)) \(MarkdownText.code($0.type))" }
      rows.append(["hosts to order", "\(types.joined(separator: ", ")): \(MarkdownText.prose(order.sum))"])
    }
    rows += [
      ["commit gate", MarkdownText.prose(gate.meaning)]
    ]
    if let longest = figures.downtime.longest {
      rows.append([
        "pauses of running VMs",
        "\(Units.duration(milliseconds: figures.downtime.totalMilliseconds)) in all, longest "
          + "\(Units.duration(milliseconds: longest.milliseconds)) (\(code(longest.move.vm)))",
      ])
    }
    return rows
      + plan.violationsAtStart.prefix(10).map { violation in
        [
          "broken before the first move",
          "\(MarkdownText.code(violation.rule)): \(MarkdownText.prose(violation.detail))",
        ]
      }
  }

  private var expectedTime: String {
    let schedule = input.plan.schedule
    let quality = MarkdownText.prose(ScheduleQuality(schedule).text)
    return "\(Units.duration(seconds: schedule.makespanSeconds)) (\(quality))"
  }

  func addPreconditions(_ guide: any RunbookGuide, to page: inout RunbookDocument) {
    page.heading("Before the first move", level: 2)
    let makespan = Units.duration(seconds: input.plan.schedule.makespanSeconds)
    let agreed = calendar.map { "; it begins on \($0.begin)" } ?? ""
    var checks = [
      "The fleet is still as in the inventory: export it again and run `stowage verify` on the new export and this plan.",
      "The time that is agreed on holds \(makespan) for the moves, and as much again for taking them back\(agreed).",
      "Nothing else moves VMs meanwhile: automatic balancing, high availability actions and backup jobs are paused.",
      "Who decides go or no-go, and who is called when a VM does not answer, is written down here: ____________",
    ]
    if let order = OrderFigures(input) { checks += order.rows.map(arrival) }
    checks += (SpaceFigures(input)?.taking ?? []).compactMap { store in
      store.capacityGiB.map { capacity in
        "Datastore \(MarkdownText.code(store.name)) has \(SpaceFigures.text(store.mostGiB - store.startGiB)) free for the disks that come "
          + "(\(SpaceFigures.text(max(0, capacity - store.startGiB))) by the inventory)."
      }
    }
    let warnings = ReportWarnings(input, names: names).texts
    checks += warnings.map { "Known and accepted: \(MarkdownText.prose($0))." }
    page.list(checks, isChecklist: true)
    for part in guide.preconditions { page.part(part) }
    if let settings = StatedSettings(input.plan.options, on: platform).part { page.part(settings) }
    page.heading("When a step fails", level: 2)
    page.list([
      "Abort it as its last part says; before switch-over the VM has never left its source.",
      "Do not start a step that names the failed one under *Start*; all other steps may go on.",
      "If a VM is left out for good, export the inventory and plan again: the order of the rest was worked out with it.",
    ])
    guard !input.plan.assumptions.isEmpty else { return }
    page.heading("Taken for granted", level: 2)
    page.list(input.plan.assumptions.prefix(20).map { "Assumed: \(MarkdownText.prose($0))" })
  }

  /// Hosts that were ordered are there before anybody moves to them.
  private func arrival(_ row: OrderFigures.Row) -> String {
    let names = Summary.list(row.hosts.map(code), limit: 12)
    let one = row.hosts.count == 1
    return
      "\(Units.count(row.hosts.count, "host")) of type \(MarkdownText.code(row.type)) \(one ? "stands" : "stand") at "
      + "\(MarkdownText.code(row.site)), \(one ? "is" : "are") reachable and \(one ? "carries the name" : "carry the names") "
      + "of the plan, or the plan was made again with the names that they have: \(names)."
  }

  func addHosts(_ guide: any RunbookGuide, to page: inout RunbookDocument) {
    let hosts = closingHosts
    guard !hosts.isEmpty else { return }
    let off = input.plan.poweredOffHosts.count
    page.heading(
      off == hosts.count
        ? "Switch hosts off (\(Units.count(off)))" : "Close hosts (\(Units.count(hosts.count)))", level: 2)
    page.paragraph(
      "Only when all waves have ended and their VMs are well: until then these hosts are the way back, and the "
        + "reserve that the rules count on.")
    for host in hosts {
      let emptied = input.plan.moves.filter { $0.from == host }.map(\.endSeconds).max()
      let since = emptied.map { "empty from \(Units.offset(seconds: $0))" } ?? "empty from the start"
      page.heading("\(code(host)): \(since)", level: 3)
      page.part(guide.close(host))
      if isPoweredOff(host) { page.part(guide.switchOff(host)) }
      page.part(guide.bringBack(host))
    }
  }

  func addClosing(to page: inout RunbookDocument) {
    page.heading("Afterwards", level: 2)
    page.list(
      [
        "Monitoring sees every moved VM on its new host; its owners agree.",
        "Automatic balancing, high availability actions and backup jobs run again.",
        "A fresh export and `stowage check` show no broken rule and no overloaded host.",
      ] + wayBack, isChecklist: true)
  }

  /// What is done when the hosts that were emptied are ready again.
  private var wayBack: [String] {
    guard let way = input.wayBack, way.moves != nil else { return [] }
    return [
      "When the hosts are ready again: `return/runbook.md` brings \(way.count) back to where they were (\(way.effort))."
    ]
  }

  func code(_ vm: VM.ID) -> String { MarkdownText.code(vm.rawValue) }

  func code(_ host: Host.ID) -> String { MarkdownText.code(host.rawValue) }

  func code(_ move: Move.ID) -> String { MarkdownText.code(move.rawValue) }

  private func hostList(_ hosts: [Host.ID]) -> String {
    hosts.isEmpty
      ? "none" : "\(Units.count(hosts.count)): \(Summary.list(hosts.map(code), limit: 12))"
  }
}

extension String {
  /// The text with a small letter first.
  fileprivate var lowercasedFirst: String {
    prefix(1).lowercased() + dropFirst()
  }
}
