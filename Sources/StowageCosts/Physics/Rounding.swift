/// What computing with binary fractions does to figures.
enum Rounding {
  /// A billionth, of a figure or of its unit: figures that differ by less are equal on paper.
  static let slack = 1e-9
}
