import StowageFleet
import StowageModel

/// Fewest moves as changes of hosts: on every host some residents leave and some sizes enter.
///
/// - Given: classes of blocks that ask the same, and hosts with those of their residents that may
///   remain.
/// - Decides: for each host at most one change, legal by itself.
/// - Minimises: the VMs that enter.
/// - Subject to: of each class as many enter as leave, together with those that cannot remain.
struct ChangeModel: Sendable {
  /// Blocks that a change does not tell apart.
  struct SizeClass: Sendable {
    /// What a member that enters is counted with: no less than it asks in a model for plans, no more
    /// in one for bounds.
    let demand: Amounts
    /// VMs that move when a member enters.
    let cost: Int
    /// The set of hosts that members may enter, by index.
    let set: Int
    /// The members that may move, ascending.
    let blocks: [Int]
    /// The members that cannot remain where they are.
    let homeless: [Int]
  }

  /// A block that may leave its host.
  struct Resident: Sendable {
    let block: Int
    let sizeClass: Int
    let demand: Amounts
    /// Groups by index of which no two members may remain on one host.
    let groups: [Int]
  }

  /// One host.
  struct HostRoom: Sendable {
    let host: Int
    /// What is left when every resident remains; negative where the host must change.
    let free: Amounts
    /// Residents that may leave.
    let residents: [Resident]
    /// Groups by index of which a member remains whatever is decided.
    let fixedGroups: [Int]
    /// Whether VMs may enter.
    let takesIn: Bool
    /// Whether it cannot stay as it is.
    let mustChange: Bool
    /// Classes that enter with fewer moves, because some members are here already.
    let discounts: [Discount]
  }

  /// A class that enters a host with fewer moves than elsewhere.
  struct Discount: Sendable {
    let sizeClass: Int
    let cost: Int
  }

  /// How many resources tables of rooms tell apart; all are looked at on every host.
  enum Dimensions: Sendable {
    case two
    case three
  }

  let grid: RoomGrid
  let rounding: RoomGrid.Rounding
  let classes: [SizeClass]
  let hosts: [HostRoom]
  /// For each set of hosts, whether each host is a member.
  let sets: [HostSet]

  /// Whether nothing is rounded.
  let isExact: Bool

  /// Moves that are made whatever is decided: members of classes that cannot remain.
  var homelessCount: Int { classes.reduce(0) { $0 + $1.homeless.count * $1.cost } }
}

extension ChangeModel {
  /// The same model of some of the hosts and of the blocks that start there.
  /// Hosts by index into ``hosts``, and the blocks without a home that are to enter them.
  init(_ whole: ChangeModel, positions: [Int], homeless: Set<Int>) {
    grid = whole.grid
    rounding = whole.rounding
    sets = whole.sets
    isExact = whole.isExact
    hosts = positions.map { whole.hosts[$0] }
    let members = Set(hosts.flatMap { $0.residents.map(\.block) }).union(homeless)
    classes = whole.classes.map { sizeClass in
      SizeClass(
        demand: sizeClass.demand, cost: sizeClass.cost, set: sizeClass.set,
        blocks: sizeClass.blocks.filter(members.contains),
        homeless: sizeClass.homeless.filter(homeless.contains))
    }
  }
}
