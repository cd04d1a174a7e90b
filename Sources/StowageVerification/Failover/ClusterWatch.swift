import StowageModel

/// Follows which failures one cluster survives while moves go on.
///
/// A set of failing hosts is asked about again only when its own VMs changed or when a host that its
/// last answer leans on took somebody in. A set without an answer stays so until the count matters:
/// what is released since may have helped it.
struct ClusterWatch {
  /// What is known about a set.
  private enum Answer {
    case covered([Int: Int])
    case lost(stranded: Int?)
    case unknown
  }

  let cluster: GuardedClusters.Cluster
  private let questions: FailoverQuestions
  private let isOn: [Bool]
  private let sets: [[Int]]
  private var answers: [Answer] = []
  /// Sets that contain a host, and sets whose answer puts VMs on it (some of them long ago).
  private var setsOfHost: [Int: [Int]] = [:]
  private var leaners: [Int: Set<Int>] = [:]
  private(set) var lost = 0
  private(set) var unknown = 0

  init(
    _ cluster: GuardedClusters.Cluster, sets: [[Int]], questions: FailoverQuestions, isOn: [Bool],
    at moment: FleetMoment
  ) {
    self.cluster = cluster
    self.sets = sets
    self.questions = questions
    self.isOn = isOn
    for (index, set) in sets.enumerated() {
      for host in set { setsOfHost[host, default: []].append(index) }
      answers.append(.unknown)
      unknown += 1
      ask(index, moment)
    }
  }

  /// Takes note of what changed at the hosts `touched`, of which those in `grown` took somebody in.
  mutating func update(_ moment: FleetMoment, touched: Set<Int>, grown: Set<Int>) {
    var open = Set(touched.flatMap { setsOfHost[$0] ?? [] })
    for host in grown {
      let leaning = (leaners[host] ?? []).filter { leans($0, on: host) }
      leaners[host] = leaning
      open.formUnion(leaning)
    }
    for set in open.sorted() {
      if case .covered = answers[set] { ask(set, moment) }
    }
  }

  private func leans(_ set: Int, on host: Int) -> Bool {
    if case .covered(let places) = answers[set] { places.values.contains(host) } else { false }
  }

  /// Asks again about the sets that are not covered.
  mutating func askUncovered(_ moment: FleetMoment) {
    for set in sets.indices {
      if case .covered = answers[set] { continue }
      ask(set, moment)
    }
  }

  /// The first set that is lost (or, with `isUndecided`, neither lost nor covered), and how many are.
  func loss(isUndecided: Bool, allowed: Int) -> FailoverLoss {
    let roster = questions.roster
    let first = sets.indices.first { isUndecided ? isUnknown($0) : isLost($0) }
    var stranded: Int?
    if let first, case .lost(let vm) = answers[first] { stranded = vm }
    return FailoverLoss(
      cluster: cluster.name, failing: first.map { sets[$0].map { roster.hosts[$0].id } } ?? [],
      stranded: stranded.map { roster.vms[$0].id }, count: isUndecided ? unknown : lost, allowed: allowed)
  }

  private func isLost(_ set: Int) -> Bool {
    if case .lost = answers[set] { true } else { false }
  }

  private func isUnknown(_ set: Int) -> Bool {
    if case .unknown = answers[set] { true } else { false }
  }

  /// A quick try around the earlier answer first; only when it fails the whole question.
  private mutating func ask(_ set: Int, _ moment: FleetMoment) {
    var earlier: [Int: Int] = [:]
    if case .covered(let places) = answers[set] { earlier = places }
    let quick = QuickRelocation(
      failed: sets[set], cluster: cluster.hosts, questions: questions, moment: moment, isOn: isOn)
    if let places = quick.places(near: earlier) {
      record(.covered(places), for: set)
      return
    }
    let question = questions.relocation(failed: sets[set], in: cluster.hosts, moment, isOn: isOn)
    switch question.solve() {
    case .fits(let places): record(.covered(places), for: set)
    case .impossible(let stranded): record(.lost(stranded: stranded), for: set)
    case .unknown: record(.unknown, for: set)
    }
  }

  private mutating func record(_ answer: Answer, for set: Int) {
    if isLost(set) { lost -= 1 }
    if isUnknown(set) { unknown -= 1 }
    answers[set] = answer
    switch answer {
    case .covered(let places): for host in places.values { leaners[host, default: []].insert(set) }
    case .lost: lost += 1
    case .unknown: unknown += 1
    }
  }
}
