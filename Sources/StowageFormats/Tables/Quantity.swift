/// What a number with a unit measures, and the unit in which it is wanted.
///
/// Memory and disks are binary whatever the suffix says: the tools that print `16 GB` of memory
/// mean 16 × 1024 MiB. Network rates are decimal.
public enum Quantity: Hashable, Sendable {
  /// Memory or disk in MiB.
  case mebibytes
  /// Memory or disk in GiB.
  case gibibytes
  /// A clock in MHz.
  case megahertz
  /// A network rate in Mb/s.
  case megabitsPerSecond
  /// A network rate in Gb/s.
  case gigabitsPerSecond
  /// Percent, 0 to 100.
  case percent
  /// Seconds.
  case seconds
}

extension Quantity {
  /// How many of the wanted unit one of `suffix` is; `nil` when the suffix measures something else.
  func factor(ofSuffix suffix: String) -> Double? {
    let base = Self.factors[measure]?[suffix.lowercased()]
    return base.map { $0 / unit }
  }

  /// How many of `wanted` one of this unit is; both measure the same.
  func factor(to wanted: Quantity) -> Double? {
    measure == wanted.measure ? unit / wanted.unit : nil
  }

  /// A quantity as it may be written, for a remedy.
  var example: String {
    switch measure {
    case .storage: "16 GiB"
    case .clock: "2.6 GHz"
    case .network: "10 Gb/s"
    case .share: "12.5 %"
    case .time: "30 s"
    }
  }

  private enum Measure {
    case storage, clock, network, share, time
  }

  private var measure: Measure {
    switch self {
    case .mebibytes, .gibibytes: .storage
    case .megahertz: .clock
    case .megabitsPerSecond, .gigabitsPerSecond: .network
    case .percent: .share
    case .seconds: .time
    }
  }

  /// The wanted unit in the units of ``factors``.
  private var unit: Double {
    switch self {
    case .mebibytes: 1_048_576
    case .gibibytes: 1_073_741_824
    case .megahertz, .megabitsPerSecond: 1e6
    case .gigabitsPerSecond: 1e9
    case .percent, .seconds: 1
    }
  }

  /// Bytes, hertz, bits a second, percent and seconds by suffix in lower case.
  private static let factors: [Measure: [String: Double]] = [
    .storage: [
      "b": 1, "bytes": 1, "k": 1024, "kb": 1024, "kib": 1024, "m": 1_048_576, "mb": 1_048_576,
      "mib": 1_048_576, "g": 1_073_741_824, "gb": 1_073_741_824, "gib": 1_073_741_824,
      "t": 1_099_511_627_776, "tb": 1_099_511_627_776, "tib": 1_099_511_627_776,
    ],
    .clock: ["hz": 1, "khz": 1e3, "mhz": 1e6, "ghz": 1e9],
    .network: [
      "bps": 1, "b/s": 1, "bit/s": 1, "kbps": 1e3, "kb/s": 1e3, "kbit/s": 1e3, "mbps": 1e6, "mb/s": 1e6,
      "mbit/s": 1e6, "gbps": 1e9, "gb/s": 1e9, "gbit/s": 1e9,
    ],
    .share: ["%": 1, "percent": 1],
    .time: ["ms": 1e-3, "s": 1, "sec": 1, "min": 60, "h": 3600],
  ]

  /// Where the number ends and the unit, if there is one, begins: the first letter or `%` that is
  /// no exponent. Blanks before the unit are left to the number's end.
  static func numberEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var index = 0
    while index < bytes.count && !isUnit(bytes, index) { index += 1 }
    while index > 0 && bytes[index - 1].isBlank { index -= 1 }
    return index
  }

  private static func isUnit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    let letter = bytes[index].lowercasedASCII
    if letter == UInt8(ascii: "%") { return true }
    guard letter &- UInt8(ascii: "a") < 26 else { return false }
    guard letter == UInt8(ascii: "e"), index > 0, index + 1 < bytes.count else { return true }
    let next = bytes[index + 1]
    return !(next.isDigit || next == UInt8(ascii: "-") || next == UInt8(ascii: "+"))
  }
}
