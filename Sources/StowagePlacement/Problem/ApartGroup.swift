import StowageModel

/// Blocks of which no two may end in one domain.
struct ApartGroup: Sendable {
  let rule: Rule.ID
  /// The members by index, ascending.
  let blocks: [Int]
  let scope: Scope
  /// The domain of each host.
  let domainOfHost: [Int]
}

/// Blocks that must end in one rack, cluster or site.
struct TogetherGroup: Sendable {
  let rule: Rule.ID
  /// The members by index, ascending.
  let blocks: [Int]
  let scope: Scope
  /// The domain of each host.
  let domainOfHost: [Int]
  /// How many domains there are.
  let domainCount: Int
}
