/// The last few samples of every VM, before they are counted.
///
/// Files list all VMs at one instant after the other, so that each row is about a VM that was last seen
/// ten thousand rows before, and its distributions have left the processor's caches. Here a row costs one
/// write; the distributions are fetched once for ``depth`` rows.
struct SampleBatches {
  /// How many samples of a VM wait. Chosen: 0.7 KiB for each VM, 7 MiB for ten thousand.
  static let depth = 16
  /// How many values a sample has; negative is missing.
  static let width = UtilisationMetric.allCases.count

  /// The waiting samples of one VM, in the order of the file.
  struct Samples {
    /// How many they are.
    let count: Int
    /// Their instants, in seconds since 1970.
    let instants: UnsafeMutablePointer<Int64>
    /// Their values, ``width`` for each.
    let values: UnsafeMutablePointer<Float>
  }

  private var capacity = 64
  private var instants = UnsafeMutablePointer<Int64>.allocate(capacity: 64 * Self.depth)
  private var values = UnsafeMutablePointer<Float>.allocate(capacity: 64 * Self.depth * Self.width)
  private var filled = [UInt8](repeating: 0, count: 64)

  /// Makes room for the VM with this number.
  mutating func makeRoom(for vm: Int) {
    guard vm >= capacity else { return }
    let old = capacity
    while vm >= capacity { capacity *= 2 }
    instants = Self.grown(instants, old * Self.depth, capacity * Self.depth)
    values = Self.grown(values, old * Self.depth * Self.width, capacity * Self.depth * Self.width)
    filled += [UInt8](repeating: 0, count: capacity - old)
  }

  /// Takes a sample in; whether the VM's are to be counted now, because no further one has room.
  @inline(__always)
  mutating func append(_ row: UnsafeMutablePointer<Float>, at instant: Int64, of vm: Int) -> Bool {
    let slot = vm * Self.depth + Int(filled[vm])
    instants[slot] = instant
    (values + slot * Self.width).update(from: row, count: Self.width)
    filled[vm] += 1
    return Int(filled[vm]) == Self.depth
  }

  /// The waiting samples of a VM, which wait no longer.
  mutating func take(_ vm: Int) -> Samples {
    let start = vm * Self.depth
    let count = Int(filled[vm])
    filled[vm] = 0
    return Samples(count: count, instants: instants + start, values: values + start * Self.width)
  }

  /// Ends the use of the memory.
  func deallocate() {
    instants.deallocate()
    values.deallocate()
  }

  private static func grown<Element: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Element>, _ count: Int, _ capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    new.update(from: old, count: count)
    old.deallocate()
    return new
  }
}
