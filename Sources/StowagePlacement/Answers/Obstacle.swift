public import StowageFleet
public import StowageModel

/// What keeps a VM off a host.
public enum Obstacle: Hashable, Sendable {
  /// The host is offline, in maintenance or closed to VMs.
  case hostNotUsable
  /// The host is to be emptied, by a rule or (`nil`) because the goal says so.
  case drained(Rule.ID?)
  /// A rule keeps the VM off the host.
  case rule(Rule.ID)
  /// The VM's own `allowed_hosts` or `forbidden_hosts`.
  case hostColumns
  /// A network or a GPU that the host does not list, or a cluster that the VM may not enter.
  case unsuitable
  /// No links lead from the VM's host to this one.
  case noRoute
  /// No technique can move the VM to this host.
  case noTechnique
  /// The VM does not move.
  case pinned(PinReason)
  /// The host has too little of a resource left.
  case resource(Resource)
  /// The caller ruled the step out.
  case excluded
}

/// An obstacle and how many hosts it concerns.
public struct ObstacleCount: Hashable, Sendable {
  /// What stands in the way.
  public let obstacle: Obstacle
  /// On how many hosts.
  public let count: Int
}

extension Obstacle {
  /// Position in the order in which obstacles of equal count are listed.
  var sortKey: String {
    switch self {
    case .hostNotUsable: "0"
    case .drained(let rule): "1" + (rule?.rawValue ?? "")
    case .rule(let rule): "2" + rule.rawValue
    case .hostColumns: "3"
    case .unsuitable: "4"
    case .noRoute: "5"
    case .noTechnique: "6"
    case .pinned(let reason): "7\(reason)"
    case .resource(let resource): "8\(resource.index)"
    case .excluded: "9"
    }
  }

  /// Obstacles with their counts, most frequent first.
  static func counted(_ obstacles: [Obstacle]) -> [ObstacleCount] {
    var counts: [Obstacle: Int] = [:]
    for obstacle in obstacles { counts[obstacle, default: 0] += 1 }
    return counts.map { ObstacleCount(obstacle: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.obstacle.sortKey) < ($0.count, $1.obstacle.sortKey) }
  }
}
