import StowageCosts
import StowageModel

/// Whether datastores hold, at every instant, the disks that moves bring to them beside what they hold at the start, sources
/// being kept as long as the plan says, and copies that VMs keep at other sites counted.
struct SpaceCheck {
  /// Forgiven of sums, in GiB.
  private static let slack = 1e-3

  private let roster: Roster
  private let datastores: [Datastore]
  /// Disks of one host alone are none of the datastores that count here.
  private let reach: StoreReach

  init(roster: Roster, datastores: [Datastore]) {
    self.roster = roster
    self.datastores = datastores
    reach = StoreReach(datastores.filter { !($0.isShared == false && $0.hosts.count <= 1) })
  }

  func run(_ plan: Plan, _ replay: Replay, _ journeys: [Journey]) -> (
    findings: [Finding], notJudged: [String]
  ) {
    guard !datastores.isEmpty else { return ([], notJudged(without: journeys.filter(isAsked))) }
    var ledger = SpaceLedger(datastores)
    var findings: [Finding] = []
    var unknown = 0
    let copies = Dictionary(plan.protections.map { ($0.vm, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = plan.options.keepSourceDays.map { Double($0) * 86_400 } ?? 0
    var places: [Int: Place] = [:]
    for journey in journeys {
      let (move, vm) = (journey.move, journey.movement.vm)
      guard isAsked(journey) else {
        if move.datastore != nil { findings.append(finding(move, .needless(move.id))) }
        continue
      }
      let before =
        places[vm] ?? (journey.vm.datastores.count == 1 ? .store(journey.vm.datastores[0]) : .unknown)
      let gib = CopyAge(journey.vm, reduction: 0, overhead: 0).disk / 1024
      let copy = copies[move.vm]
      let reached = reach.reached(by: journey.target)
      var after = Place.unknown
      if let store = move.datastore ?? (reached.count == 1 ? reached.first : nil) {
        if !reached.contains(store) { findings.append(finding(move, .unreached(move.id, store: store))) }
        after = .store(store)
        if before != after {
          let start = copy?.before == move.to ? 0 : move.seed?.startSeconds ?? journey.movement.start
          ledger.add(gib, to: store, at: start)
        }
      } else {
        unknown += 1
      }
      places[vm] = after
      // What a move leaves behind is free once its source is no longer kept; a copy that stays for recovery is not.
      let staysAsCopy = copy.map { $0.before != $0.after } ?? false
      guard case .store(let left) = before, before != after, !staysAsCopy else { continue }
      let sites = [journey.source.site, journey.target.site]
      let wait = sites[0] != nil && sites[1] != nil && sites[0] != sites[1] ? kept : 0
      ledger.add(-gib, to: left, at: journey.movement.end + wait)
    }
    for copy in plan.protections where copy.before == copy.after {
      findings += standing(copy, &ledger, &unknown)
    }
    findings += ledger.overfull(slack: Self.slack).map { breach in
      Finding(
        at: breach.seconds, .plan,
        .space(
          .overfull(breach.store, holds: breach.holds, capacity: breach.capacity, atStart: breach.atStart)))
    }
    return (findings, unknown == 0 ? [] : [Self.words(unknown)])
  }

  /// Where the disks of a VM are.
  private enum Place: Equatable {
    case store(String)
    /// On several datastores, or where nobody says.
    case unknown
  }

  /// Disks that lie on their host alone count as a resource of it.
  private func isAsked(_ journey: Journey) -> Bool {
    journey.storage == .full && !isLocal(journey.vm)
  }

  private func isLocal(_ vm: VM) -> Bool { vm.hasLocalDisk == true || vm.blockers.contains(.localDisk) }

  /// The copy of a VM that moves to no other site.
  private func standing(_ copy: Protection, _ ledger: inout SpaceLedger, _ unknown: inout Int) -> [Finding] {
    guard let vm = roster.vmIndex[copy.vm], let host = roster.hostIndex[copy.before] else { return [] }
    let row = roster.vms[vm]
    guard !isLocal(row) else { return [] }
    let reached = reach.reached(by: roster.hosts[host])
    guard let store = copy.datastore ?? (reached.count == 1 ? reached.first : nil) else {
      unknown += 1
      return []
    }
    guard reached.contains(store) else {
      return [Finding(.plan, .space(.copyUnreached(copy.vm, store: store)))]
    }
    ledger.add(CopyAge(row, reduction: 0, overhead: 0).disk / 1024, to: store, at: 0)
    return []
  }

  private func finding(_ move: Move, _ fact: SpaceFact) -> Finding {
    Finding(at: move.startSeconds, .move(move.id), .space(fact))
  }

  private func notJudged(without asked: [Journey]) -> [String] {
    asked.isEmpty ? [] : [Self.words(asked.count)]
  }

  private static func words(_ count: Int) -> String {
    "whether datastores hold the disks of \(Words.count(count, "move")) or copies, for which neither plan nor inventory names one"
  }
}

/// What datastores hold over time.
private struct SpaceLedger {
  struct Breach {
    let store: String
    let seconds: Double
    let holds: Double
    let capacity: Double
    let atStart: Double
  }

  private let start: [String: Double]
  private let capacity: [String: Double]
  private var changes: [String: [(seconds: Double, gib: Double)]] = [:]

  init(_ datastores: [Datastore]) {
    start = Dictionary(
      datastores.map { ($0.id, $0.usedGiB ?? $0.provisionedGiB ?? 0) },
      uniquingKeysWith: { first, _ in first })
    capacity = Dictionary(
      datastores.compactMap { store in store.capacityGiB.map { (store.id, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func add(_ gib: Double, to store: String, at seconds: Double) {
    guard seconds.isFinite else { return }
    changes[store, default: []].append((seconds, gib))
  }

  /// The first instant at which each is fuller than it may be, and how full it gets at the most from then on.
  func overfull(slack: Double) -> [Breach] {
    changes.sorted { $0.key < $1.key }.compactMap { store, changes in
      guard let capacity = capacity[store] else { return nil }
      let atStart = start[store] ?? 0
      var holds = atStart
      var first: Double?
      var most = holds
      // Of what happens at one instant, what is given back comes first: it was free before.
      for change in changes.sorted(by: { ($0.seconds, $0.gib) < ($1.seconds, $1.gib) }) {
        holds += change.gib
        most = max(most, holds)
        if first == nil, holds > max(capacity, atStart) + slack { first = change.seconds }
      }
      return first.map {
        Breach(store: store, seconds: $0, holds: most, capacity: capacity, atStart: atStart)
      }
    }
  }
}
