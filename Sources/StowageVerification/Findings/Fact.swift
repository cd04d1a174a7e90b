/// What was found, as data; each check has its own kinds.
public enum Fact: Hashable, Sendable {
  /// About the plan as a document: names, counts, lists.
  case document(DocumentFact)
  /// About the way of a VM.
  case movement(MovementFact)
  /// About instants and the order of moves.
  case timing(TimingFact)
  /// About the load of a host.
  case capacity(CapacityFact)
  /// About routes, rates and slots.
  case network(NetworkFact)
  /// About a rule of the inventory.
  case rule(RuleFact)
  /// About where and how a VM may move.
  case target(TargetFact)
  /// About what the cost model expects.
  case estimate(EstimateFact)
  /// About objectives, bounds and the outcome.
  case claim(ClaimFact)
  /// About hosts that a repair leaves overloaded.
  case overload(OverloadFact)
  /// About where disks lie.
  case space(SpaceFact)

  var wording: any FactWording {
    switch self {
    case .document(let fact): fact
    case .movement(let fact): fact
    case .timing(let fact): fact
    case .capacity(let fact): fact
    case .network(let fact): fact
    case .rule(let fact): fact
    case .target(let fact): fact
    case .estimate(let fact): fact
    case .claim(let fact): fact
    case .overload(let fact): fact
    case .space(let fact): fact
    }
  }
}

/// Puts a fact into words.
protocol FactWording {
  var code: FindingCode { get }
  /// What was found, without its instant, beginning in lower case.
  var sentence: String { get }
}
