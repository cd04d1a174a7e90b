/// Something that VMs use up and hosts have a limited amount of.
///
/// Amounts are whole numbers, so that the planner's sums, the verifier's sums and anybody else's
/// sums agree to the last unit. A fraction of a unit is rounded up in a demand and down in a capacity.
public enum Resource: String, CaseIterable, Hashable, Comparable, Sendable {
  /// Thousandths of a vCPU, or kHz when CPU demand is counted in MHz.
  case cpu
  /// KiB.
  case memory
  /// kb/s (thousandths of a Mb/s) of guest traffic.
  case network
  /// KiB on disks that only one host can reach.
  case localDisk = "local_disk"
  /// Registered VMs.
  case slots
  /// GPUs.
  case gpus

  /// The position of the resource in every table of amounts.
  public var index: Int {
    switch self {
    case .cpu: 0
    case .memory: 1
    case .network: 2
    case .localDisk: 3
    case .slots: 4
    case .gpus: 5
    }
  }

  /// Orders resources as they are listed here.
  public static func < (left: Self, right: Self) -> Bool {
    left.index < right.index
  }
}

/// An amount of every resource, in the units of ``Resource``.
public struct Amounts: Hashable, Sendable {
  private var values: SIMD8<Int64>

  /// Nothing of anything.
  public static let zero = Amounts()

  /// The given amounts, zero where none is given.
  public init(
    cpu: Int64 = 0, memory: Int64 = 0, network: Int64 = 0, localDisk: Int64 = 0, slots: Int64 = 0,
    gpus: Int64 = 0
  ) {
    values = SIMD8(cpu, memory, network, localDisk, slots, gpus, 0, 0)
  }

  /// The amount of one resource.
  public subscript(resource: Resource) -> Int64 {
    get { values[resource.index] }
    set { values[resource.index] = newValue }
  }

  /// Both amounts together.
  public static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.values &+= right.values
    return sum
  }

  /// What is left of one amount after the other is taken; may be negative.
  public static func - (left: Self, right: Self) -> Self {
    var difference = left
    difference.values &-= right.values
    return difference
  }

  /// Adds in place.
  public static func += (left: inout Self, right: Self) {
    left.values &+= right.values
  }

  /// Subtracts in place.
  public static func -= (left: inout Self, right: Self) {
    left.values &-= right.values
  }
}

/// How much a host offers of every resource; `nil` where the inventory sets no limit.
public struct Capacity: Hashable, Sendable {
  private var limits: Amounts
  private var isLimited: SIMD8<Int8>

  /// No limit on anything.
  public static let unlimited = Capacity()

  /// No limit on anything.
  public init() {
    limits = .zero
    isLimited = .zero
  }

  /// The limit on one resource; `nil` when there is none.
  public subscript(resource: Resource) -> Int64? {
    get { isLimited[resource.index] == 0 ? nil : limits[resource] }
    set {
      limits[resource] = newValue ?? 0
      isLimited[resource.index] = newValue == nil ? 0 : 1
    }
  }

  /// Whether `load` keeps every limit.
  public func holds(_ load: Amounts) -> Bool {
    Resource.allCases.allSatisfy { resource in
      self[resource].map { load[resource] <= $0 } ?? true
    }
  }
}
