import Glibc

/// Numbers for names, found by their bytes: of a hundred million rows most speak of a VM that is known.
struct NameTable {
  private(set) var names: [String] = []
  private var pool: [UInt8] = []
  private var ends: [Int] = [0]
  private var hashes: [UInt64] = []
  private var slots = [Int32](repeating: -1, count: 1024)
  /// Differs in each process, so that no file can be made to collide.
  private let seed = UInt64.random(in: 1 ... .max)

  /// The number of the name with these bytes, from 0 in the order of first appearance.
  @inline(__always)
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash = seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 29
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let number = Int(slots[slot])
      if hashes[number] == hash, matches(number, bytes) { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    return add(bytes, hash, slot)
  }

  /// The number of the name with these bytes. Files list VM after VM, or at each instant all VMs in one
  /// order: it is probably that of the row before, or the next one.
  @inline(__always)
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>, after last: Int) -> Int {
    if last >= 0 {
      if matches(last, bytes) { return last }
      let next = last + 1 < names.count ? last + 1 : 0
      if matches(next, bytes) { return next }
    }
    return number(of: bytes)
  }

  @inline(__always)
  private func matches(_ number: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = ends[number]
    guard ends[number + 1] - start == bytes.count else { return false }
    return pool.withUnsafeBufferPointer { pool in
      guard let known = pool.baseAddress, let wanted = bytes.baseAddress else { return bytes.isEmpty }
      return memcmp(known + start, wanted, bytes.count) == 0
    }
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slot: Int) -> Int {
    let number = names.count
    names.append(String(decoding: bytes, as: UTF8.self))
    pool.append(contentsOf: bytes)
    ends.append(pool.count)
    hashes.append(hash)
    slots[slot] = Int32(number)
    if names.count * 2 > slots.count {
      slots = [Int32](repeating: -1, count: slots.count * 2)
      for (number, hash) in hashes.enumerated() {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(number)
      }
    }
    return number
  }
}
