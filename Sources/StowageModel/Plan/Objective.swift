/// One of the quantities that a plan optimises, with what is proved about it.
public struct Objective: Hashable, Sendable {
  /// The quantity; smaller is better for each.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    /// Hard rules still broken at the end.
    case brokenRules = "broken_rules"
    /// What soft rules cost that are broken at the end: the sum of weight times breaches.
    case softRuleCost = "soft_rule_cost"
    /// The last night with a wave, counted from the start of the plan.
    case waveNights = "wave_nights"
    /// What soft dependencies cost that cross between sites while only one end has moved: the sum of traffic in
    /// Mb/s times round trip in ms times nights.
    case splitTraffic = "split_traffic"
    /// Hosts that hold at least one VM at the end, or that a hard `keep_on` keeps powered.
    case hostsOn = "hosts_on"
    /// Power of the hosts that are on, in W: what each draws idle, and the rest up to its peak in the measure
    /// in which its CPU is used.
    case powerWatts = "power_w"
    /// Cost of the hosts that are on, a month.
    case costPerMonth = "cost_per_month"
    /// VMs that were to return and end elsewhere than on the hosts from which they were taken.
    case away
    /// Moves.
    case moves
    /// Memory of the moved VMs in MiB, each move counted.
    case movedMiB = "moved_mib"
    /// Model time of all moves in s.
    case moveCostSeconds = "move_cost_s"
    /// Sum over usable hosts and resources with a target of the utilisation above it.
    case targetExcess = "target_excess"
    /// Highest utilisation of any resource on any usable host, 0 to 1.
    case maxUtilisation = "max_utilisation"
    /// Root mean square over resources of the standard deviation of utilisation over usable hosts.
    case utilisationStandardDeviation = "utilisation_stddev"
    /// Sum over resources of the standard deviation over usable hosts of load by physical size: of vCPUs per core, of
    /// configured memory per memory.
    case loadSpread = "load_spread"
    /// Highest minus lowest utilisation of the same resource over usable hosts, the worst resource.
    case unbalance
    /// Data over wide-area links in MiB.
    case wanMiB = "wan_mib"
  }

  /// Why a lower bound is one. The guide *Proofs* states each to the last detail, planner and
  /// verifier compute it each on their own, and a plan that states another figure is rejected.
  public enum Proof: String, CaseIterable, Hashable, Sendable {
    /// The value cannot be lower by its nature (a count that is zero, say).
    case trivial
    /// Demand against the capacity of the largest hosts, resource by resource.
    case volume
    /// The mix program: hosts of each type and tag, enumerated exactly.
    case mix
    /// Volume, mix and failures of each part of the fleet by itself, where no VM may change parts.
    case parts
    /// Prices of resources: what the demand is worth at them, less what hosts offer beyond their own cost.
    case hostPrices = "host-prices"
    /// The cheapest mix: hosts of each type, enumerated exactly, part by part.
    case cheapestMix = "cheapest-mix"
    /// Demand that must leave at the least: VMs that cannot stay where they are, or that return.
    case mustMove = "must-move"
    /// Prices for the room of hosts: what the memory that stays takes of it, and what that room is worth to others.
    case keepPrices = "keep-prices"
    /// The mean load: no placement has a lower maximum than the mean.
    case meanLoad = "mean-load"
    /// Weights for sizes of VMs: what must leave is worth more than any changes of hosts can gain.
    case moveWeights = "move-weights"
    /// Weights for sizes of VMs: hosts kept to a lower maximum need more moves than are allowed.
    case levelWeights = "level-weights"
    /// The fewest VMs that must leave each host for a lower maximum, counted against the moves allowed.
    case counting
    /// The VMs that would level each host best, counted against the moves allowed, each resource by itself.
    case evening
    /// Prices of move groups: nights before the bound cannot take what all groups are worth.
    case nightPrices = "night-prices"
    /// The program with all rules, solved to the end by branch and bound.
    case branchAndBound = "branch-and-bound"
  }

  /// Which quantity.
  public var name: Name
  /// Its value in the plan.
  public var value: Double
  /// No plan has a lower value, given the objectives before this one; `nil` when nothing is proved.
  public var lowerBound: Double?
  /// Why.
  public var proof: Proof?

  /// A value, and what is proved about it.
  public init(_ name: Name, value: Double, lowerBound: Double? = nil, proof: Proof? = nil) {
    self.name = name
    self.value = value
    self.lowerBound = lowerBound
    self.proof = proof
  }
}
