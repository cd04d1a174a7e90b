// Times: lengths in words, instants as offsets from the start of the plan.
extension Units {
  /// Longest time that is still spelled out; longer ones come only from damaged files.
  private static let longestSeconds = 1.0e12

  /// A length of time with two units at most: `287 ms`, `41.2 s`, `14 min 32 s`, `2 h 05 min`, `3 d 04 h`.
  public static func duration(seconds: Double) -> String {
    guard seconds.isFinite, seconds.magnitude < longestSeconds else { return "unknown" }
    if seconds < 0 { return "-\(duration(seconds: -seconds))" }
    if seconds == 0 { return "0 s" }
    if seconds < 0.9995 { return "\(decimal(seconds * 1000)) ms" }
    if seconds < 59.95 { return "\(decimal(seconds, digits: 1)) s" }
    let whole = Int(seconds.rounded(.toNearestOrAwayFromZero))
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    let minutes = Int((seconds / 60).rounded(.toNearestOrAwayFromZero))
    if minutes < 24 * 60 { return "\(minutes / 60) h \(twoDigits(minutes % 60)) min" }
    let hours = Int((seconds / 3600).rounded(.toNearestOrAwayFromZero))
    return "\(count(hours / 24)) d \(twoDigits(hours % 24)) h"
  }

  /// A pause given in ms: `287 ms`, `1.9 s`, `2 min 10 s`.
  public static func duration(milliseconds: Double) -> String {
    duration(seconds: milliseconds / 1000)
  }

  /// From the shortest to the longest time: `38.9 s to 44.0 s`; one figure when they read the same.
  public static func durationRange(lowSeconds: Double, highSeconds: Double) -> String {
    let low = duration(seconds: lowSeconds)
    let high = duration(seconds: highSeconds)
    return low == high ? low : "\(low) to \(high)"
  }

  /// An instant after the start of the plan as h:mm:ss, to the nearest second: `0:14:32`.
  public static func offset(seconds: Double) -> String {
    guard seconds.isFinite, seconds.magnitude < longestSeconds else { return "unknown" }
    let whole = Int(seconds.magnitude.rounded(.toNearestOrAwayFromZero))
    let sign = seconds < 0 && whole > 0 ? "-" : ""
    return "\(sign)\(whole / 3600):\(twoDigits(whole / 60 % 60)):\(twoDigits(whole % 60))"
  }

  /// Two instants: `0:00:00–0:00:41`.
  public static func offsets(fromSeconds start: Double, toSeconds end: Double) -> String {
    "\(offset(seconds: start))–\(offset(seconds: end))"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
