import Testing

@testable import StowageFormats

@Suite("NumberReading")
struct NumberReadingTests {
  private static let dot = NumberConvention(decimal: .dot, groupsThousands: false)
  private static let comma = NumberConvention(decimal: .comma, groupsThousands: false)
  private static let open = NumberConvention(decimal: nil, groupsThousands: false)

  private func read(_ text: String, _ convention: NumberConvention, whole: Bool = false) -> NumberReading {
    Array(text.utf8).withUnsafeBufferPointer { NumberReading($0, convention, whole: whole) }
  }

  @Test(
    "reads a number that can only mean one thing, whatever the file says",
    arguments: [
      ("0", 0), ("16384", 16_384), ("-5", -5), ("+5", 5), ("007", 7), ("1e3", 1000),
      ("6.7108864E7", 67_108_864),
      ("999999999999999", 999_999_999_999_999), ("1 234", 1234), ("1'234'567", 1_234_567),
      ("1\u{A0}234", 1234), ("1\u{202F}234", 1234), ("1’234", 1234),
    ])
  func readsPlain(text: String, value: Double) {
    for convention in [Self.dot, Self.open] { #expect(read(text, convention) == .value(value)) }
  }

  @Test(
    "reads fractions by the decimal sign of the file, or by what they show themselves",
    arguments: [
      ("12.5", 12.5), ("0.125", 0.125), (".5", 0.5), ("12.", 12), ("1234.567", 1234.567), ("-0.25", -0.25),
      ("1,234.5", 1234.5), ("1,234,567", 1_234_567), ("1 234.5", 1234.5),
      ("0.1234567890123456", 0.1234567890123456),
    ])
  func readsFractions(text: String, value: Double) {
    let swapped = String(text.map { $0 == "." ? "," : $0 == "," ? "." : $0 })
    #expect(read(text, Self.dot) == .value(value))
    #expect(read(text, Self.open) == .value(value))
    #expect(read(swapped, Self.comma) == .value(value))
    #expect(read(swapped, Self.open) == .value(value))
  }

  @Test("does not guess what '1.234' is, unless the file decides")
  func isHonest() {
    #expect(read("1.234", Self.open) == .ambiguous)
    #expect(read("1,234", Self.open) == .ambiguous)
    #expect(read("1.234", Self.dot) == .value(1.234))
    #expect(read("1,234", Self.comma) == .value(1.234))
    #expect(read("1,234", Self.dot) == .ambiguous)
    #expect(read("1.234", Self.comma) == .ambiguous)
    #expect(read("1.234", NumberConvention(decimal: .comma, groupsThousands: true)) == .value(1234))
    #expect(read("1,234", NumberConvention(decimal: .dot, groupsThousands: true)) == .value(1234))
  }

  @Test("finds '1.234' ambiguous where only whole numbers make sense, and '1.5' not")
  func isHonestAboutWholeNumbers() {
    #expect(read("1.234", Self.dot, whole: true) == .ambiguous)
    #expect(read("16.384", Self.dot, whole: true) == .ambiguous)
    #expect(read("1.5", Self.dot, whole: true) == .value(1.5))
    #expect(read("4.0", Self.dot, whole: true) == .value(4))
  }

  @Test("tells the other decimal sign from no number at all")
  func tellsSigns() {
    #expect(read("12,5", Self.dot) == .otherSign(.comma))
    #expect(read("12.5", Self.comma) == .otherSign(.dot))
    #expect(read("1.234,5", Self.dot) == .otherSign(.comma))
  }

  @Test(
    "takes nothing else for a number",
    arguments: [
      "nan", "NaN", "inf", "-inf", "Infinity", "1e", "e5", "1e999", "--1", "1-2", "12 5", "1,2.3,4", "1.2.3",
      "1..2", "0x10", "1_000", "٣", "½", "-", "+", ".", ",", "1e5.5", "#N/A", "12abc", "1 2345", "10.0.0.1",
    ])
  func refuses(text: String) {
    for convention in [Self.dot, Self.comma, Self.open] { #expect(read(text, convention) == .none) }
  }

  @Test("agrees with the standard library on random decimals", arguments: UInt64(0)..<20)
  func agrees(seed: UInt64) {
    var random = SeededNumbers(seed: seed)
    for _ in 0..<500 {
      let text = random.decimal()
      #expect(read(text, Self.dot) == Double(text).map { .value($0) }, "seed \(seed): \(text)")
    }
  }
}

/// Makes decimals of up to nine digits on either side of the dot.
private struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2 &+ 1 }

  private mutating func below(_ limit: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % limit
  }

  mutating func decimal() -> String {
    let sign = below(4) == 0 ? "-" : ""
    return "\(sign)\(below(1_000_000_000)).\(below(1_000_000_000))"
  }
}
