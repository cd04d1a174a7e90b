/// Legs that share hosts or anti-affinity groups.
struct Neighbourhood {
  private let legs: [Leg]
  private let groupsOfVM: [[Int]]
  private var ofHost: [Int: [Int]] = [:]
  private var ofGroup: [Int: [Int]] = [:]

  init(_ problem: Problem) {
    legs = problem.legs
    groupsOfVM = problem.apartGroupsOfVM
    for (index, leg) in problem.legs.enumerated() {
      ofHost[leg.from, default: []].append(index)
      ofHost[leg.to, default: []].append(index)
      for group in groupsOfVM[leg.vm] { ofGroup[group, default: []].append(index) }
    }
  }

  /// The legs that touch any of `seeds`, directly or over others, ascending; `nil` when there are more
  /// than `most`.
  func connected(to seeds: [Int], most: Int) -> [Int]? {
    var found = Set(seeds)
    var open = seeds
    while let leg = open.popLast() {
      for next in touching(legs[leg]) where found.insert(next).inserted { open.append(next) }
      if found.count > most { return nil }
    }
    return found.sorted()
  }

  private func touching(_ leg: Leg) -> [Int] {
    (ofHost[leg.from] ?? []) + (ofHost[leg.to] ?? []) + groupsOfVM[leg.vm].flatMap { ofGroup[$0] ?? [] }
  }
}
