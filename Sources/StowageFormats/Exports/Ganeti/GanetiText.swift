import StowageDiagnostics

/// The sections of a text as `hscan` and `hbal --save-cluster` write it, each line taken apart.
struct GanetiText {
  /// A line of a section.
  struct Line {
    /// The parts between bars.
    let fields: [String]
    /// Where it stands.
    let place: SourcePlace

    /// A part that may be missing, or empty.
    subscript(index: Int) -> String? {
      guard index < fields.count, !fields[index].isEmpty else { return nil }
      return fields[index]
    }
  }

  /// Groups of nodes.
  let groups: [Line]
  /// Nodes.
  let nodes: [Line]
  /// Instances.
  let instances: [Line]
  /// Tags of the cluster.
  let tags: [String]
  /// Policies of the cluster and of groups.
  let policies: [Line]

  /// Takes the sections apart; `nil` when the text is of another form. One blank line ends a
  /// section, so two in a row are an empty section.
  init?(_ source: SourceText) {
    var sections: [[Line]] = [[]]
    for (number, line) in source.lines.enumerated() {
      if line.isEmpty || line.allSatisfy(\.isWhitespace) {
        sections.append([])
        continue
      }
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmedOfBlanks)
      sections[sections.count - 1].append(
        Line(fields: fields, place: SourcePlace(file: source.file, line: number + 1, column: 1)))
    }
    guard sections.count >= 3, let group = sections[0].first, (4...5).contains(group.fields.count),
      ["preferred", "last_resort", "unallocable"].contains(group.fields[2]),
      sections[1].allSatisfy({ (8...15).contains($0.fields.count) })
    else { return nil }
    groups = sections[0]
    nodes = sections[1]
    instances = sections[2]
    // Files written by hand leave the empty section of tags out; a policy is told by its fields.
    let rest = sections.dropFirst(3).flatMap { $0 }
    tags = rest.filter { $0.fields.count == 1 }.map { $0.fields[0] }
    policies = rest.filter { $0.fields.count > 1 }
  }
}
