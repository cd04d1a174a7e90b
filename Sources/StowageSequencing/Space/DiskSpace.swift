public import StowageFleet
public import StowageModel
import StowageCosts

/// Gives the disks that moves take along, and copies that VMs keep at other sites, a datastore of their target each.
///
/// A datastore holds them from the start of the copy: of the seed where there is one, from the start of the plan where a copy
/// is kept, else from the start of the move. What it held before is free again when the move has ended and the days are over
/// for which the source is kept. Disks of one host alone are a resource of that host and are not counted here.
public struct DiskSpace: Sendable {
  /// Disks that no datastore of their host has room for beside what it holds.
  public struct Shortage: Hashable, Sendable {
    /// A datastore that was looked at.
    public struct Store: Hashable, Sendable {
      /// Its name.
      public let id: String
      /// Its size, in GiB.
      public let capacityGiB: Double
      /// The most that it holds from then on without these disks, in GiB.
      public let usedGiB: Double
    }

    /// Whose disks, by index in the fleet.
    public let vm: Int
    /// The host that they go to, by index.
    public let host: Int
    /// How much they take, in GiB.
    public let gib: Double
    /// The datastores of that host.
    public let stores: [Store]
    /// What all disks that go to these datastores take together, in GiB.
    public let wantedGiB: Double
  }

  /// Moves and copies with their datastores, or disks that found none.
  public enum Answer: Sendable {
    /// All disks have a place.
    case fits(MoveSequence)
    /// Some have none, however they were tried.
    case lacks(Shortage)
  }

  private let fleet: Fleet
  private let reach: DatastoreReach
  private let vmIndex: [VM.ID: Int]
  private let hostIndex: [Host.ID: Int]
  private let keptSeconds: Double

  /// The datastores of a fleet.
  public init(_ fleet: Fleet, datastores: [Datastore]) {
    self.fleet = fleet
    reach = DatastoreReach(datastores, hosts: fleet.hosts)
    vmIndex = Dictionary(uniqueKeysWithValues: fleet.vms.enumerated().map { ($1.id, $0) })
    hostIndex = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    keptSeconds = fleet.options.keepSourceDays.map { Double($0) * 86_400 } ?? 0
  }

  /// What disks of a VM take, in GiB: what is used of them.
  static func gib(_ vm: VM) -> Double { MigrationSubject(vm).diskMiB / 1024 }

  /// Whether a VM's disks are on its host alone, where they count as a resource of the host.
  static func isLocal(_ vm: VM) -> Bool { vm.hasLocalDisk == true || vm.blockers.contains(.localDisk) }

  /// The sequence with a datastore for all disks that need one.
  public func assigned(_ sequence: MoveSequence) -> Answer {
    let wishes = wishes(sequence)
    var shelves = StoreShelves(reach)
    for leaving in departures(sequence) {
      shelves.take(leaving.gib, from: leaving.store, at: leaving.seconds)
    }
    var shortage: Shortage?
    for policy in [StoreShelves.Policy.roomiest, .tightest] {
      switch place(wishes, shelves, policy) {
      case .success(let stores): return .fits(written(sequence, wishes, stores))
      case .failure(let lack): shortage = shortage ?? lack.shortage
      }
    }
    return shortage.map { .lacks($0) } ?? .fits(sequence)
  }

  // MARK: What asks for space

  /// Disks that need a datastore from some instant on.
  private struct Wish {
    let vm: Int
    let host: Int
    let from: Double
    let gib: Double
    /// The move that brings them; `nil` for a copy of a VM that stays.
    let move: Int?
  }

  private struct Lack: Error {
    let shortage: Shortage
  }

  private func wishes(_ sequence: MoveSequence) -> [Wish] {
    let copies = Dictionary(uniqueKeysWithValues: sequence.protections.map { ($0.vm, $0) })
    var wishes: [Wish] = []
    for (position, move) in sequence.moves.enumerated() {
      guard let vm = vmIndex[move.vm], let host = hostIndex[move.to], travels(move) else { continue }
      let isKept = copies[move.vm].map { $0.before == move.to } ?? false
      wishes.append(
        Wish(
          vm: vm, host: host, from: isKept ? 0 : move.seed?.startSeconds ?? move.startSeconds,
          gib: Self.gib(fleet.vms[vm]), move: position))
    }
    for copy in sequence.protections where copy.before == copy.after {
      guard let vm = vmIndex[copy.vm], let host = hostIndex[copy.before], !Self.isLocal(fleet.vms[vm]) else {
        continue
      }
      wishes.append(Wish(vm: vm, host: host, from: 0, gib: Self.gib(fleet.vms[vm]), move: nil))
    }
    return wishes.filter { !reach.ofHost[$0.host].isEmpty }.sorted {
      ($1.gib, $0.vm, $0.move ?? -1) < ($0.gib, $1.vm, $1.move ?? -1)
    }
  }

  /// Whether a move takes disks to a datastore.
  private func travels(_ move: Move) -> Bool {
    guard let vm = vmIndex[move.vm], let from = hostIndex[move.from], let to = hostIndex[move.to],
      !Self.isLocal(fleet.vms[vm])
    else { return false }
    return Feasibility.storageCopy(fleet.vms[vm], from: fleet.hosts[from], to: fleet.hosts[to]) == .full
  }

  /// What moves leave behind, once the sources are no longer kept. Of disks on several datastores nobody knows how much lies
  /// on which, and where a copy stays nothing is free.
  private func departures(_ sequence: MoveSequence) -> [(store: Int, gib: Double, seconds: Double)] {
    let staying = Set(sequence.protections.filter { $0.before != $0.after }.map(\.vm))
    return sequence.moves.compactMap { move in
      guard let vm = vmIndex[move.vm], let from = hostIndex[move.from], let to = hostIndex[move.to],
        from == fleet.start[vm], travels(move), !staying.contains(move.vm),
        fleet.vms[vm].datastores.count == 1,
        let store = reach.stores.firstIndex(where: { $0.id == fleet.vms[vm].datastores[0] })
      else { return nil }
      let sites = [from, to].map { fleet.hosts[$0].site }
      let isKept = sites[0] != nil && sites[1] != nil && sites[0] != sites[1]
      return (store, Self.gib(fleet.vms[vm]), move.endSeconds + (isKept ? keptSeconds : 0))
    }
  }

  // MARK: Where it goes

  private func place(
    _ wishes: [Wish], _ empty: StoreShelves, _ policy: StoreShelves.Policy
  ) -> Result<[Int], Lack> {
    var shelves = empty
    var stores: [Int] = []
    for wish in wishes {
      let own = reach.ofHost[wish.host]
      guard let store = shelves.put(wish.gib, on: own, from: wish.from, policy) else {
        let seen = own.compactMap { index in
          reach.stores[index].capacityGiB.map {
            Shortage.Store(
              id: reach.stores[index].id, capacityGiB: $0, usedGiB: shelves.most(of: index, from: wish.from))
          }
        }
        let wanted = wishes.filter { reach.ofHost[$0.host] == own }.reduce(0) { $0 + $1.gib }
        return .failure(
          Lack(
            shortage: Shortage(vm: wish.vm, host: wish.host, gib: wish.gib, stores: seen, wantedGiB: wanted)))
      }
      stores.append(store)
    }
    return .success(stores)
  }

  private func written(_ sequence: MoveSequence, _ wishes: [Wish], _ stores: [Int]) -> MoveSequence {
    var written = sequence
    var ofCopy: [VM.ID: String] = [:]
    for (wish, store) in zip(wishes, stores) {
      if let move = wish.move {
        written.moves[move].datastore = reach.stores[store].id
      } else {
        ofCopy[fleet.vms[wish.vm].id] = reach.stores[store].id
      }
    }
    for index in written.protections.indices {
      written.protections[index].datastore = ofCopy[written.protections[index].vm]
    }
    written.notes += notes(sequence)
    return written
  }

  // MARK: What was not looked at

  private func notes(_ sequence: MoveSequence) -> [String] {
    let travelling = sequence.moves.filter(travels)
    guard !travelling.isEmpty else { return [] }
    if reach.stores.isEmpty {
      return ["space for disks at the targets was not checked: the inventory states no datastores"]
    }
    let unknown = travelling.filter { move in hostIndex[move.to].map { reach.ofHost[$0].isEmpty } ?? false }
    var notes: [String] = []
    if !unknown.isEmpty {
      notes.append(
        "space for the disks of \(DecimalText.count(unknown.count, "move")) was not checked: the inventory describes no datastore that"
          + " the targets reach")
    }
    let used = Set(travelling.compactMap { hostIndex[$0.to] }.flatMap { reach.ofHost[$0] }).sorted()
    let open = used.filter { reach.stores[$0].capacityGiB == nil }
    if !open.isEmpty {
      let names = open.prefix(5).map { reach.stores[$0].id }.joined(separator: ", ")
      notes.append(
        "\(DecimalText.count(open.count, "datastore")) that disks go to \(open.count == 1 ? "states" : "state") no capacity, and \(open.count == 1 ? "is" : "are")"
          + " taken as large enough: \(names)")
    }
    let guessed = Set(travelling.map(\.vm)).filter { id in
      vmIndex[id].map { fleet.vms[$0].diskUsedGiB == nil && fleet.vms[$0].diskProvisionedGiB == nil } ?? false
    }
    if !guessed.isEmpty {
      notes.append(
        "disk size of \(DecimalText.count(guessed.count, "VM")) unknown: taken as 32 GiB")
    }
    return notes
  }
}
