import StowageModel

/// Groups blocks by what they ask, and rounds sizes where there are too many different ones.
///
/// Sizes are split like a k-d tree: the cluster with the largest spread, along the resource in which
/// it is relatively widest, at the widest gap near its middle.
struct SizeClusters {
  struct Unit {
    let block: Int
    let demand: Amounts
    /// Units of different kinds are never joined.
    let kind: [Int]
  }

  struct Cluster {
    let blocks: [Int]
    let demand: Amounts
  }

  let clusters: [Cluster]
  /// Whether any cluster holds different sizes.
  let isRounded: Bool

  private struct Size {
    let demand: Amounts
    let blocks: [Int]
  }

  private struct Part {
    let sizes: [Size]
    /// Members times relative spread.
    let weight: Double
    let axis: Resource
  }

  init(_ units: [Unit], limit: Int, rounding: RoomGrid.Rounding) {
    struct Key: Hashable {
      let kind: [Int]
      let demand: Amounts
    }
    var order: [Key] = []
    var members: [Key: [Int]] = [:]
    for unit in units {
      let key = Key(kind: unit.kind, demand: unit.demand)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(unit.block)
    }
    var parts: [[Int]: [Size]] = [:]
    for key in order {
      parts[key.kind, default: []].append(Size(demand: key.demand, blocks: members[key] ?? []))
    }
    guard order.count > limit else {
      clusters = order.map { Cluster(blocks: members[$0] ?? [], demand: $0.demand) }
      isRounded = false
      return
    }
    let kinds = parts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var open = kinds.compactMap { parts[$0] }.map(Self.part)
    while open.count < limit {
      guard let widest = open.indices.max(by: { open[$0].weight < open[$1].weight }), open[widest].weight > 0
      else { break }
      let (low, high) = Self.split(open[widest])
      open[widest] = Self.part(low)
      open.append(Self.part(high))
    }
    clusters = open.map { part in
      let demand = part.sizes.dropFirst().reduce(part.sizes[0].demand) {
        Self.extreme($0, $1.demand, rounding)
      }
      return Cluster(blocks: part.sizes.flatMap(\.blocks).sorted(), demand: demand)
    }
    isRounded = open.contains { $0.sizes.count > 1 }
  }

  private static func extreme(_ a: Amounts, _ b: Amounts, _ rounding: RoomGrid.Rounding) -> Amounts {
    var result = a
    for resource in Resource.allCases {
      result[resource] =
        rounding == .up ? max(a[resource], b[resource]) : min(a[resource], b[resource])
    }
    return result
  }

  private static func part(_ sizes: [Size]) -> Part {
    var best = (spread: 0.0, axis: Resource.cpu)
    for resource in Resource.allCases {
      let values = sizes.map { Double($0.demand[resource]) }
      guard let low = values.min(), let high = values.max(), high > 0 else { continue }
      let spread = (high - low) / high
      if spread > best.spread { best = (spread, resource) }
    }
    let count = sizes.reduce(0) { $0 + $1.blocks.count }
    return Part(sizes: sizes, weight: best.spread * Double(count), axis: best.axis)
  }

  private static func split(_ part: Part) -> ([Size], [Size]) {
    let axis = part.axis
    let sorted = part.sizes.enumerated().sorted { left, right in
      let (a, b) = (left.element.demand[axis], right.element.demand[axis])
      return a != b ? a < b : left.offset < right.offset
    }.map(\.element)
    // Equal amounts stay together, or the parts would overlap for nothing.
    let middle = sorted.count / 2
    let cuts = (1..<sorted.count).filter { sorted[$0].demand[axis] > sorted[$0 - 1].demand[axis] }
    let cut = cuts.min { (abs($0 - middle), $0) < (abs($1 - middle), $1) } ?? middle
    return (Array(sorted[..<cut]), Array(sorted[cut...]))
  }
}
