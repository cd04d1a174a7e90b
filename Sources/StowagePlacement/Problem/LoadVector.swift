import StowageModel

/// An amount of each resource for the inner loops of a search.
///
/// Floating point, but whole numbers below 2⁵³ throughout, so that sums and comparisons are exact.
/// Six plain fields instead of a vector type: the compiler joins them in pairs, and unoptimised
/// builds, which tests use, stay within reach of optimised ones.
struct LoadVector: Sendable {
  var cpu: Double
  var memory: Double
  var network: Double
  var localDisk: Double
  var slots: Double
  var gpus: Double

  static let zero = LoadVector(cpu: 0, memory: 0, network: 0, localDisk: 0, slots: 0, gpus: 0)

  init(cpu: Double, memory: Double, network: Double, localDisk: Double, slots: Double, gpus: Double) {
    self.cpu = cpu
    self.memory = memory
    self.network = network
    self.localDisk = localDisk
    self.slots = slots
    self.gpus = gpus
  }

  init(_ amounts: Amounts) {
    cpu = Double(amounts[.cpu])
    memory = Double(amounts[.memory])
    network = Double(amounts[.network])
    localDisk = Double(amounts[.localDisk])
    slots = Double(amounts[.slots])
    gpus = Double(amounts[.gpus])
  }

  subscript(resource: Resource) -> Double {
    get {
      switch resource {
      case .cpu: cpu
      case .memory: memory
      case .network: network
      case .localDisk: localDisk
      case .slots: slots
      case .gpus: gpus
      }
    }
    set {
      switch resource {
      case .cpu: cpu = newValue
      case .memory: memory = newValue
      case .network: network = newValue
      case .localDisk: localDisk = newValue
      case .slots: slots = newValue
      case .gpus: gpus = newValue
      }
    }
  }

  /// The same amount of each resource.
  @inline(__always)
  static func all(_ value: Double) -> Self {
    LoadVector(cpu: value, memory: value, network: value, localDisk: value, slots: value, gpus: value)
  }

  @inline(__always)
  static func + (left: Self, right: Self) -> Self {
    LoadVector(
      cpu: left.cpu + right.cpu, memory: left.memory + right.memory, network: left.network + right.network,
      localDisk: left.localDisk + right.localDisk, slots: left.slots + right.slots,
      gpus: left.gpus + right.gpus)
  }

  @inline(__always)
  static func - (left: Self, right: Self) -> Self {
    LoadVector(
      cpu: left.cpu - right.cpu, memory: left.memory - right.memory, network: left.network - right.network,
      localDisk: left.localDisk - right.localDisk, slots: left.slots - right.slots,
      gpus: left.gpus - right.gpus)
  }

  @inline(__always)
  static func * (left: Self, right: Self) -> Self {
    LoadVector(
      cpu: left.cpu * right.cpu, memory: left.memory * right.memory, network: left.network * right.network,
      localDisk: left.localDisk * right.localDisk, slots: left.slots * right.slots,
      gpus: left.gpus * right.gpus)
  }

  /// The sum of all fields.
  @inline(__always)
  var sum: Double {
    (cpu + memory) + (network + localDisk) + (slots + gpus)
  }

  /// The root of each field; of one below zero, which only rounding makes, 0.
  var squareRoot: Self {
    let part = positivePart
    return LoadVector(
      cpu: part.cpu.squareRoot(), memory: part.memory.squareRoot(), network: part.network.squareRoot(),
      localDisk: part.localDisk.squareRoot(), slots: part.slots.squareRoot(), gpus: part.gpus.squareRoot())
  }

  /// The largest field.
  @inline(__always)
  var largest: Double {
    Swift.max(Swift.max(cpu, memory), Swift.max(network, localDisk), Swift.max(slots, gpus))
  }

  /// The part of each field above zero.
  @inline(__always)
  var positivePart: Self {
    LoadVector(
      cpu: Self.positive(cpu), memory: Self.positive(memory), network: Self.positive(network),
      localDisk: Self.positive(localDisk), slots: Self.positive(slots), gpus: Self.positive(gpus))
  }

  @inline(__always)
  private static func positive(_ value: Double) -> Double {
    value > 0 ? value : 0
  }

  /// Whether no field is larger than the limit's.
  @inline(__always)
  func fits(_ limit: Self) -> Bool {
    cpu <= limit.cpu && memory <= limit.memory && network <= limit.network
      && localDisk <= limit.localDisk && slots <= limit.slots && gpus <= limit.gpus
  }
}

extension LoadVector {
  private func combined(_ other: Self, _ combine: (Double, Double) -> Double) -> Self {
    LoadVector(
      cpu: combine(cpu, other.cpu), memory: combine(memory, other.memory),
      network: combine(network, other.network), localDisk: combine(localDisk, other.localDisk),
      slots: combine(slots, other.slots), gpus: combine(gpus, other.gpus))
  }

  /// The larger of each field.
  func larger(_ other: Self) -> Self { combined(other, max) }

  /// The smaller of each field.
  func smaller(_ other: Self) -> Self { combined(other, min) }

  /// Each field as a part of the limit's; 0 where the limit is 0.
  func ratio(to limit: Self) -> Self { combined(limit) { $1 > 0 ? $0 / $1 : 0 } }
}
