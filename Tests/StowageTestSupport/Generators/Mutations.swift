/// Damaged copies of a file, as transfers, editors and attackers make them: cut off, bytes flipped,
/// parts doubled, in another encoding, with huge fields, with XML that unfolds. The same seed gives
/// the same copies.
public struct Mutations {
  private var random: SeededGenerator

  /// Copies from a seed.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// What was done, and the bytes after it.
  public mutating func next(_ bytes: [UInt8]) -> (name: String, bytes: [UInt8]) {
    switch below(10) {
    case 0: return ("cut off", Array(bytes.prefix(below(bytes.count + 1))))
    case 1: return ("bits flipped", flipped(bytes, times: 1 + below(20)))
    case 2: return ("bytes replaced", replaced(bytes, times: 1 + below(20)))
    case 3: return ("part doubled", doubled(bytes))
    case 4: return ("part removed", removed(bytes))
    case 5: return ("as UTF-16", [0xFF, 0xFE] + bytes.flatMap { [$0, 0] })
    case 6: return ("as Windows-1252", bytes.map { $0 == UInt8(ascii: "e") ? 0xE9 : $0 })
    case 7: return ("huge field", withField(bytes, length: 1 + below(200_000)))
    case 8: return ("lines shuffled", shuffled(bytes))
    default: return ("entities", withEntities(bytes))
    }
  }

  private mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int.random(in: 0..<bound, using: &random)
  }

  private mutating func flipped(_ bytes: [UInt8], times: Int) -> [UInt8] {
    var copy = bytes
    for _ in 0..<times where !copy.isEmpty { copy[below(copy.count)] ^= UInt8(1 << below(8)) }
    return copy
  }

  /// Bytes that mean something to one of the forms, in the place of others.
  private mutating func replaced(_ bytes: [UInt8], times: Int) -> [UInt8] {
    let special = Array("\"',;|:={}[]<>&\n\r\t\0-+.%/#\\ 09eE".utf8) + [0xFF, 0xC3, 0xED, 0xF4]
    var copy = bytes
    for _ in 0..<times where !copy.isEmpty { copy[below(copy.count)] = special[below(special.count)] }
    return copy
  }

  private mutating func part(_ bytes: [UInt8]) -> Range<Int> {
    let start = below(bytes.count + 1)
    return start..<min(bytes.count, start + 1 + below(2000))
  }

  private mutating func doubled(_ bytes: [UInt8]) -> [UInt8] {
    let part = part(bytes)
    let copies = 1 + below(50)
    return bytes[..<part.upperBound] + (0..<copies).flatMap { _ in bytes[part] } + bytes[part.upperBound...]
  }

  private mutating func removed(_ bytes: [UInt8]) -> [UInt8] {
    let part = part(bytes)
    return Array(bytes[..<part.lowerBound] + bytes[part.upperBound...])
  }

  private mutating func withField(_ bytes: [UInt8], length: Int) -> [UInt8] {
    let at = below(bytes.count + 1)
    let filler: [UInt8] = [
      UInt8(ascii: "9"), UInt8(ascii: "x"), UInt8(ascii: "["), UInt8(ascii: "\""), .init(ascii: ","),
    ]
    return bytes[..<at] + [UInt8](repeating: filler[below(filler.count)], count: length) + bytes[at...]
  }

  private mutating func shuffled(_ bytes: [UInt8]) -> [UInt8] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for _ in 0..<5 where lines.count > 1 { lines.swapAt(below(lines.count), below(lines.count)) }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  private mutating func withEntities(_ bytes: [UInt8]) -> [UInt8] {
    var bomb = "<!DOCTYPE a [<!ENTITY l0 \"aaaaaaaaaa\">"
    for level in 1...12 {
      bomb += "<!ENTITY l\(level) \"" + String(repeating: "&l\(level - 1);", count: 10) + "\">"
    }
    return Array((bomb + "<!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&l12;&f;</a>").utf8) + bytes
  }
}
