import StowageModel

// Load of the hosts: today, and after a plan when one is given.
extension ReviewParts {
  var loads: Section {
    let usable = Set(review.inventory.hosts.filter(\.isUsableAsTarget).map(\.id))
    let loads = review.hostLoads.filter { usable.contains($0.host) }
    let planned = review.plan != nil
    return Section(
      id: "loads", title: planned ? "Load of hosts, before and after the plan" : "Load of hosts",
      note: planNote,
      blocks: (planned ? beforeAndAfter(loads) : today(loads)) + [evenness(loads), hostTable(loads)])
  }

  private var planNote: String {
    guard let plan = review.plan else {
      return "As it is today; with --plan the review shows what a plan makes of it."
    }
    return
      "\(plan.goal.title): \(Units.count(plan.moves.count, "move")) in \(Units.duration(seconds: plan.schedule.makespanSeconds)), "
      + "\(Units.count(plan.poweredOffHosts.count, "host")) off. The verifier has accepted it for this inventory."
  }

  private func today(_ loads: [HostLoad]) -> [SectionDocument.Block] {
    let chart = DistributionChart(
      [
        ("memory", loads.compactMap { $0.utilisation(of: .memory, at: .start) }),
        ("CPU", loads.compactMap { $0.utilisation(of: .cpu, at: .start) }),
      ])
    return [
      .picture(caption: "Hosts by utilisation", markup: chart.markup),
      .rows(
        "The same figures", ["Utilisation", "Hosts by memory", "Hosts by CPU"], numeric: [1, 2], chart.rows),
    ]
  }

  private func beforeAndAfter(_ loads: [HostLoad]) -> [SectionDocument.Block] {
    let histograms = LoadHistograms(loads)
    let legend = Legend.markup([("before", "before"), ("after", "after")])
    return [
      .picture(caption: "Hosts by utilisation: memory", markup: histograms.memory.markup + legend),
      .picture(caption: "Hosts by utilisation: CPU", markup: histograms.cpu.markup + legend),
      .rows(
        "The same figures", ["Utilisation", "Memory, before", "after", "CPU, before", "after"],
        numeric: [1, 2, 3, 4], histograms.rows),
    ]
  }

  private func evenness(_ loads: [HostLoad]) -> SectionDocument.Block {
    let moments: [(String, HostLoad.Moment)] =
      review.plan == nil ? [("today", .start)] : [("before", .start), ("after", .end)]
    // A host that the plan switches off is no longer one of those over which load is spread.
    let off = Set(review.plan?.poweredOffHosts ?? [])
    let rows = [Resource.memory, .cpu].flatMap { resource in
      moments.compactMap { word, moment -> [String]? in
        let counted = moment == .start ? loads : loads.filter { !off.contains($0.host) }
        let ratios = counted.compactMap { $0.utilisation(of: resource, at: moment) }
        return ResourceSpread.Figures(ratios).map {
          [
            resource.name, word, Units.percent($0.highest), Units.percent($0.lowest),
            Units.percent($0.deviation, digits: 1),
          ]
        }
      }
    }
    return .rows(
      "How evenly", ["Resource", "When", "Highest", "Lowest", "Standard deviation"], numeric: [2, 3, 4], rows)
  }

  private func hostTable(_ loads: [HostLoad]) -> SectionDocument.Block {
    let names = Names(review.inventory)
    let last: HostLoad.Moment = review.plan == nil ? .start : .end
    let sorted = loads.sorted {
      let (left, right) = (
        $0.highestUtilisation(at: last)?.ratio ?? 0, $1.highestUtilisation(at: last)?.ratio ?? 0
      )
      return left != right ? left > right : $0.host < $1.host
    }
    func change(_ text: (HostLoad.Moment) -> String) -> String {
      review.plan == nil ? text(.start) : "\(text(.start)) → \(text(.end))"
    }
    return .rows(
      "Hosts, fullest first", ["Host", "Cluster", "Memory", "CPU", "VMs"], numeric: [2, 3, 4],
      sorted.map { load in
        [
          VisibleText.name(names.alias(of: load.host) ?? load.host.rawValue),
          names.host(load.host)?.cluster.map { VisibleText.name($0) } ?? "–",
          change { ratio(load.utilisation(of: .memory, at: $0)) },
          change { ratio(load.utilisation(of: .cpu, at: $0)) },
          change { Units.count(Int(load.amounts(at: $0)[.slots])) },
        ]
      })
  }
}
