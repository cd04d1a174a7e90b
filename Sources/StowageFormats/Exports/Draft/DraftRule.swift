import StowageDiagnostics
import StowageModel

/// A rule as a platform states it: members by the platform's own keys.
struct DraftRule {
  /// What it asks.
  enum Kind {
    /// The members run together.
    case together
    /// The members run apart.
    case apart(Scope)
    /// The members run on hosts with these names.
    case onlyOn([String])
    /// The members run on hosts with these labels.
    case onlyOnLabels([String: String])
    /// The members stay where they are.
    case stay
  }

  /// The name that people know it by.
  var name: String
  /// What it asks.
  var kind: Kind
  /// Keys of its VMs.
  var members: [String]
  /// Whether it must hold.
  var isHard = true
  /// What breaking it costs, when it is soft.
  var weight = 1.0
}
