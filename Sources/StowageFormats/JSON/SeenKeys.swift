/// The keys that one object has so far, by their numbers.
struct SeenKeys {
  private var numbers: [Int32] = []
  /// Made once there are so many keys that looking at each takes longer than hashing.
  private var indexByNumber: [Int32: Int] = [:]
  private static let linearLimit = 32

  /// Takes in the key of the member at `index`; the index of an earlier member with it, if any.
  mutating func insert(_ number: Int32, at index: Int) -> Int? {
    if index < Self.linearLimit {
      if let first = numbers.firstIndex(of: number) { return first }
      numbers.append(number)
      return nil
    }
    if indexByNumber.isEmpty {
      for (earlier, key) in numbers.enumerated() { indexByNumber[key] = earlier }
    }
    if let first = indexByNumber[number] { return first }
    indexByNumber[number] = index
    return nil
  }
}
