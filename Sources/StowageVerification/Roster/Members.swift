import StowageModel

/// Finds who a selection speaks of, by index.
///
/// Fleets have thousands of rules that name two or three VMs each, so names are looked up and only
/// wildcards and bare labels walk the list.
struct Members: Sendable {
  private let names: [String]
  private let labels: [[String: String]]
  private let index: [String: Int]

  init(hosts: [Host]) {
    self.init(names: hosts.map(\.id.rawValue), labels: hosts.map(\.labels))
  }

  init(vms: [VM]) {
    self.init(names: vms.map(\.id.rawValue), labels: vms.map(\.labels))
  }

  private init(names: [String], labels: [[String: String]]) {
    self.names = names
    self.labels = labels
    index = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The selected ones, ascending.
  func of(_ selection: Selection) -> [Int] {
    guard !selection.globs.isEmpty, selection.globs.allSatisfy(\.isLiteral) else {
      return names.indices.filter { selection.includes(id: names[$0], labels: labels[$0]) }
    }
    let named = Set(selection.globs.compactMap { index[$0.pattern] }).sorted()
    let labelled = Selection(labels: selection.labels)
    return named.filter { labelled.includes(id: names[$0], labels: labels[$0]) }
  }
}
