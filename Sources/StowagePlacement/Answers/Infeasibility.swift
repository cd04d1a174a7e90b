public import StowageFleet
public import StowageModel

/// Why no placement exists. Each conflict is enough by itself.
public struct Infeasibility: Sendable {
  /// What contradicts what, in a fixed order; never empty.
  public let conflicts: [Conflict]
}

/// Things that cannot hold together.
public enum Conflict: Hashable, Sendable {
  /// All hosts that may hold VMs offer less of a resource than all VMs ask, in units of ``Resource``.
  case volume(Resource, demand: Int64, capacity: Int64)
  /// No host may hold the VM; the obstacles are counted over all hosts.
  case nowhere(VM.ID, [ObstacleCount])
  /// The VM does not move and cannot remain where it is.
  case cannotLeave(VM.ID, host: Host.ID, pin: PinReason, because: Obstacle)
  /// No host may hold all VMs that belong together.
  case nowhereTogether(affinities: [Rule.ID], [VM.ID])
  /// VMs are asked to be together and apart.
  case togetherAndApart(affinities: [Rule.ID], antiAffinity: Rule.ID, [VM.ID])
  /// VMs that do not move are too near to each other.
  case pinnedTogether(antiAffinity: Rule.ID, [VM.ID])
  /// More VMs belong apart than there are places for them.
  case tooFewDomains(antiAffinity: Rule.ID, scope: Scope, vms: Int, domains: Int)
  /// More VMs must move than may.
  case tooManyMoves(least: Int, most: Int)
  /// However the others are rearranged, what must leave or is too much where it is does not all find
  /// room; `vms` must leave.
  case noRoom(vms: Int)
  /// More memory must move than may, in MiB.
  case tooMuchMoved(rule: Rule.ID, leastMiB: Double, mostMiB: Double)
  /// Members of a spread need more places than there are for them.
  case tooFewPlaces(spread: Rule.ID, scope: Scope, needed: Int, places: Int)
  /// A VM belongs together with another and is to share with its own group only.
  case boundToStranger(affinities: [Rule.ID], dedicated: Rule.ID, [VM.ID])
  /// VMs that can be on the hosts of a cap only ask more than it allows, in units of ``Resource``.
  case overCap(rule: Rule.ID, Resource, demand: Int64, limit: Int64)
  /// The program of all rules has no solution. The rules are those whose removal was seen to make
  /// it solvable, or all that took part when that was not tried.
  case program(rules: [Rule.ID], resources: [Resource])
}
