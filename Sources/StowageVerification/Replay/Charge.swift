/// A VM counted at a host for a time; the end is not part of it.
struct Charge: Sendable {
  let vm: Int
  let host: Int
  /// `-∞` for where the VM is at the start.
  let from: Double
  /// `+∞` for where it ends.
  let until: Double
  /// The move that brings it, by position among the replay's movements.
  let arrival: Int?
  /// The move that takes it away.
  let departure: Int?

  /// Whether it counts at an instant.
  func covers(_ instant: Double) -> Bool { from <= instant && instant < until }
}
