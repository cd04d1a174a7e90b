public import StowageModel

/// Where a search stands, in one line.
public enum ProgressLine {
  /// What is optimised, how far it is, how far it can go, and what lies between.
  public static func text(_ name: Objective.Name, value: Double?, lowerBound: Double) -> String {
    let least = name.text(lowerBound, currency: nil)
    guard let value else { return "\(name.title): none found yet, at least \(least)" }
    let known = "\(name.title): \(name.text(value, currency: nil))"
    guard value > lowerBound else { return known + ", proved" }
    guard lowerBound > 0 else { return known + ", at least \(least)" }
    return known + ", at least \(least) (\(Units.percent(value / lowerBound - 1, digits: 2)) over)"
  }
}
