import Glibc

/// How a guest's writes spread over its working set, which decides how much of it is dirty after a while.
///
/// With *w* the working set and *x = h·t/w* how often it was written through:
///
///     sequential   min(1, x)                                      sweeps: no page twice before all once
///     random       1 − e^(−x)                                     uniform: pages are hit twice early
///     skewed       0.1·(1 − e^(−9.1·x)) + 0.9·(1 − e^(−0.1·x))    nine writes of ten in a tenth of it
///
/// Sequential is the most that any pattern can dirty, and is taken where none is known.
public enum WritePattern: String, CaseIterable, Hashable, Sendable {
  /// One page after the other, again and again.
  case sequential
  /// Any page, all equally likely.
  case random
  /// ``hotWrites`` of the writes go to ``hotSet`` of the working set, the others anywhere in it.
  case skewed

  /// Part of a skewed working set that is hot: the shape of the lab's guest, not a measured figure.
  static let hotSet = 0.1
  /// Part of the writes that goes there.
  static let hotWrites = 0.9

  /// Part of the working set that is dirty when it was written through `times` times, 0 to 1.
  func dirtyShare(times: Double) -> Double {
    switch self {
    case .sequential: return min(1, times)
    case .random: return -expm1(-times)
    case .skewed:
      let elsewhere = (1 - Self.hotWrites) * times
      let hot = (Self.hotWrites + (1 - Self.hotWrites) * Self.hotSet) / Self.hotSet * times
      return Self.hotSet * -expm1(-hot) + (1 - Self.hotSet) * -expm1(-elsewhere)
    }
  }
}
