/// A sum of columns times numbers, plus a constant.
///
/// For writing formulations down as they are thought: `2 * x + y - 3`. Terms pile up in the
/// order of writing and are merged when a program takes the expression.
public struct LinearExpression: Sendable {
  /// One column times a number.
  public struct Term: Sendable, Equatable {
    /// The column.
    public let column: LinearProgram.Column
    /// What it is multiplied by.
    public let coefficient: Double
  }

  /// The terms in the order of writing; a column may occur several times.
  public private(set) var terms: [Term]
  /// What is added to the terms.
  public var constant: Double

  /// The expression that is `constant` whatever the columns are.
  public init(_ constant: Double = 0) {
    terms = []
    self.constant = constant
  }

  /// The expression that equals `column`.
  public init(_ column: LinearProgram.Column) {
    self.init(column, times: 1)
  }

  init(_ column: LinearProgram.Column, times coefficient: Double) {
    terms = [Term(column: column, coefficient: coefficient)]
    constant = 0
  }

  /// Adds `coefficient` times `column`, without making an expression for it first.
  public mutating func add(_ coefficient: Double, _ column: LinearProgram.Column) {
    terms.append(Term(column: column, coefficient: coefficient))
  }

  mutating func add(_ other: LinearExpression, times factor: Double) {
    for term in other.terms { add(factor * term.coefficient, term.column) }
    constant += factor * other.constant
  }

  /// What the expression comes to when the columns have `values`.
  public func value(at values: [Double]) -> Double {
    terms.reduce(constant) { $0 + $1.coefficient * values[$1.column.index] }
  }

  /// The same expression with one term for each column, columns ascending.
  func merged() -> LinearExpression {
    var result = LinearExpression(constant)
    for term in terms.sorted(by: { $0.column < $1.column }) {
      if let last = result.terms.last, last.column == term.column {
        let sum = last.coefficient + term.coefficient
        result.terms[result.terms.count - 1] = Term(column: term.column, coefficient: sum)
      } else {
        result.terms.append(term)
      }
    }
    return result
  }
}

extension LinearExpression: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// A constant written as a decimal number.
  public init(floatLiteral value: Double) { self.init(value) }
  /// A constant written as a whole number.
  public init(integerLiteral value: Int) { self.init(Double(value)) }
}

/// The sum of one expression for each element, as Σ is written over a set.
public func sum<Elements: Sequence>(
  _ elements: Elements, _ expression: (Elements.Element) -> LinearExpression
) -> LinearExpression {
  var total = LinearExpression()
  for element in elements { total += expression(element) }
  return total
}

/// The sum of columns.
public func sum(_ columns: some Sequence<LinearProgram.Column>) -> LinearExpression {
  var total = LinearExpression()
  for column in columns { total.add(1, column) }
  return total
}
