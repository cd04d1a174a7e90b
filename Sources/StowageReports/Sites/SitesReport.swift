public import StowageModel

/// Which ways lead VMs from each site to each other, and why not the others.
public struct SitesReport: Sendable {
  /// How a VM gets from one site to another.
  public enum Way: String, CaseIterable, Hashable, Sendable {
    /// Running, its disks staying where both sites reach them.
    case live
    /// Running, its disks copied along.
    case liveWithDisks = "live-with-disks"
    /// Copied while it runs, then stopped, brought up to date and started at the other site.
    case replicated
    /// Stopped, copied over the link, started.
    case cold
    /// Its disks carried there, brought up to date over the link, started.
    case shipped

    /// In words.
    public var title: String {
      switch self {
      case .live: "live, storage in reach of both"
      case .liveWithDisks: "live, disks copied along"
      case .replicated: "replicated, then cut over"
      case .cold: "stopped and copied"
      case .shipped: "disks shipped, then cut over"
      }
    }
  }

  /// One way between two sites.
  public struct Option: Hashable, Sendable {
    /// Which.
    public var way: Way
    /// VMs of the first site that can take it.
    public var vms: Int
    /// Time for all of them, one after the other where they share the link, in s; `nil` when it never ends, or when none goes.
    public var seconds: Double?
    /// What stops the others, commonest first, with how many and what lifts it.
    public var obstacles: [Obstacle]

    /// A way of its parts.
    public init(way: Way, vms: Int, seconds: Double?, obstacles: [Obstacle]) {
      self.way = way
      self.vms = vms
      self.seconds = seconds
      self.obstacles = obstacles
    }
  }

  /// What stops VMs.
  public struct Obstacle: Hashable, Sendable {
    /// How many.
    public var vms: Int
    /// Why, as the end of a sentence that starts with the VM.
    public var because: String
    /// What lifts it, as an imperative.
    public var remedy: String

    /// An obstacle of its parts.
    public init(vms: Int, because: String, remedy: String) {
      self.vms = vms
      self.because = because
      self.remedy = remedy
    }
  }

  /// From one site to another.
  public struct Pair: Hashable, Sendable {
    /// Where the VMs are, and where they would go.
    public var from, to: String
    /// VMs at the first.
    public var vms: Int
    /// Their used disks in MiB, and how much of those changes, in MiB/s.
    public var diskMiB, changeMiBPerSecond: Double
    /// The links on the way; empty where ports of hosts are the only limit; `nil` where no way leads there.
    public var links: [String]?
    /// Bandwidth in Gb/s; `nil` where it is not known.
    public var gbps: Double?
    /// Round trip in ms; `nil` where no link states one.
    public var roundTripMilliseconds: Double?
    /// Whether other traffic shares a link.
    public var isShared: Bool
    /// Whether guest networks are the same at both ends; `nil` where links do not say.
    public var isStretched: Bool?
    /// Datastores that hosts of both sites reach.
    public var sharedDatastores: Int
    /// The ways, in the order of ``Way``.
    public var options: [Option]

    /// A pair of which only the sites are known.
    public init(from: String, to: String, vms: Int) {
      self.from = from
      self.to = to
      self.vms = vms
      diskMiB = 0
      changeMiBPerSecond = 0
      isShared = false
      sharedDatastores = 0
      options = []
    }
  }

  /// The pairs, by name.
  public var pairs: [Pair]
  /// What is assumed, as sentences.
  public var assumptions: [String]

  /// A report of its parts.
  public init(pairs: [Pair], assumptions: [String]) {
    self.pairs = pairs
    self.assumptions = assumptions
  }
}

extension SitesReport {
  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    guard !pairs.isEmpty else {
      page.add("There are no two sites: the column site of the hosts names fewer.")
      return page.text
    }
    for pair in pairs { add(pair, to: &page) }
    page.section("Assumptions (\(Units.count(assumptions.count)))")
    page.items(assumptions, limit: 12, rest: "more")
    return page.text
  }

  private func add(_ pair: Pair, to page: inout TextPage) {
    page.section(
      "\(VisibleText.name(pair.from)) to \(VisibleText.name(pair.to)): \(Units.count(pair.vms, "VM")), \(Units.gibibytes(fromMiB: pair.diskMiB)) of disks"
    )
    page.paragraph("\(facts(pair)).", indent: 2)
    for option in pair.options {
      let time = option.seconds.map { ", all of them in \(Units.duration(seconds: $0))" } ?? ""
      let head = option.vms > 0 ? "\(Units.count(option.vms, "VM"))\(time)" : "no VM"
      page.item("\(option.way.title): \(head)")
      for obstacle in option.obstacles.prefix(3) {
        page.paragraph(
          "\(Units.count(obstacle.vms, "VM")): \(VisibleText.line(obstacle.because)); try: \(VisibleText.line(obstacle.remedy))",
          indent: 4, hanging: 2)
      }
      if option.obstacles.count > 3 {
        page.paragraph("… and \(Units.count(option.obstacles.count - 3)) more reasons", indent: 4)
      }
    }
  }

  private func facts(_ pair: Pair) -> String {
    guard let links = pair.links else { return "No link leads there" }
    let way =
      links.isEmpty
      ? "no link on the way" : "over \(Summary.list(links.map { VisibleText.name($0) }, limit: 4))"
    let bandwidth = pair.gbps.map { "\(Units.decimal($0, digits: 3)) Gb/s" } ?? "unknown bandwidth"
    let trip =
      pair.roundTripMilliseconds.map { "round trip \(Units.decimal($0, digits: 1)) ms" }
      ?? "round trip unknown"
    let network =
      pair.isStretched.map { $0 ? "networks stretched" : "networks not stretched" }
      ?? "whether networks are stretched is not said"
    let shared = pair.isShared ? ", shared with other traffic" : ""
    return
      "\(way.prefix(1).uppercased() + way.dropFirst()), \(bandwidth)\(shared), \(trip), \(network), \(Units.count(pair.sharedDatastores, "datastore")) in reach of both"
  }
}
