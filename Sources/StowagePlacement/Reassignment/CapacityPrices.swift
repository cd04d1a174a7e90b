/// What a search asks for room that machines do not have: a price for each machine and resource, which rises while
/// the machine lacks the resource and falls while it does not.
///
/// Where capacity is tight in many resources few changes are legal, and a search that makes no other is walled in. At
/// prices it passes through assignments that are not, and no longer than it takes the prices to rise. Prices of
/// their own for each machine matter: one price for all, raised over time, ends no lower than hard limits do.
struct CapacityPrices: ~Copyable {
  private let blocks: Int
  private let machineCount: Int
  /// As pairs of even and of odd entries, two per block, like the weights of a problem.
  private let rows: UnsafeMutablePointer<SIMD2<UInt64>>
  /// The same in full, an entry for each lane.
  private let exact: UnsafeMutablePointer<Float>
  /// Those that were kept.
  private let kept: UnsafeMutablePointer<Float>
  /// The weight of the dearest resource.
  private let unit: Float
  private let isLacking: UnsafeMutablePointer<Bool>
  /// Machines that lack some resource.
  private(set) var lackingCount = 0

  /// By what prices rise each time. Chosen by trials on a problem of 12 resources: a twentieth or a fifth did no better.
  private static let rise: Float = 1.1
  /// In weights of the dearest resource, where prices begin and the lowest of them.
  private static let start: Float = 2
  private static let least: Float = 0.01
  /// The highest price, so that no sum is too large.
  private static let most: Float = 16_777_216

  init(_ tables: ReassignmentTables) {
    blocks = tables.blocks
    machineCount = tables.machineCount
    rows = .allocate(capacity: machineCount * 2 * blocks)
    exact = .allocate(capacity: machineCount * 4 * blocks)
    kept = .allocate(capacity: machineCount * 4 * blocks)
    isLacking = .allocate(capacity: machineCount)
    isLacking.initialize(repeating: false, count: machineCount)
    unit = Float(max(1, tables.problem.resources.map(\.loadWeight).max() ?? 1))
    exact.initialize(repeating: min(Self.most, Self.start * unit), count: machineCount * 4 * blocks)
    kept.initialize(from: exact, count: machineCount * 4 * blocks)
    for machine in 0..<machineCount { publish(machine) }
  }

  deinit {
    rows.deallocate()
    exact.deallocate()
    kept.deallocate()
    isLacking.deallocate()
  }

  /// The prices of a machine.
  @inline(__always)
  func row(of machine: Int) -> UnsafeMutablePointer<SIMD2<UInt64>> { rows + machine * 2 * blocks }

  /// Counts whether a machine lacks a resource, given what it has to spare.
  @inline(__always)
  mutating func look(at machine: Int, spare: UnsafeMutablePointer<Four>) {
    var any = Four.zero
    for block in 0..<blocks { any = any | spare[block] }
    let lacks = any.hasNegative
    guard lacks != isLacking[machine] else { return }
    isLacking[machine] = lacks
    lackingCount += lacks ? 1 : -1
  }

  /// Raises the prices of what a machine lacks, and lowers the others by a part.
  mutating func adapt(_ machine: Int, spare: UnsafeMutablePointer<Four>, fall: Float) {
    for block in 0..<blocks {
      for lane in 0..<4 {
        let place = (machine * blocks + block) * 4 + lane
        if spare[block][lane] < 0 {
          exact[place] = min(Self.most, exact[place] * Self.rise)
        } else {
          exact[place] = max(Self.least * unit, exact[place] * (1 - fall))
        }
      }
    }
    publish(machine)
  }

  /// Keeps the prices of now.
  mutating func keep() { kept.update(from: exact, count: machineCount * 4 * blocks) }

  /// Takes the prices back that were kept.
  mutating func restore() {
    exact.update(from: kept, count: machineCount * 4 * blocks)
    for machine in 0..<machineCount { publish(machine) }
  }

  private func publish(_ machine: Int) {
    let own = exact + machine * 4 * blocks
    ReassignmentTables.store(weights: (0..<4 * blocks).map { UInt64(max(1, own[$0])) }, at: row(of: machine))
  }
}
