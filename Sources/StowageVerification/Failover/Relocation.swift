import StowageModel

/// The question whether VMs of failed hosts can be placed on others: items, bins, and who may go where.
struct Relocation {
  /// An answer.
  enum Answer: Equatable {
    /// They fit, VM by VM to these hosts.
    case fits([Int: Int])
    /// They do not; the VM that alone finds no place, if one alone is to blame.
    case impossible(stranded: Int?)
    /// Neither was shown within the limits.
    case unknown
  }

  /// Stands for "no limit" in ``free``.
  static let unlimited = Int64.max / 4

  /// The VMs, ascending.
  let vms: [Int]
  let demand: [HourlyAmounts]
  /// The hosts that they may go to.
  let hosts: [Int]
  /// What each host has left.
  let free: [HourlyAmounts]
  /// For each VM, the positions among ``hosts`` of those that rules and columns let it run on;
  /// `nil` when all do.
  let allowed: [[Int]?]
  /// The anti-affinities of each VM, and those whose members each host holds already.
  let groups: [[Int]]
  let taken: [Set<Int>]

  /// Whether a VM can be added to a host with this much left that holds these groups' members.
  func fits(_ item: Int, free: HourlyAmounts, taken: Set<Int>) -> Bool {
    for resource in Resource.allCases {
      let need = demand[item].whole[resource]
      if need > 0, need > free.whole[resource] { return false }
    }
    for (column, need) in demand[item].hours.enumerated() where need > 0 && need > free.hours[column] {
      return false
    }
    return groups[item].allSatisfy { !taken.contains($0) }
  }

  /// Whether no VM has a wish of its own, so that hosts with equally much left are all the same.
  var isUniform: Bool { allowed.allSatisfy { $0 == nil } && groups.allSatisfy(\.isEmpty) }

  /// First fit and best fit in several orders, then a bounded search.
  func solve() -> Answer {
    if let stranded = vms.indices.first(where: { !hasAnyPlace($0) }) {
      return .impossible(stranded: vms[stranded])
    }
    if demandExceedsRoom { return .impossible(stranded: nil) }
    for order in orders {
      for isBestFit in [true, false] {
        if let places = greedy(order, isBestFit: isBestFit) { return .fits(places) }
      }
    }
    var search = RelocationSearch(self)
    return search.run()
  }

  private func greedy(_ order: [Int], isBestFit: Bool) -> [Int: Int]? {
    var fill = Filling(self)
    for item in order {
      let open = bins(for: item).filter { fill.holds(item, in: $0) }
      let bin = isBestFit ? open.min { fill.left(in: $0) < fill.left(in: $1) } : open.first
      guard let bin else { return nil }
      fill.put(item, in: bin)
    }
    return fill.places
  }

  /// Largest first: by memory, by CPU, by the largest share of what is left in all, and the VMs with
  /// the fewest places first.
  private var orders: [[Int]] {
    let shares = vms.indices.map(share)
    let items = Array(vms.indices)
    return [
      items.sorted {
        (demand[$0].whole[.memory], demand[$0].whole[.cpu])
          > (demand[$1].whole[.memory], demand[$1].whole[.cpu])
      },
      items.sorted {
        (demand[$0].whole[.cpu], demand[$0].whole[.memory])
          > (demand[$1].whole[.cpu], demand[$1].whole[.memory])
      },
      items.sorted { shares[$0] > shares[$1] },
      items.sorted { (choices($0), -shares[$0]) < (choices($1), -shares[$1]) },
    ]
  }

  /// The largest part that a VM takes of what all hosts together have left of a resource.
  func share(_ item: Int) -> Double {
    Resource.allCases.map { resource in
      let room = totalFree[resource.index]
      return room.isFinite && room > 0 ? Double(demand[item].whole[resource]) / room : 0
    }.max() ?? 0
  }

  /// What all hosts together have left; infinite where one has no limit.
  var totalFree: [Double] {
    Resource.allCases.map { resource in
      free.reduce(0) { sum, free in
        let left = free.whole[resource]
        return left >= Self.unlimited / 2 ? .infinity : sum + Double(max(0, left))
      }
    }
  }

  private var demandExceedsRoom: Bool {
    let room = totalFree
    return Resource.allCases.contains { resource in
      demand.reduce(0) { $0 + Double($1.whole[resource]) } > room[resource.index]
    }
  }

  private func hasAnyPlace(_ item: Int) -> Bool {
    bins(for: item).contains { fits(item, free: free[$0], taken: taken[$0]) }
  }

  func bins(for item: Int) -> [Int] { allowed[item] ?? Array(hosts.indices) }

  private func choices(_ item: Int) -> Int { allowed[item]?.count ?? hosts.count }
}

/// Hosts being filled with relocated VMs.
private struct Filling {
  private let question: Relocation
  private var free: [HourlyAmounts]
  private var taken: [Set<Int>]
  private(set) var places: [Int: Int] = [:]

  init(_ question: Relocation) {
    self.question = question
    free = question.free
    taken = question.taken
  }

  func holds(_ item: Int, in bin: Int) -> Bool {
    question.fits(item, free: free[bin], taken: taken[bin])
  }

  func left(in bin: Int) -> Int64 { free[bin].whole[.memory] }

  mutating func put(_ item: Int, in bin: Int) {
    free[bin] -= question.demand[item]
    taken[bin].formUnion(question.groups[item])
    places[question.vms[item]] = question.hosts[bin]
  }
}
