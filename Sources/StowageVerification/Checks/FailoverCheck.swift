import StowageModel

/// Whatever hosts (or racks) fail, their running VMs fit on the rest of their cluster: the VMs are
/// really placed, by quick methods first and an exact search within limits after.
struct FailoverCheck {
  let rule: Rule.ID
  let guarded: GuardedClusters
  let questions: FailoverQuestions
  let apart: ApartHosts

  /// Clusters that do not survive some failure, or of which it cannot be told.
  func atRest(_ state: RestState) -> [RuleFact] {
    let moment = FleetMoment(state, apart: apart)
    return guarded.clusters.compactMap { cluster in
      let failures = FailureSets(cluster, failures: guarded.failures, isOn: state.isOn)
      guard let sets = failures.sets else { return .failoverUndecided(rule, tooMany(cluster, failures)) }
      let watch = ClusterWatch(cluster, sets: sets, questions: questions, isOn: state.isOn, at: moment)
      if watch.lost > 0 { return .failover(rule, watch.loss(isUndecided: false, allowed: 0)) }
      if watch.unknown > 0 { return .failoverUndecided(rule, watch.loss(isUndecided: true, allowed: 0)) }
      return nil
    }
  }

  /// The number of sets that are lost is never larger than at the start.
  func onTheWay(_ replay: Replay) -> [Finding] {
    let start = RestState.start(replay.roster)
    var moment = FleetMoment(start, apart: apart)
    var trackers = guarded.clusters.filter { $0.concerns(replay) }.compactMap { cluster in
      FailureSets(cluster, failures: guarded.failures, isOn: start.isOn).sets.map { sets in
        ClusterTracker(
          ClusterWatch(cluster, sets: sets, questions: questions, isOn: start.isOn, at: moment), rule: rule)
      }
    }
    guard !trackers.isEmpty else { return [] }
    var trackerOfHost: [Int: Int] = [:]
    for (index, tracker) in trackers.enumerated() {
      for host in tracker.watch.cluster.hosts { trackerOfHost[host] = index }
    }
    let steps = FleetStep.all(replay)
    var findings: [Finding] = []
    var next = 0
    while next < steps.count {
      let instant = steps[next].instant
      var touched: [Int: (all: Set<Int>, grown: Set<Int>)] = [:]
      while next < steps.count, steps[next].instant == instant {
        let step = steps[next]
        moment.apply(step)
        if let tracker = trackerOfHost[step.host] {
          touched[tracker, default: ([], [])].all.insert(step.host)
          if case .charge = step.change { touched[tracker]?.grown.insert(step.host) }
        }
        next += 1
      }
      for (index, hosts) in touched.sorted(by: { $0.key < $1.key }) {
        if let fact = trackers[index].update(moment, touched: hosts.all, grown: hosts.grown) {
          findings.append(Finding(at: instant, .rule(rule), .rule(fact)))
        }
      }
    }
    return findings
  }

  private func tooMany(_ cluster: GuardedClusters.Cluster, _ failures: FailureSets) -> FailoverLoss {
    FailoverLoss(cluster: cluster.name, failing: [], stranded: nil, count: failures.count, allowed: 0)
  }
}

extension GuardedClusters.Cluster {
  /// Whether any move begins or ends in the cluster.
  fileprivate func concerns(_ replay: Replay) -> Bool {
    hosts.contains { !replay.chargesOnHost[$0].isEmpty }
  }
}

/// Compares a cluster with itself at the start.
private struct ClusterTracker {
  private(set) var watch: ClusterWatch
  private let rule: Rule.ID
  private let lostAtStart: Int
  private let unknownAtStart: Int
  private var isReported = false

  init(_ watch: ClusterWatch, rule: Rule.ID) {
    self.watch = watch
    self.rule = rule
    lostAtStart = watch.lost
    unknownAtStart = watch.unknown
  }

  /// A fact where the cluster first becomes worse than at the start.
  mutating func update(_ moment: FleetMoment, touched: Set<Int>, grown: Set<Int>) -> RuleFact? {
    watch.update(moment, touched: touched, grown: grown)
    if watch.lost + watch.unknown > lostAtStart + unknownAtStart { watch.askUncovered(moment) }
    let isWorse = watch.lost > lostAtStart + unknownAtStart
    let isDoubtful = !isWorse && watch.lost + watch.unknown > lostAtStart + unknownAtStart
    defer { isReported = isWorse || isDoubtful }
    guard !isReported else { return nil }
    if isWorse { return .failover(rule, watch.loss(isUndecided: false, allowed: lostAtStart)) }
    return isDoubtful
      ? .failoverUndecided(rule, watch.loss(isUndecided: true, allowed: lostAtStart)) : nil
  }
}
