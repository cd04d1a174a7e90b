import StowageModel

/// Depth-first search for a relocation, exact unless it runs out of steps.
struct RelocationSearch {
  /// Placements tried at most.
  static let mostSteps = 50_000

  private let question: Relocation
  private let order: [Int]
  private let isUniform: Bool
  private var free: [HourlyAmounts]
  private var taken: [Set<Int>]
  private var binOf: [Int?]
  private var steps = 0

  init(_ question: Relocation) {
    self.question = question
    isUniform = question.isUniform
    free = question.free
    taken = question.taken
    binOf = Array(repeating: nil, count: question.vms.count)
    let keys = question.vms.indices.map { (choices: question.bins(for: $0).count, share: question.share($0)) }
    order = question.vms.indices.sorted { left, right in
      if keys[left].choices != keys[right].choices { return keys[left].choices < keys[right].choices }
      if keys[left].share != keys[right].share { return keys[left].share > keys[right].share }
      return left < right
    }
  }

  mutating func run() -> Relocation.Answer {
    guard place(0) else { return steps < Self.mostSteps ? .impossible(stranded: nil) : .unknown }
    var places: [Int: Int] = [:]
    for (item, bin) in binOf.enumerated() {
      if let bin { places[question.vms[item]] = question.hosts[bin] }
    }
    return .fits(places)
  }

  private mutating func place(_ depth: Int) -> Bool {
    guard depth < order.count else { return true }
    let item = order[depth]
    var tried: Set<HourlyAmounts> = []
    for bin in bins(for: item, at: depth) {
      guard steps < Self.mostSteps else { return false }
      guard question.fits(item, free: free[bin], taken: taken[bin]) else { continue }
      // Hosts with equally much left are all the same when nobody has a wish of its own.
      if isUniform, !tried.insert(free[bin]).inserted { continue }
      steps += 1
      let takenBefore = taken[bin]
      free[bin] -= question.demand[item]
      taken[bin].formUnion(question.groups[item])
      binOf[item] = bin
      if place(depth + 1) { return true }
      free[bin] += question.demand[item]
      taken[bin] = takenBefore
      binOf[item] = nil
    }
    return false
  }

  /// Fullest first. Of two VMs alike the second goes to no earlier host than the first.
  private func bins(for item: Int, at depth: Int) -> [Int] {
    var bins = question.bins(for: item)
    if isUniform, depth > 0, question.demand[order[depth - 1]] == question.demand[item],
      let before = binOf[order[depth - 1]]
    {
      bins = bins.filter { $0 >= before }
    }
    return bins.sorted { (free[$0].whole[.memory], $0) < (free[$1].whole[.memory], $1) }
  }
}
