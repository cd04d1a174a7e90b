/// The order in which VMs of a lost site restart.
///
/// First by `restart_priority` (`highest`, `high`, `medium`, `low`, `lowest` or a number, small first; medium where nothing,
/// or an unknown word, is said), then by the time that is left until its `rto_s`, then by `tier`, then by name.
public struct RestartRank: Hashable, Comparable, Sendable {
  private let priority: Double
  private let objectiveSeconds: Double
  private let tier: Int
  private let name: VM.ID

  /// The rank of a VM.
  public init(_ vm: VM) {
    priority = Self.priority(vm.restartPriority)
    objectiveSeconds = vm.rtoSeconds ?? .infinity
    tier = Self.tier(vm.tier)
    name = vm.id
  }

  /// Whether one restarts before the other.
  public static func < (left: Self, right: Self) -> Bool {
    (left.priority, left.objectiveSeconds, left.tier, left.name)
      < (right.priority, right.objectiveSeconds, right.tier, right.name)
  }

  private static func priority(_ word: String?) -> Double {
    switch word?.lowercased() {
    case "highest": 1
    case "high": 2
    case "low": 4
    case "lowest": 5
    case let word?: Double(word).flatMap { $0.isFinite ? $0 : nil } ?? 3
    case nil: 3
    }
  }

  private static func tier(_ word: String?) -> Int {
    switch word?.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "platinum", "critical", "missioncritical", "tier0": 0
    case "silver", "tier2", "standard": 2
    case "bronze", "tier3", "dev", "development", "test", "batch", "besteffort": 3
    default: 1
    }
  }
}
