/// Which of a set of legs would be helped when a VM leaves its host.
struct WaitIndex {
  private var intoHost: [Int: [Int]] = [:]
  private var ofGroup: [Int: [Int]] = [:]
  private let groupsOfVM: [[Int]]
  private let ruled: [Int]

  /// `ruled` are those that wait for a rule which no single host decides: any other may help them.
  init(_ members: [Int], legs: [Leg], groupsOfVM: [[Int]], ruled: [Int] = []) {
    self.groupsOfVM = groupsOfVM
    self.ruled = ruled
    for leg in members {
      intoHost[legs[leg].to, default: []].append(leg)
      for group in groupsOfVM[legs[leg].vm] { ofGroup[group, default: []].append(leg) }
    }
  }

  /// Legs into the host that a move leaves, and legs of the VM's anti-affinity groups.
  func legsHelped(by move: Leg) -> [Int] {
    var helped = intoHost[move.from] ?? []
    for group in groupsOfVM[move.vm] { helped.append(contentsOf: ofGroup[group] ?? []) }
    helped.append(contentsOf: ruled)
    return helped
  }

  /// Whether any leg waits for the host.
  func isAwaited(_ host: Int) -> Bool { intoHost[host] != nil }

  /// The shortest ring of legs, each into the host that the next one leaves, that begins with a leg;
  /// `nil` when there is none of up to eight.
  func ring(through first: Int, legs: [Leg]) -> [Int]? {
    var fromHost: [Int: [Int]] = [:]
    for leg in intoHost.values.joined() { fromHost[legs[leg].from, default: []].append(leg) }
    var predecessor: [Int: Int] = [:]
    var frontier = [first]
    for _ in 0..<8 {
      var next: [Int] = []
      for leg in frontier {
        for following in (fromHost[legs[leg].to] ?? []).sorted() {
          if following == first { return path(to: leg, from: first, predecessor) }
          guard following != first, predecessor[following] == nil else { continue }
          predecessor[following] = leg
          next.append(following)
        }
      }
      frontier = next
    }
    return nil
  }

  private func path(to last: Int, from first: Int, _ predecessor: [Int: Int]) -> [Int] {
    var path = [last]
    while let leg = path.last, leg != first, let before = predecessor[leg] { path.append(before) }
    return path.reversed()
  }
}
