public import StowageModel

/// What is claimed of waves that go by the calendar, one a night.
public struct NightClaims: Hashable, Sendable {
  /// The last night with a wave, counted from 1.
  public var nights: Int
  /// No waves end before this night.
  public var lowerBound: Int
  /// The prices that prove it.
  public var prices: Certificate.NightPrices
  /// What soft dependencies cost between waves, in Mb/s × ms × nights.
  public var traffic: Double
  /// Whether no waves of as many nights cost less.
  public var isTrafficProved: Bool
}
