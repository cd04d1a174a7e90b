import StowageModel

/// How full the datastores get to which a plan takes disks, and what it takes from others.
struct SpaceFigures {
  /// One datastore.
  struct Store {
    let name: String
    /// In GiB; `nil` where the inventory does not say.
    let capacityGiB: Double?
    let startGiB: Double
    let arrivingVMs: Int
    let arrivingGiB: Double
    /// Freed while the plan is carried out or when its sources are no longer kept.
    let leavingGiB: Double
    let mostGiB: Double
    let endGiB: Double

    /// The fullest that it gets, as a part of its capacity.
    var fullest: Double? { capacityGiB.flatMap { $0 > 0 ? mostGiB / $0 : nil } }
  }

  private struct Change {
    let seconds: Double
    let gib: Double
  }

  /// Those that take disks or give some up, by name.
  let stores: [Store]

  /// `nil` for a plan that takes no disks to a datastore.
  init?(_ input: ReportInput) {
    let plan = input.plan
    let vms = Dictionary(uniqueKeysWithValues: input.inventory.vms.map { ($0.id, $0) })
    let sites = Dictionary(uniqueKeysWithValues: input.inventory.hosts.map { ($0.id, $0.site) })
    let copies = Dictionary(plan.protections.map { ($0.vm, $0) }, uniquingKeysWith: { first, _ in first })
    let kept = plan.options.keepSourceDays.map { Double($0) * 86_400 } ?? 0
    var changes: [String: [Change]] = [:]
    var places: [VM.ID: String] = [:]
    for move in plan.moves.sorted(by: { ($0.startSeconds, $0.id) < ($1.startSeconds, $1.id) }) {
      guard let store = move.datastore, let vm = vms[move.vm] else { continue }
      let gib = Self.gib(vm)
      let before = places[move.vm] ?? (vm.datastores.count == 1 ? vm.datastores[0] : nil)
      places[move.vm] = store
      guard before != store else { continue }
      let copy = copies[move.vm]
      let start = copy?.before == move.to ? 0 : move.seed?.startSeconds ?? move.startSeconds
      changes[store, default: []].append(Change(seconds: start, gib: gib))
      guard let before, copy.map({ $0.before == $0.after }) ?? true else { continue }
      let crosses = (sites[move.from] ?? nil) != (sites[move.to] ?? nil)
      changes[before, default: []].append(
        Change(seconds: move.endSeconds + (crosses ? kept : 0), gib: -gib))
    }
    for copy in plan.protections where copy.before == copy.after {
      guard let store = copy.datastore, let vm = vms[copy.vm] else { continue }
      changes[store, default: []].append(Change(seconds: 0, gib: Self.gib(vm)))
    }
    guard !changes.isEmpty else { return nil }
    let known = Dictionary(
      input.inventory.datastores.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    stores = changes.sorted { $0.key < $1.key }.map { Self.store($0.key, known[$0.key], $0.value) }
  }

  /// What is used of disks, as moves copy them; 32 GiB where nobody says.
  private static func gib(_ vm: VM) -> Double { vm.diskUsedGiB ?? vm.diskProvisionedGiB ?? 32 }

  private static func store(_ name: String, _ store: Datastore?, _ changes: [Change]) -> Store {
    let start = store.flatMap { $0.usedGiB ?? $0.provisionedGiB } ?? 0
    let arriving = changes.filter { $0.gib > 0 }
    var used = start
    var most = start
    for change in changes.sorted(by: { ($0.seconds, $0.gib) < ($1.seconds, $1.gib) }) {
      used += change.gib
      most = max(most, used)
    }
    return Store(
      name: name, capacityGiB: store?.capacityGiB, startGiB: start, arrivingVMs: arriving.count,
      arrivingGiB: arriving.reduce(0) { $0 + $1.gib },
      leavingGiB: changes.reduce(0) { $0 + max(0, -$1.gib) }, mostGiB: most, endGiB: used)
  }

  /// The datastores that take disks.
  var taking: [Store] { stores.filter { $0.arrivingVMs > 0 } }

  /// An amount as people read it.
  static func text(_ gib: Double) -> String { Units.gibibytes(fromMiB: gib * 1024) }
}

extension Summary {
  /// How much goes to which datastores, and the fullest of them.
  var spaceRows: [[String]] {
    guard let space = SpaceFigures(input) else { return [] }
    let taking = space.taking
    guard !taking.isEmpty else { return [] }
    let gib = taking.reduce(0) { $0 + $1.arrivingGiB }
    let fullest = taking.compactMap { store in store.fullest.map { (store, $0) } }
      .max { ($0.1, $1.0.name) < ($1.1, $0.0.name) }
    return [
      [
        "space for disks", SpaceFigures.text(gib),
        "to \(Units.count(taking.count, "datastore"))"
          + (fullest.map {
            "; fullest: \(VisibleText.name($0.0.name)), \(Units.percent($0.1)) of \(SpaceFigures.text($0.0.capacityGiB ?? 0))"
          } ?? "; of unknown size"),
      ]
    ]
  }
}
