import StowageModel

extension Goal {
  /// The goal as an imperative, for titles.
  var title: String {
    switch self {
    case .consolidate: "Consolidate"
    case .balance: "Balance"
    case .colocate: "Move to another site"
    case .evacuate: "Evacuate"
    case .repair: "Repair broken rules"
    case .restore: "Return"
    }
  }

  /// What is wanted, in the order in which it is wanted.
  var aim: String {
    switch self {
    case .consolidate: "as few hosts on as possible, then as little memory moved as possible"
    case .balance: "even load over hosts and resources, with few moves"
    case .colocate: "everything selected at the target site, applications whole"
    case .evacuate: "the listed hosts empty, with few and small moves"
    case .repair: "broken rules mended, with as few moves as possible"
    case .restore: "every VM back where it was before, and nobody else moved"
    }
  }
}
