/// Numbers in sentences.
public enum Figure {
  /// Seconds: one decimal below a minute, none above.
  public static func seconds(_ value: Double) -> String {
    "\(decimal(value, places: value < 60 ? 1 : 0)) s"
  }

  /// A stretch of time in whole units: seconds and minutes below an hour, minutes and hours above.
  public static func duration(_ seconds: Double, _ rule: FloatingPointRoundingRule) -> String {
    let isShort = seconds.rounded(rule) < 3600
    let (large, small) = isShort ? ("min", "s") : ("h", "min")
    guard let count = Int64(exactly: (isShort ? seconds : seconds / 60).rounded(rule)) else {
      return Self.seconds(seconds)
    }
    let parts = [(count / 60, large), (count % 60, small)].filter { $0.0 > 0 }
    return parts.isEmpty ? "0 \(small)" : parts.map { "\($0) \($1)" }.joined(separator: " ")
  }

  /// A rate in MiB/s: one decimal below 10, none above.
  public static func rate(_ value: Double) -> String {
    "\(decimal(value, places: value < 10 ? 1 : 0)) MiB/s"
  }

  /// A pause in ms below a second, in s above.
  public static func pause(_ value: Double) -> String {
    value < 1 ? "\(decimal(value * 1000, places: 0)) ms" : seconds(value)
  }

  /// A bandwidth in Gb/s, in Mb/s below 1; rounded up, so that it is enough.
  public static func bandwidth(_ gbps: Double) -> String {
    guard gbps.isFinite else { return "endless bandwidth" }
    let (value, unit) = gbps < 1 ? (gbps * 1000, "Mb/s") : (gbps, "Gb/s")
    return "\(decimal((value * 10 - Rounding.slack).rounded(.up) / 10, places: 1)) \(unit)"
  }

  /// `value` with a fixed number of decimals, a trailing `.0` left away; "endless" when infinite.
  public static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite else { return "endless" }
    let scale = places == 0 ? 1.0 : 10.0
    let rounded = (value * scale).rounded() / scale
    return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }

  /// A probability as "1 in N".
  public static func odds(_ value: Double) -> String {
    value > 0 ? "1 in \(decimal((1 / value).rounded(), places: 0))" : "none"
  }
}
