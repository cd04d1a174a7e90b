/// The keys of a document, each stored once: a list of 100000 VMs repeats its 25 keys 100000 times.
struct KeyTable {
  private var names: [String] = []
  /// The bytes of all keys, one after the other.
  private var pool: [UInt8] = []
  /// Where the bytes of each key end in ``pool``.
  private var ends: [Int] = []
  /// Open addressing: key numbers, or -1; empty, or a power of two long and at most half full.
  private var slots: [Int32] = []

  /// The number of the key with these bytes, from 0 in the order of first appearance.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    if slots.isEmpty { slots = [Int32](repeating: -1, count: 256) }
    var slot = firstSlot(of: bytes)
    while slots[slot] >= 0 {
      if matches(Int(slots[slot]), bytes) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(names.count)
    slots[slot] = number
    names.append(String(decoding: bytes, as: UTF8.self))
    pool.append(contentsOf: bytes)
    ends.append(pool.count)
    if names.count * 2 > slots.count { grow() }
    return number
  }

  /// The key with this number.
  func name(_ number: Int32) -> String { names[Int(number)] }

  private func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  private func matches(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == bytes.count else { return false }
    return pool[range].elementsEqual(bytes)
  }

  /// Seeded differently in each process, so that no document can be made to collide.
  private func firstSlot(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return hasher.finalize() & (slots.count - 1)
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for number in names.indices {
      var slot = pool[range(number)].withUnsafeBufferPointer { firstSlot(of: $0) }
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(number)
    }
  }
}
