public import StowageCosts
public import StowageFleet
public import StowageModel

/// Where copies of VMs may be kept and restarted: VMs, hosts and storage by index, rates in MiB/s.
///
/// A site fails alone. What its VMs ask of hosts elsewhere is reserved once for each failure, so hosts may promise the
/// same room to VMs of several sites; copies take storage and links at all times.
public struct RecoveryProblem: Sendable {
  /// A VM that asks for a copy.
  public struct Item: Sendable {
    /// Its index in the fleet.
    public let vm: Int
    /// Index of the site that it runs in.
    public let site: Int
    /// VMs of one number go to one site.
    public var group = 0
    /// Asked of every link on the way, in MiB/s.
    public let rate: Double
    /// A copy begins every so often, in s.
    public let interval: Double
    /// Space for its disks, in GiB.
    public let diskGiB: Double
    /// Asked of the host when it restarts.
    public let demand: Amounts
    /// How many VMs of the same failure may restart before it on its host; `nil` for any number.
    public let mostBefore: Int?
    /// Its place in the order of restarts of its site.
    public let order: Int
    /// Hosts that may take it, ascending.
    public var candidates: [Int]
  }

  /// A place for disks.
  public struct Store: Sendable {
    /// Its name; `nil` for the disks of one host.
    public let id: String?
    /// What is free, in GiB; `nil` where that is not known.
    public let freeGiB: Double?
  }

  /// VMs of one failure of which no two restart in one domain.
  struct Apart: Sendable {
    let rule: Rule.ID
    let items: [Int]
    let domainOfHost: [Int]
  }

  /// The fleet.
  public let fleet: Fleet
  /// What is taken for granted.
  public let terms: RecoveryTerms
  /// Names of the sites, ascending.
  public let sites: [String]
  /// The site of each host.
  public let siteOfHost: [Int?]
  /// The VMs that some place can take, in the order of the fleet.
  public let items: [Item]
  /// The VMs that none can, whatever the others do.
  public let refusals: [RecoveryPlan.Refusal]
  /// How many of these another interval might spare.
  public let openRefusals: Int
  /// The places for disks.
  public let stores: [Store]
  /// The places that each host reaches.
  public let reach: [[Int]]
  /// What is free on each host for restarts; ``StowageFleet/Fleet/noLimit`` where there is no limit.
  let free: [Amounts]
  /// What each channel carries of copies, in MiB/s; `nil` where its bandwidth is not known.
  public let payload: [Double?]
  let apart: [Apart]
  /// What other rules ask of those who restart.
  let rules: RestartRules
  /// Copies wanted beyond links: least Gb/s by link, for VMs that one link alone refuses.
  public let wantedByOne: [Int: Double]
  private let linksBetween: [RecoveryRoutes.Ends: [Int]?]

  /// The problem of a fleet.
  public init(_ fleet: Fleet, inventory: Inventory, terms: RecoveryTerms) {
    var builder = RecoveryBuilder(fleet, inventory: inventory, terms: terms)
    builder.build()
    self.fleet = fleet
    self.terms = terms
    sites = builder.sites
    siteOfHost = builder.siteOfHost
    items = builder.items
    refusals = builder.refusals
    openRefusals = builder.openRefusals
    stores = builder.storage.stores
    reach = builder.storage.reach
    free = builder.free
    payload = builder.payload
    apart = builder.apart
    rules = builder.rules
    wantedByOne = builder.wanted
    linksBetween = builder.routes.linksBetween
  }

  /// The channels from an item's host to another; `nil` when none of its hosts lies there.
  func route(_ item: Int, to host: Int) -> [Int]? {
    let source = fleet.start[items[item].vm]
    let ends = RecoveryRoutes.Ends(
      source: fleet.network.routeClass(of: source), target: fleet.network.routeClass(of: host))
    guard let links = linksBetween[ends] ?? nil else { return nil }
    return [2 * source] + links + [2 * host + 1]
  }

  /// What it costs to leave an item without a copy: 1, and for a higher service tier a part so small that all of
  /// them together never weigh as much as one VM.
  func weight(of item: Int) -> Double {
    let rank =
      switch ServiceTier(fleet.vms[items[item].vm].tier) {
      case .platinum: 3.0
      case .gold: 2.0
      case .silver: 1.0
      case .bronze: 0.0
      }
    return 1 + rank / 3 * heaviestExtra
  }

  /// The extra of a VM of the highest tier.
  var heaviestExtra: Double { 1 / (2 * Double(max(1, items.count))) }

  /// What an item takes of a vendor's limit at a site, and what is added up together; `nil` where the limit is on
  /// single VMs, and was asked before.
  func share(of item: Int, _ limit: ReplicationLimit, at site: Int) -> (key: [Int], amount: Double)? {
    let from = items[item].site
    switch limit.quantity {
    case .copiesOfManager: return ([from], 1)
    case .copiesOfMesh: return ([from, site], 1)
    case .rateOfAppliance: return ([from, site], items[item].rate * 8 * 1.048576)
    // Process servers are added as they are needed.
    case .dailyData, .changeOfVM, .changeOfDisk, .rateOfCopy: return nil
    }
  }

  /// Whether a channel is a link, and not a port of a host.
  func isLink(_ channel: Int) -> Bool { channel >= 2 * fleet.hosts.count }

  /// The link of a channel that is one.
  public func link(_ channel: Int) -> Int { (channel - 2 * fleet.hosts.count) / 2 }
}
