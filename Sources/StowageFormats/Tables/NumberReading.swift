/// What a cell says when a number is expected.
enum NumberReading: Equatable {
  /// A number.
  case value(Double)
  /// A number that can be read in two ways.
  case ambiguous
  /// A number written with a decimal sign that the file does not use.
  case otherSign(DecimalSign)
  /// No number.
  case none

  /// Reads trimmed, non-empty bytes.
  ///
  /// When only a `whole` number makes sense, `1.234` is ambiguous even where the decimal sign is
  /// known: nobody writes a fraction of a vCPU to three digits.
  init(_ bytes: UnsafeBufferPointer<UInt8>, _ convention: NumberConvention, whole: Bool) {
    if let value = Self.plain(bytes, decimal: whole ? nil : convention.decimal) {
      self = .value(value)
    } else if let shape = NumberShape(bytes) {
      self.init(shape, convention, whole: whole)
    } else {
      self = .none
    }
  }

  private init(_ shape: NumberShape, _ convention: NumberConvention, whole: Bool) {
    switch shape.form {
    case .whole: self.init(shape.value(lastIsDecimal: false))
    case .decimal(let sign): self.init(shape, decimal: sign, lastIsDecimal: true, convention)
    case .grouped(let sign, let hasDecimals):
      self.init(shape, decimal: sign.other, lastIsDecimal: hasDecimals, convention)
    case .groupedByBlank(nil): self.init(shape.value(lastIsDecimal: false))
    case .groupedByBlank(let sign?): self.init(shape, decimal: sign, lastIsDecimal: true, convention)
    case .ambiguous(let sign):
      if convention.decimal == sign && !whole {
        self.init(shape.value(lastIsDecimal: true))
      } else if convention.decimal == sign.other && convention.groupsThousands {
        self.init(shape.value(lastIsDecimal: false))
      } else {
        self = .ambiguous
      }
    }
  }

  private init(
    _ shape: NumberShape, decimal: DecimalSign, lastIsDecimal: Bool, _ convention: NumberConvention
  ) {
    if convention.decimal == decimal.other {
      self = .otherSign(decimal)
    } else {
      self.init(shape.value(lastIsDecimal: lastIsDecimal))
    }
  }

  private init(_ value: Double?) {
    if let value, value.isFinite { self = .value(value) } else { self = .none }
  }

  /// The common case without any allocation: digits, and at most one `decimal` among them.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>, decimal: DecimalSign?) -> Double? {
    guard bytes.count <= 16 else { return nil }
    let sign: UInt8? = decimal.map { $0 == .dot ? .dot : .comma }
    var digits = 0
    var fractionStart: Int?
    for (index, byte) in bytes.enumerated() {
      if byte.isDigit {
        digits = digits * 10 + Int(byte &- 0x30)
      } else if byte == sign && fractionStart == nil && index > 0 {
        fractionStart = index + 1
      } else {
        return nil
      }
    }
    guard let fractionStart else { return (1...15).contains(bytes.count) ? Double(digits) : nil }
    return DecimalText.value(digits: digits, fractionDigits: bytes.count - fractionStart)
  }

  /// Reads a number as workbooks store it: a decimal dot, whatever the locale.
  init(typed bytes: UnsafeBufferPointer<UInt8>) {
    self.init(Double(String(decoding: bytes, as: UTF8.self)))
  }
}
