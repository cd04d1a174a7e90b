/// Gives things of a draft readable ids that no two share: the name where it is the only one, the
/// name and the key behind it where several have it, and a number where even that repeats.
enum FleetIdentity {
  /// One id for each thing, in the same order.
  static func ids(_ things: [(name: String, key: String)]) -> [String] {
    var ids = things.map { $0.name.isEmpty ? $0.key : $0.name }
    let repeated = repeated(ids)
    for position in ids.indices
    where repeated.contains(ids[position]) && things[position].key != ids[position] {
      ids[position] = "\(ids[position]) [\(things[position].key)]"
    }
    var seen: [String: Int] = [:]
    for position in ids.indices {
      let count = seen[ids[position], default: 0] + 1
      seen[ids[position]] = count
      if count > 1 { ids[position] += " #\(count)" }
    }
    return ids
  }

  private static func repeated(_ ids: [String]) -> Set<String> {
    var seen: Set<String> = []
    return Set(ids.filter { !seen.insert($0).inserted })
  }
}
