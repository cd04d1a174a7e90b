/// The closed interval in which a column or the activity of a row must lie.
///
/// Either end may be absent. An interval whose ends cross is allowed, because bounds are often
/// computed from data: a program that contains one is infeasible, not malformed.
public struct Bounds: Hashable, Sendable {
  /// Least value, or negative infinity. For hot loops; elsewhere ``lower`` reads better.
  public let low: Double
  /// Greatest value, or positive infinity. For hot loops; elsewhere ``upper`` reads better.
  public let high: Double

  /// Bounds from optional ends; `nil` means that there is no limit on that side.
  public init(lower: Double?, upper: Double?) {
    precondition(lower?.isFinite ?? true, "a lower bound must be finite, not \(lower ?? 0)")
    precondition(upper?.isFinite ?? true, "an upper bound must be finite, not \(upper ?? 0)")
    low = lower ?? -.infinity
    high = upper ?? .infinity
  }

  /// Least value; `nil` when there is none.
  public var lower: Double? { low == -.infinity ? nil : low }
  /// Greatest value; `nil` when there is none.
  public var upper: Double? { high == .infinity ? nil : high }

  /// No limit on either side.
  public static let free = Bounds(lower: nil, upper: nil)
  /// Zero or more.
  public static let nonNegative = Bounds(lower: 0, upper: nil)
  /// From zero to one.
  public static let unit = Bounds(lower: 0, upper: 1)

  /// `limit` or more.
  public static func atLeast(_ limit: Double) -> Bounds { Bounds(lower: limit, upper: nil) }
  /// `limit` or less.
  public static func atMost(_ limit: Double) -> Bounds { Bounds(lower: nil, upper: limit) }
  /// `value` and nothing else.
  public static func exactly(_ value: Double) -> Bounds { Bounds(lower: value, upper: value) }
  /// From `lower` to `upper`, both included.
  public static func between(_ lower: Double, _ upper: Double) -> Bounds {
    Bounds(lower: lower, upper: upper)
  }
}

extension Bounds {
  /// Whether no value satisfies the bounds.
  public var isEmpty: Bool { low > high }

  /// Whether exactly one value satisfies the bounds.
  public var isFixed: Bool { low == high }

  /// The distance by which `value` lies outside; zero inside.
  public func excess(of value: Double) -> Double {
    max(low - value, value - high, 0)
  }

  /// The largest finite end by magnitude; zero when both ends are absent. The scale for relative tolerances.
  public var magnitude: Double {
    max(low.isFinite ? low.magnitude : 0, high.isFinite ? high.magnitude : 0)
  }

  /// The bounds moved inward to integers.
  ///
  /// An end within 1e-9 of an integer is taken to be that integer, so that a bound computed as
  /// 2.9999999999 does not cost a unit.
  public var integerHull: Bounds {
    Bounds(
      lower: lower.map { ($0 - 1e-9).rounded(.up) },
      upper: upper.map { ($0 + 1e-9).rounded(.down) })
  }

  /// The bounds shifted by `offset`, as when a constant moves to the other side of a constraint.
  public func shifted(by offset: Double) -> Bounds {
    Bounds(lower: lower.map { $0 + offset }, upper: upper.map { $0 + offset })
  }
}
