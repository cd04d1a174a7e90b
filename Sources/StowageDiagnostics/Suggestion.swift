/// Finds the name that was probably meant when an unknown one was written.
public enum Suggestion {
  /// Names longer than this, in characters, are not compared: a cell of a megabyte is no typing slip.
  private static let lengthLimit = 64

  /// The name of `known` that is nearest to `written`, or `nil` when none is near.
  ///
  /// Near means that at most a third of the characters were inserted, left out, replaced or swapped
  /// with their neighbour; case, and `-`, `_` and blanks among each other, make no difference. Of
  /// names equally near the first in alphabetical order is taken.
  public static func nearest(to written: String, among known: [String]) -> String? {
    let wanted = folded(written)
    guard !wanted.isEmpty, wanted.count <= lengthLimit else { return nil }
    var best: (name: String, distance: Int)?
    for name in known.sorted() {
      let candidate = folded(name)
      guard candidate.count <= lengthLimit else { continue }
      let allowed = max(wanted.count, candidate.count) / 3
      let distance = distance(wanted, candidate)
      if distance <= allowed && distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
  }

  private static func folded(_ name: String) -> [Unicode.Scalar] {
    name.unicodeScalars.prefix(lengthLimit + 1).map { scalar in
      if scalar == "_" || scalar == " " { return "-" }
      return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }
  }

  /// The optimal string alignment distance: the fewest insertions, deletions, substitutions and
  /// swaps of neighbours, no character being edited twice.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(last[column + 1] + 1, current[column] + 1, last[column] + (character == other ? 0 : 1))
        if row > 0 && column > 0 && character == right[column - 1] && left[row - 1] == other {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
