import StowageModel

/// The sections of a review.
struct ReviewParts {
  let review: Review

  init(_ review: Review) { self.review = review }

  typealias Section = SectionDocument.Section

  func name(of cluster: Review.ClusterCapacity) -> String {
    cluster.name.map { VisibleText.name($0) } ?? "no cluster"
  }

  func amount(_ amount: Int64, _ resource: Resource) -> String {
    let text = resource.amount(abs(amount), counting: review.sizing.cpu)
    return amount < 0 ? "-\(text)" : text
  }

  func ratio(_ ratio: Double?) -> String { ratio.map { Units.percent($0) } ?? "–" }

  // MARK: Top

  /// The tightest resource of any cluster.
  var tightest: (cluster: Review.ClusterCapacity, waterfall: Review.Waterfall)? {
    var found: (cluster: Review.ClusterCapacity, waterfall: Review.Waterfall)?
    for cluster in review.clusters {
      for waterfall in cluster.waterfalls {
        guard let own = waterfall.utilisation else { continue }
        if found?.waterfall.utilisation.map({ own > $0 }) ?? true { found = (cluster, waterfall) }
      }
    }
    return found
  }

  var lead: String {
    guard let tightest, let utilisation = tightest.waterfall.utilisation else {
      return "No host of this inventory takes VMs: there is no capacity to review."
    }
    let resource = tightest.waterfall.resource.name
    let place = name(of: tightest.cluster)
    let free = amount(max(0, tightest.waterfall.free), tightest.waterfall.resource)
    return utilisation > 1
      ? "\(place) uses \(Units.percent(utilisation)) of the \(resource) that it may use: it is overdrawn."
      : "The tightest resource is \(resource) in \(place): \(Units.percent(utilisation)) of what may be used is used, "
        + "\(free) are free."
  }

  var cards: [SectionDocument.Card] {
    let running = review.inventory.vms.count { $0.powerState == .on }
    let usable = review.clusters.reduce(0) { $0 + $1.usableHosts }
    var cards = [
      SectionDocument.Card(
        label: "Hosts", figure: Units.count(review.inventory.hosts.count),
        note: "\(Units.count(usable)) take VMs, in \(Units.count(review.clusters.count, "cluster"))"),
      SectionDocument.Card(
        label: "Running VMs", figure: Units.count(running),
        note: "and \(Units.count(review.inventory.vms.count - running)) that are off"),
    ]
    if let tightest {
      cards.append(
        .init(
          label: "Tightest", figure: ratio(tightest.waterfall.utilisation),
          note: "\(tightest.waterfall.resource.name), \(name(of: tightest.cluster))"))
    }
    if let room = review.roomForMore.first(where: { $0.size == "average" }) {
      cards.append(
        .init(
          label: "More average VMs", figure: Units.count(room.asThingsStand),
          note: "fit as things stand; \(Units.count(room.withOneHostLost)) of them keep failures covered"))
    }
    let single = review.failures.filter { $0.event == "any one host" }
    if !single.isEmpty {
      let survived = single.reduce(0) { $0 + $1.survived }
      let cases = single.reduce(0) { $0 + $1.cases }
      cards.append(
        .init(
          label: "Survives the loss of", figure: "\(Units.count(survived)) of \(Units.count(cases))",
          note: "hosts, one at a time, each within its cluster"))
    }
    return cards
  }

  // MARK: Sections

  var summary: Section {
    let rows = review.clusters.map { cluster -> (Double, [String]) in
      let worst = cluster.waterfalls.compactMap { own in own.utilisation.map { (own, $0) } }.max {
        $0.1 < $1.1
      }
      let status: String
      switch worst?.1 ?? 0 {
      case ..<0.8: status = "room"
      case ..<1: status = "tight"
      case ...1: status = "full"
      default: status = "overdrawn"
      }
      return (
        worst?.1 ?? 0,
        [
          name(of: cluster), "\(Units.count(cluster.usableHosts)) of \(Units.count(cluster.hosts))",
          Units.count(cluster.runningVMs), worst.map { $0.0.resource.name } ?? "–", ratio(worst?.1),
          worst.map { amount($0.0.free, $0.0.resource) } ?? "–", status,
        ]
      )
    }.sorted { $0.0 > $1.0 }.map(\.1)
    return Section(
      id: "summary", title: "Summary", note: "Clusters by the resource of which least is left.",
      blocks: [
        .list(headlines),
        .rows(
          "Clusters, fullest first",
          ["Cluster", "Hosts that take VMs", "Running VMs", "Tightest", "Used", "Free", "Status"],
          numeric: [1, 2, 4, 5], rows),
      ])
  }

  private var headlines: [String] {
    var texts = [lead]
    let lost = review.failures.filter { $0.event == "any one host" && $0.survived < $0.cases }
    texts.append(
      lost.isEmpty
        ? "Every host may fail alone: its VMs find room on the rest of their cluster."
        : "Not every host may fail alone: "
          + Summary.list(
            lost.map {
              "\($0.place) (\(Units.count($0.cases - $0.survived)) of \(Units.count($0.cases)) cases)"
            },
            limit: 4) + ".")
    if !review.violations.isEmpty {
      texts.append(
        "\(Units.count(review.violations.count, "rule or limit is", "rules or limits are")) broken today.")
    }
    let freed = review.rightSizing.reduce(0) { $0 + max(0, $1.memoryMiB - $1.advisedMemoryMiB) }
    if freed > 0 {
      texts.append(
        "Right-sizing \(Units.count(review.rightSizing.count, "VM")) would give back \(Units.gibibytes(fromMiB: freed)) of memory."
      )
    }
    if let outlook = review.history?.outlooks.first(where: { $0.exhaustion.expected != nil }) {
      texts.append("\(outlook.name) is expected to run out on \(outlook.exhaustion.expected ?? "").")
    }
    return texts
  }

  var waterfall: Section {
    let rows = review.clusters.flatMap { cluster in
      cluster.waterfalls.map { own in
        [name(of: cluster), own.resource.name]
          + [own.total, own.failoverReserve, own.headroom, own.usable, own.used, own.free].map {
            amount($0, own.resource)
          } + [ratio(own.utilisation)]
      }
    }
    return Section(
      id: "waterfall", title: "Capacity, from the total to what is free",
      note:
        "Total is what the hosts offer that take VMs, overcommit applied and the hypervisor's part taken off. The "
        + "failover reserve is that of the largest hosts whose failure a rule provides for.",
      blocks: [
        .picture(
          caption: "How each cluster's total is spent",
          markup: WaterfallChart(review.clusters.prefix(12).map { ($0, name(of: $0)) }).markup),
        .rows(
          "The same figures",
          [
            "Cluster", "Resource", "Total", "Failover reserve", "Headroom", "Usable", "Used", "Free",
            "Used of usable",
          ],
          numeric: [2, 3, 4, 5, 6, 7, 8], rows),
      ])
  }

  var overcommit: Section {
    let rows = review.clusters.map { cluster in
      [
        name(of: cluster), part(cluster.vCPUs, cluster.cores), allowedVCPUs(cluster),
        part(cluster.vmMemoryMiB, cluster.hostMemoryMiB), allowedMemory(cluster),
        cluster.usableHosts > 0
          ? Units.decimal(Double(cluster.runningVMs) / Double(cluster.usableHosts), digits: 1) : "–",
        Units.decimal(cluster.vCPUs), Units.decimal(cluster.cores),
        Units.gibibytes(fromMiB: cluster.vmMemoryMiB), Units.gibibytes(fromMiB: cluster.hostMemoryMiB),
      ]
    }
    return Section(
      id: "overcommit", title: "Overcommit and consolidation",
      note:
        "Allowed is what the hosts' own ratios and the hypervisor's part leave, before headroom and reserve.",
      blocks: [
        .rows(
          "By cluster",
          [
            "Cluster", "vCPUs per core", "Allowed", "VM memory per host memory", "Allowed", "VMs per host",
            "vCPUs", "Cores", "VM memory", "Host memory",
          ], numeric: Set(1...9), rows)
      ])
  }

  /// Where CPU is counted in MHz no ratio of vCPUs is a limit.
  private func allowedVCPUs(_ cluster: Review.ClusterCapacity) -> String {
    guard review.sizing.cpu == .vcpu,
      let total = cluster.waterfalls.first(where: { $0.resource == .cpu })?.total
    else { return "–" }
    return part(Double(total) / 1000, cluster.cores)
  }

  private func allowedMemory(_ cluster: Review.ClusterCapacity) -> String {
    guard let total = cluster.waterfalls.first(where: { $0.resource == .memory })?.total else { return "–" }
    return part(Double(total) / 1024, cluster.hostMemoryMiB)
  }

  private func part(_ value: Double, _ whole: Double) -> String {
    whole > 0 ? "\(Units.decimal(value / whole, digits: 2)) : 1" : "–"
  }

  var roomForMore: Section? {
    guard !review.roomForMore.isEmpty else { return nil }
    return Section(
      id: "room", title: "How many more VMs",
      note:
        "As things stand: host by host, nobody moved, no failover reserve kept. Failures covered: with so many placed evenly, "
        + "every host whose loss is survived today can still be lost alone; each loss was played through. At most: no "
        + "placement holds more, whatever is moved.",
      blocks: [
        .rows(
          "By size", ["Size", "vCPUs", "Memory", "As things stand", "Failures covered", "At most"],
          numeric: [1, 2, 3, 4, 5],
          review.roomForMore.map {
            [
              $0.size, Units.decimal($0.vCPUs, digits: $0.vCPUs.rounded() == $0.vCPUs ? 0 : 1),
              Units.gibibytes(fromMiB: $0.memoryMiB), Units.count($0.asThingsStand),
              Units.count($0.withOneHostLost), Units.count($0.atMost),
            ]
          })
      ])
  }

  var failures: Section? {
    guard !review.failures.isEmpty else { return nil }
    return Section(
      id: "failures", title: "When something fails",
      note:
        "Each case is played through: the running VMs of what fails are placed on what is left, with all capacities, "
        + "hard placement rules and hard anti-affinity. A case that no placement was found for counts as not "
        + "survived; it is called proved where the engine has shown that there is none.",
      blocks: [
        .rows(
          "Failures",
          ["Where", "What fails", "Survived", "Worst case", "VMs without room", "Their memory", "Proved"],
          numeric: [2, 4, 5],
          review.failures.map {
            let scope = $0.cases < $0.allCases ? " (of \(Units.count($0.allCases)), the fullest)" : ""
            return [
              VisibleText.name($0.place), $0.event,
              "\(Units.count($0.survived)) of \(Units.count($0.cases))\(scope)", $0.worst,
              Units.count($0.worstStranded), Units.gibibytes(fromMiB: $0.worstStrandedMiB),
              $0.worstStranded == 0 ? "–" : $0.isProved ? "yes" : "no",
            ]
          })
      ])
  }

  var rightSizing: Section? {
    guard !review.rightSizing.isEmpty else { return nil }
    return Section(
      id: "sizes", title: "Right-sizing",
      note:
        "Advice from measured use: 95th percentile of CPU at 70 % of the vCPUs, of active memory at 80 %.",
      blocks: [
        .rows(
          "VMs, most memory given back first", ["VM", "vCPUs", "Advised", "Memory", "Advised", "Because"],
          numeric: [1, 2, 3, 4],
          review.rightSizing.map {
            [
              VisibleText.name($0.vm.rawValue), Units.decimal($0.vCPUs), Units.decimal($0.advisedVCPUs),
              Units.gibibytes(fromMiB: $0.memoryMiB), Units.gibibytes(fromMiB: $0.advisedMemoryMiB),
              $0.because,
            ]
          })
      ])
  }

  var rules: Section? {
    guard !review.inventory.rules.isEmpty || !review.violations.isEmpty else { return nil }
    var section = Section(id: "rules", title: "Rules and limits today")
    let broken = Set(review.violations.map(\.rule))
    section.blocks = [
      .rows(
        "Rules", ["Rule", "Kind", "Strength", "What it asks", "Today"], numeric: [],
        review.inventory.rules.map { rule in
          [
            VisibleText.name(rule.id.rawValue), rule.kindWords, rule.isHard ? "must" : "should",
            rule.meaning, broken.contains(rule.id.rawValue) ? "broken" : "kept",
          ]
        })
    ]
    if !review.violations.isEmpty {
      section.blocks.append(
        .rows(
          "What is broken", ["Rule", "What is broken"], numeric: [],
          review.violations.map { [VisibleText.name($0.rule), $0.detail] }))
    }
    return section
  }

  var blockers: Section? {
    var counts: [Blocker: Int] = [:]
    for vm in review.inventory.vms { for blocker in vm.blockers { counts[blocker, default: 0] += 1 } }
    guard !counts.isEmpty || !review.pinnedVMs.isEmpty else { return nil }
    var section = Section(
      id: "blockers", title: "What stands in the way of migrations",
      note: "\(Units.count(review.pinnedVMs.count, "VM")) cannot be moved by any technique.")
    if !counts.isEmpty {
      section.blocks.append(
        .rows(
          "Blockers", ["Blocker", "VMs"], numeric: [1],
          counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map {
            [$0.key.rawValue.replacing("_", with: " "), Units.count($0.value)]
          }))
    }
    if !review.pinnedVMs.isEmpty {
      section.blocks.append(
        .rows(
          "VMs that cannot move", ["VM", "Because"], numeric: [],
          review.pinnedVMs.map { [VisibleText.name($0.vm.rawValue), $0.because] }))
    }
    return section
  }

  var whatIfs: Section? {
    guard !review.whatIfs.isEmpty else { return nil }
    return Section(
      id: "what-if", title: "What if",
      note:
        "Each question is a changed inventory that is placed anew. A placement that was found is an answer; where none "
        + "was found, the planner's search and proofs were asked, and \"does not fit\" is said only of what was proved.",
      blocks: [
        .rows(
          "Questions",
          ["What if", "Answer", "VMs to place", "Fullest host then", "More average VMs then", "How"],
          numeric: [2, 3, 4],
          review.whatIfs.map {
            [
              $0.question, $0.answer.rawValue, Units.count($0.placedVMs), ratio($0.highestUtilisation),
              $0.moreAverageVMs.map { Units.count($0) } ?? "–", $0.how,
            ]
          })
      ])
  }
}
