import StowageModel

// What a plan that leads VMs between sites does to them.
extension HTMLReport {
  private static let waveLimit = 60
  private static let linkLimit = 12

  var siteSection: ReportPage.SiteSection? {
    let waves = figures.waves
    guard let own = SiteFigures(input, waves: waves) else { return nil }
    let end = input.plan.schedule.makespanSeconds
    let copies = CopyFigures(input, waves: waves)
    let links = own.links.sorted { ($1.most, $0.name) < ($0.most, $1.name) }.prefix(Self.linkLimit)
    let rest = waves.count - Self.waveLimit
    return ReportPage.SiteSection(
      siteMap: SiteCharts.map(own, links: linksBetween(own.sites.map(\.name))),
      waveChart: waves.count > 1 && waves.count <= Self.waveLimit
        ? SiteCharts.waves(waves, policy: input.plan.options.waves, endSeconds: end) : nil,
      siteColumns: own.sites.map { VisibleText.name($0.name, limit: 40) },
      stageRows: stages(own, waves),
      stageRest: rest > 0 ? "\(Units.count(rest, "more wave")) in the runbook" : nil,
      linkCharts: links.map {
        .init(heading: VisibleText.name($0.name, limit: 60), svg: SiteCharts.use($0, endSeconds: end))
      },
      linkRows: links.map { link in
        ReportPage.LinkRow(
          linkName: VisibleText.name(link.name, limit: 60),
          line: Units.rate(mibPerSecond: link.lineMiBPerSecond),
          mostUsed: Units.rate(mibPerSecond: link.most),
          mostShare: link.lineMiBPerSecond > 0 ? Units.percent(link.most / link.lineMiBPerSecond) : "–",
          linkSent: Units.gibibytes(fromMiB: link.sentMiB))
      }, aheadPart: aheadPart(copies), copyPart: copyPart(copies))
  }

  private func aheadPart(_ copies: CopyFigures) -> ReportPage.AheadPart? {
    guard !copies.ahead.isEmpty else { return nil }
    return ReportPage.AheadPart(
      aheadRows: copies.ahead.prefix(Self.waveLimit).map { own in
        ReportPage.AheadRow(
          aheadWave: "\(own.wave)", aheadVMs: Units.count(own.moves.count),
          aheadTimes: calendar?.span(own.startSeconds, own.endSeconds)
            ?? Units.offsets(fromSeconds: own.startSeconds, toSeconds: own.endSeconds),
          aheadData: Units.gibibytes(fromMiB: own.mib), aheadRest: Units.gibibytes(fromMiB: own.deltaMiB))
      })
  }

  private func copyPart(_ copies: CopyFigures) -> ReportPage.CopyPart? {
    guard copies.asked > 0, let oldest = copies.oldest else { return nil }
    return ReportPage.CopyPart(
      copyNote:
        "\(Units.count(copies.held)) of \(Units.count(copies.asked, "VM")) with rpo_s keep a copy at another site that is young enough "
        + "from the start of the plan to its end. Nearest to its limit: \(VisibleText.name(oldest.vm.rawValue)), "
        + "\(Units.duration(seconds: oldest.ageSeconds)) of \(Units.duration(seconds: oldest.askedSeconds)).",
      copyRows: copies.kept.prefix(Self.waveLimit).map { own in
        ReportPage.CopyRow(
          copyWave: "\(own.wave)", copyHeld: Units.count(own.held), copyBefore: Units.count(own.before),
          copyAfter: Units.count(own.after), copyOldest: Units.duration(seconds: own.oldestSeconds))
      })
  }

  private func stages(_ figures: SiteFigures, _ waves: [Wave]) -> [ReportPage.StageRow] {
    let count = min(waves.count, Self.waveLimit)
    return (0...count).map { stage in
      ReportPage.StageRow(
        stageName: stage == 0 ? "before" : "after wave \(waves[stage - 1].number)",
        stageCells: figures.sites.map { site in
          let own = site.stages[stage]
          return
            "\(Units.count(own.vms, "VM")), \(Units.gibibytes(fromMiB: own.memoryMiB)) memory, \(Units.gibibytes(fromMiB: own.diskGiB * 1024)) disk"
        })
    }
  }

  /// Links whose ends lie in two of the sites.
  private func linksBetween(_ sites: [String]) -> [(link: Link, a: Int, b: Int)] {
    var siteOfPlace: [String: Int] = [:]
    for host in input.inventory.hosts {
      guard let site = host.site, let index = sites.firstIndex(of: site) else { continue }
      for place in [host.id.rawValue, host.rack, host.cluster, site].compactMap(\.self)
      where siteOfPlace[place] == nil {
        siteOfPlace[place] = index
      }
    }
    return input.inventory.links.compactMap { link in
      guard let a = siteOfPlace[link.a], let b = siteOfPlace[link.b], a != b else { return nil }
      return (link, a, b)
    }
  }
}
