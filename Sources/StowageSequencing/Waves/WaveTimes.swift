public import StowageCosts
public import StowageFleet
import StowageModel

/// The least time that moves take, each by whatever technique is quickest, alone and of the channels of its way.
///
/// They hold whatever waves and hours are asked for, so that one book answers for many requests.
public struct WaveTimes {
  /// Rounding must not make more of a move than it is.
  private static let margin = 1 - 1e-6

  struct Times {
    /// In ms, as all of these.
    var alone: Double
    /// By channel.
    var taken: [Int: Double]
  }

  /// By VM.
  private(set) var ofVM: [Int: Times] = [:]

  /// The move group of each VM, by a member of it: what people see to as one thing, also where a question unties it.
  let groupOfVM: [Int]

  /// The VMs that have times, ascending.
  public var vms: [Int] { ofVM.keys.sorted() }

  /// The same VMs as if they needed no time.
  public var withoutTimes: WaveTimes {
    var none = self
    none.ofVM = ofVM.mapValues { _ in Times(alone: 0, taken: [:]) }
    return none
  }

  /// The least time in which some VMs move, if nobody else does, in s.
  public func leastSeconds(_ vms: [Int]) -> Double {
    var taken: [Int: Double] = [:]
    for vm in vms { taken.merge(ofVM[vm]?.taken ?? [:], uniquingKeysWith: +) }
    let alone = vms.compactMap { ofVM[$0]?.alone }.max() ?? 0
    return max(alone, taken.values.max() ?? 0) / 1000
  }

  /// The times of moves to any of some hosts each: the least over these, and of channels those that none avoids.
  ///
  /// VMs that cannot go at all are left out: what keeps them is not a matter of waves.
  public init(_ fleet: Fleet, engine: MigrationEngine, targets: [Int: [Int]]) {
    groupOfVM = MoveGroups.representatives(fleet)
    let book = MoveBook(fleet: fleet, forecaster: ModelForecaster(engine: engine))
    let manners = Manner.all(on: engine)
    for (vm, hosts) in targets.sorted(by: { $0.key < $1.key }) {
      let moves = hosts.filter { $0 != fleet.start[vm] }.compactMap {
        DirectMove(vm: vm, from: fleet.start[vm], to: $0, manners: manners, book)
      }
      ofVM[vm] = Self.least(moves.map { Self.times(of: $0, book) })
    }
  }

  /// The times of the moves to a placement; of VMs whose disks are copied ahead, those of the rest.
  public init(_ fleet: Fleet, engine: MigrationEngine, placement: [Int]) {
    groupOfVM = MoveGroups.representatives(fleet)
    let forecaster = ModelForecaster(engine: engine)
    let protection = fleet.options.protection.map { ProtectionPlan($0, fleet, placement: placement) }
    let seeds = fleet.options.waves?.seeding.map {
      SeedPlan($0, fleet, placement: placement, forecaster: forecaster, protection: protection)
    }
    let book = MoveBook(fleet: fleet, forecaster: forecaster, seeds: seeds)
    for vm in fleet.vms.indices where placement[vm] != fleet.start[vm] {
      let move = DirectMove(
        vm: vm, from: fleet.start[vm], to: placement[vm], manners: Manner.all(on: engine), book)
      ofVM[vm] = move.map { Self.times(of: $0, book) }
    }
  }

  private static func times(of move: DirectMove, _ book: MoveBook) -> Times {
    let area = move.area(within: .infinity)
    var taken: [Int: Double] = [:]
    for channel in move.route {
      guard let payload = book.routes.payload[channel], payload > 0 else { continue }
      taken[channel] = area / payload * 1000 * margin
    }
    return Times(alone: move.seconds * 1000 * margin, taken: taken)
  }

  private static func least(_ all: [Times]) -> Times? {
    guard var least = all.first else { return nil }
    for times in all.dropFirst() {
      least.alone = min(least.alone, times.alone)
      least.taken = least.taken.reduce(into: [:]) { common, entry in
        if let other = times.taken[entry.key] { common[entry.key] = min(entry.value, other) }
      }
    }
    return least
  }
}
