// The bytes that the parsers of this module look for, by name.
extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let dot = UInt8(ascii: ".")
  static let semicolon = UInt8(ascii: ";")
  static let backslash = UInt8(ascii: "\\")

  /// Space, tab, line feed or carriage return.
  var isBlank: Bool { self == .space || self == .tab || self == .lineFeed || self == .carriageReturn }

  /// `0` to `9`.
  var isDigit: Bool { self &- 0x30 < 10 }

  /// A to Z as a to z, everything else as it is.
  var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
