/// Where the VMs that must survive the loss of a site have their copies, how old those get, and how they restart.
public struct RecoveryPlan: Hashable, Sendable {
  /// The program that made it.
  public var generator: String
  /// The inventory that it was made for.
  public var inventory: Plan.InventoryStamp
  /// What was taken for granted.
  public var terms: RecoveryTerms
  /// How well it is known that no plan is better.
  public var outcome: Plan.Outcome
  /// How many VMs are left without a copy, and how many of those that could have one alone must be.
  public var unprotected: ProvedFigure
  /// Replicated data on all links, in MiB/s, counted on each link that it crosses, and its least.
  public var linkTraffic: ProvedFigure
  /// The copies, by VM.
  public var replicas: [Replica]
  /// VMs that state an objective and get no copy, by VM.
  public var refusals: [Refusal]
  /// A smallest set of limits that cannot hold together with a copy of every VM, as sentences; empty where all have one.
  public var conflict: [String]
  /// Links that would have to be faster for every VM to have a copy, as far as links are what is missing.
  public var wantedLinks: [WantedLink]
  /// What was assumed, as sentences.
  public var assumptions: [String]

  /// A plan of its parts.
  public init(
    generator: String, inventory: Plan.InventoryStamp, terms: RecoveryTerms, outcome: Plan.Outcome,
    unprotected: ProvedFigure, linkTraffic: ProvedFigure, replicas: [Replica], refusals: [Refusal],
    conflict: [String] = [], wantedLinks: [WantedLink] = [], assumptions: [String] = []
  ) {
    self.generator = generator
    self.inventory = inventory
    self.terms = terms
    self.outcome = outcome
    self.unprotected = unprotected
    self.linkTraffic = linkTraffic
    self.replicas = replicas
    self.refusals = refusals
    self.conflict = conflict
    self.wantedLinks = wantedLinks
    self.assumptions = assumptions
  }

  /// Why no plan undercuts a figure.
  public enum Proof: String, CaseIterable, Hashable, Sendable {
    /// No figure is below zero.
    case trivial
    /// Prices for room, space and links: what copies are worth at the least, less what there is of all of it.
    case prices
    /// The integer program, by branch and bound.
    case branchAndBound = "branch-and-bound"
  }

  /// What one unit of something that copies need is worth; the guide *Recovery* says what such prices prove.
  public struct Price: Hashable, Sendable {
    /// What there is only so much of.
    public enum Limit: Hashable, Sendable {
      /// Room of a resource on all hosts of a site when another site fails, in units of ``Resource``.
      case room(site: String, failing: String, Resource)
      /// Space of a datastore, in GiB.
      case space(datastore: String)
      /// What a port or link carries of copies, in MiB/s.
      case channel(String)
    }

    /// Of what.
    public var limit: Limit
    /// Price of one unit, 0 or above.
    public var perUnit: Double

    /// A price.
    public init(_ limit: Limit, perUnit: Double) {
      self.limit = limit
      self.perUnit = perUnit
    }
  }

  /// A figure and what no plan undercuts.
  public struct ProvedFigure: Hashable, Sendable {
    /// What the plan reaches.
    public var value: Double
    /// What no plan undercuts.
    public var lowerBound: Double
    /// Why.
    public var proof: Proof
    /// The prices, for the proof by prices; what is not listed is free.
    public var prices: [Price]

    /// A figure and its bound.
    public init(
      value: Double, lowerBound: Double, proof: Proof = .branchAndBound, prices: [Price] = []
    ) {
      self.value = value
      self.lowerBound = lowerBound
      self.proof = proof
      self.prices = prices
    }
  }

  /// The copy of one VM.
  public struct Replica: Hashable, Sendable {
    /// Whose.
    public var vm: VM.ID
    /// Where the VM runs.
    public var fromSite: String
    /// Where the copy is.
    public var site: String
    /// Where it restarts.
    public var host: Host.ID
    /// Where its disks lie; `nil` where the inventory names no storage of that host.
    public var datastore: String?
    /// A copy begins every so often, in s; 0 without a break.
    public var intervalSeconds: Double
    /// What it is given of every link on its way, in MiB/s.
    public var rateMiBPerSecond: Double
    /// The channels on its way, as a plan of moves names them.
    public var links: [String]
    /// The oldest that the copy gets at that rate, in s.
    public var worstAgeSeconds: Double
    /// Its place in the order of restarts when its site is lost, from 1; 0 for a VM that does not run.
    public var restartOrder: Int
    /// When its restart begins, in s after the failure.
    public var startSeconds: Double
    /// When it serves, in s after the failure.
    public var readySeconds: Double

    /// A copy of its parts.
    public init(
      vm: VM.ID, fromSite: String, site: String, host: Host.ID, datastore: String?, intervalSeconds: Double,
      rateMiBPerSecond: Double, links: [String], worstAgeSeconds: Double, restartOrder: Int = 0,
      startSeconds: Double = 0, readySeconds: Double = 0
    ) {
      self.vm = vm
      self.fromSite = fromSite
      self.site = site
      self.host = host
      self.datastore = datastore
      self.intervalSeconds = intervalSeconds
      self.rateMiBPerSecond = rateMiBPerSecond
      self.links = links
      self.worstAgeSeconds = worstAgeSeconds
      self.restartOrder = restartOrder
      self.startSeconds = startSeconds
      self.readySeconds = readySeconds
    }
  }

  /// A VM without a copy.
  public struct Refusal: Hashable, Sendable {
    /// Which.
    public var vm: VM.ID
    /// Why, as the end of a sentence that starts with the VM.
    public var because: String
    /// What would help, as an imperative.
    public var remedy: String

    /// A VM and why.
    public init(vm: VM.ID, because: String, remedy: String) {
      self.vm = vm
      self.because = because
      self.remedy = remedy
    }
  }

  /// A link that is too slow.
  public struct WantedLink: Hashable, Sendable {
    /// Which.
    public var link: Link.ID
    /// What it has, in Gb/s.
    public var gbps: Double
    /// The least that would do, all links that are listed being made as fast as they are listed, in Gb/s.
    public var leastGbps: Double

    /// A link and what it would need.
    public init(link: Link.ID, gbps: Double, leastGbps: Double) {
      self.link = link
      self.gbps = gbps
      self.leastGbps = leastGbps
    }
  }
}
