/// Where Ganeti lets an instance move, and which nodes fail together.
struct GanetiMoves {
  private let facts: GanetiFacts
  private let migrationPrefixes: [String]
  private let allowed: [(from: String, to: String)]
  private let nodesByName: [String: GanetiFacts.Node]

  /// Takes in the facts of one cluster.
  init(_ facts: GanetiFacts) {
    self.facts = facts
    nodesByName = Dictionary(facts.nodes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    migrationPrefixes = Self.prefixes("htools:migration:", in: facts.tags)
    allowed = Self.prefixes("htools:allowmigration:", in: facts.tags).compactMap { text in
      guard let range = text.firstRange(of: "::") else { return nil }
      return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
    }
  }

  /// What follows a prefix in the tags of the cluster.
  func prefixes(_ prefix: String) -> [String] { Self.prefixes(prefix, in: facts.tags) }

  private static func prefixes(_ prefix: String, in tags: [String]) -> [String] {
    tags.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  /// The failure domain of a node: its tags that the cluster declares as locations.
  func location(of node: GanetiFacts.Node) -> String? {
    let prefixes = prefixes("htools:nlocation:")
    let tags = node.tags.filter { tag in prefixes.contains { tag.hasPrefix($0 + ":") } }
    return tags.isEmpty ? nil : tags.sorted().joined(separator: ", ")
  }

  /// The nodes on which an instance may run; `nil` when on all.
  func targets(of instance: GanetiFacts.Instance) -> [String]? {
    guard let primary = instance.primary else { return nil }
    if instance.template == "drbd" {
      return [primary] + [instance.secondary].compactMap { $0 }.filter { canMove(primary, $0) }
    }
    guard !migrationPrefixes.isEmpty else { return nil }
    let targets = facts.nodes.map(\.name).filter { canMove(primary, $0) }
    return targets.count == facts.nodes.count ? nil : targets
  }

  /// A node takes instances from nodes all of whose migration tags it has, or is allowed to take.
  private func canMove(_ from: String, _ to: String) -> Bool {
    guard from != to, let source = nodesByName[from], let target = nodesByName[to] else { return true }
    let takes = tags(target)
    return tags(source).allSatisfy { tag in
      takes.contains(tag) || allowed.contains { $0.from == tag && takes.contains($0.to) }
    }
  }

  private func tags(_ node: GanetiFacts.Node) -> [String] {
    node.tags.filter { tag in migrationPrefixes.contains { tag.hasPrefix($0 + ":") } }
  }
}
