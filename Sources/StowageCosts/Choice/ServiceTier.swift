/// How much a service minds what a move does to it; the classes that people write into a VM's `tier`.
public enum ServiceTier: String, CaseIterable, Hashable, Sendable {
  /// Minds a pause and a risk thrice as much as others, and bears no throttle.
  case platinum
  /// What is taken where nothing, or an unknown word, is said.
  case gold
  /// Bears to be slow for a minute, and can be restored: a second of guest time lost weighs 3 s instead of
  /// 10, certain loss 1e8 s instead of 1e9, a second of pause half; a throttle may take 5 min of its time.
  case silver
  /// Development, tests, batches: 1 s, 1e7 s, a second of pause 300 s instead of 1 000, and half an hour.
  case bronze

  /// The tier that a word stands for, whatever its case.
  public init(_ word: String?) {
    switch word?.lowercased().filter({ $0.isLetter || $0.isNumber }) {
    case "platinum", "critical", "missioncritical", "tier0": self = .platinum
    case "silver", "tier2", "standard": self = .silver
    case "bronze", "tier3", "dev", "development", "test", "batch", "besteffort": self = .bronze
    default: self = .gold
    }
  }
}

extension ChoicePolicy {
  /// What the chooser weighs for a VM of a tier. The weights are chosen: their order is what operators agree on.
  public static func of(_ tier: ServiceTier) -> ChoicePolicy {
    var policy = standard
    switch tier {
    case .platinum:
      policy.downtimeSecondWeight = 3000
      policy.lossWeight = 3e9
      policy.noReturnWeight = 1200
      policy.maxSlowdownSeconds = 0
    case .gold: break
    case .silver:
      policy.downtimeSecondWeight = 500
      policy.slowdownSecondWeight = 3
      policy.lossWeight = 1e8
      policy.noReturnWeight = 200
      policy.maxSlowdownSeconds = 300
    case .bronze:
      policy.downtimeSecondWeight = 300
      policy.slowdownSecondWeight = 1
      policy.lossWeight = 1e7
      policy.noReturnWeight = 120
      policy.maxSlowdownSeconds = 1800
    }
    return policy
  }
}
