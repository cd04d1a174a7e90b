import StowageModel

// Load of the hosts before and after.
extension HTMLReport {
  /// Beyond this many hosts the fleet is shown as histograms, and only the fullest host by host.
  private static let hostLimit = 80
  private static let fullestLimit = 40

  var loadSection: ReportPage.LoadSection? {
    guard !input.hostLoads.isEmpty else { return nil }
    let sorted = sortedLoads
    let isLarge = sorted.count > Self.hostLimit
    let shown = isLarge ? Array(sorted.prefix(Self.fullestLimit)) : sorted
    let scale = barScale(of: shown)
    let rest = sorted.count - shown.count
    return ReportPage.LoadSection(
      loadCaption: isLarge
        ? "The \(shown.count) fullest hosts at the end" : "Hosts, fullest at the end first",
      hasHistograms: isLarge, histograms: isLarge ? pictures : [],
      histogramRows: isLarge ? histogramRows : [],
      loadRows: shown.map { row(of: $0, scale: scale) },
      loadRest: rest > 0 ? "\(Units.count(rest, "more host")) less full than these" : nil)
  }

  /// Hosts that stay on by their fullest resource, then the others.
  private var sortedLoads: [HostLoad] {
    func key(_ load: HostLoad) -> (Double, Double) {
      (load.end[.slots] > 0 ? 0 : 1, -(load.highestUtilisation(at: .end)?.ratio ?? 0))
    }
    return input.hostLoads.map { (load: $0, key: key($0)) }.sorted { left, right in
      (left.key.0, left.key.1, left.load.host) < (right.key.0, right.key.1, right.load.host)
    }.map(\.load)
  }

  /// Bars run to 100 %, or to the highest overload.
  private func barScale(of loads: [HostLoad]) -> Double {
    let ratios = loads.flatMap { load in
      [Resource.memory, .cpu].flatMap { resource in
        [HostLoad.Moment.start, .end].compactMap { load.utilisation(of: resource, at: $0) }
      }
    }
    return max(1, ratios.max() ?? 1)
  }

  private func row(of load: HostLoad, scale: Double) -> ReportPage.LoadRow {
    ReportPage.LoadRow(
      loadHost: .init(load.host.rawValue, alias: names.alias(of: load.host)),
      isOff: input.plan.poweredOffHosts.contains(load.host),
      memory: cell(load, .memory, scale: scale), cpu: cell(load, .cpu, scale: scale),
      vmsBefore: Units.count(Int(load.start[.slots])), vmsAfter: Units.count(Int(load.end[.slots])))
  }

  private func cell(_ load: HostLoad, _ resource: Resource, scale: Double) -> ReportPage.LoadCell {
    guard let before = load.utilisation(of: resource, at: .start),
      let after = load.utilisation(of: resource, at: .end)
    else { return .init(bar: nil, change: "no limit") }
    let bar = LoadBar(
      scale: scale, before: before, after: after,
      subject: "\(resource.name) of \(VisibleText.name(load.host.rawValue))")
    return .init(bar: bar.markup, change: "\(Units.decimal(before * 100)) → \(Units.percent(after))")
  }

  private var histograms: LoadHistograms { LoadHistograms(input.hostLoads) }

  private var pictures: [ReportPage.Picture] {
    [
      .init(heading: "Memory", svg: histograms.memory.markup),
      .init(heading: "CPU", svg: histograms.cpu.markup),
    ]
  }

  private var histogramRows: [ReportPage.HistogramRow] {
    histograms.rows.map {
      .init(bin: $0[0], memoryBefore: $0[1], memoryAfter: $0[2], cpuBefore: $0[3], cpuAfter: $0[4])
    }
  }
}
