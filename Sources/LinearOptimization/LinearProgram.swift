/// A linear or mixed integer program: minimise or maximise *c·x + c₀* subject to bounds on *x* and on *A·x*.
///
/// A pure value that knows no solver. Rows and columns are appended and never removed; a row is put
/// out of force with ``Bounds/free``, a column by fixing it at zero. The coefficients of a row
/// or column are given when it is appended, so no coefficient is ever given twice.
///
/// Names are closures, called only when somebody wants to read them: a hundred thousand unnamed
/// columns cost a few arrays.
public struct LinearProgram: Sendable {
  /// A variable of a program. Meaningful only for the program (or session) that handed it out.
  public struct Column: Hashable, Comparable, Sendable {
    /// Position among the columns, from zero.
    public let index: Int

    init(index: Int) { self.index = index }

    /// Columns compare by position.
    public static func < (a: Column, b: Column) -> Bool { a.index < b.index }
  }

  /// A constraint of a program. Meaningful only for the program (or session) that handed it out.
  public struct Row: Hashable, Comparable, Sendable {
    /// Position among the rows, from zero.
    public let index: Int

    init(index: Int) { self.index = index }

    /// Rows compare by position.
    public static func < (a: Row, b: Row) -> Bool { a.index < b.index }
  }

  /// Which values a column may take within its bounds.
  public enum ColumnKind: Hashable, Sendable {
    /// Any real number.
    case continuous
    /// Whole numbers.
    case integer
    /// Zero or one; the bounds lie within 0 and 1.
    case binary
  }

  /// Whether a small objective is good or a large one.
  public enum Sense: Hashable, Sendable {
    /// Small is good.
    case minimize
    /// Large is good.
    case maximize
  }

  /// Called when a name is to be read.
  public typealias Name = @Sendable () -> String

  /// Whether a small objective is good or a large one.
  public internal(set) var sense = Sense.minimize
  /// What the objective is when every column is zero.
  public internal(set) var objectiveConstant = 0.0
  /// Objective coefficient of each column.
  public internal(set) var costs: [Double] = []
  /// Bounds of each column.
  public internal(set) var columnBounds: [Bounds] = []
  /// Kind of each column.
  public internal(set) var columnKinds: [ColumnKind] = []
  /// Bounds on the activity of each row.
  public internal(set) var rowBounds: [Bounds] = []
  /// The non-zero coefficients, in the order in which they were given.
  public internal(set) var coefficients = Coefficients()

  var columnNames: [Name] = []
  var rowNames: [Name] = []

  /// A program with no rows and no columns, minimising zero.
  public init() {}
}

extension LinearProgram {
  /// Number of columns.
  public var columnCount: Int { costs.count }
  /// Number of rows.
  public var rowCount: Int { rowBounds.count }
  /// Whether any column must be integer.
  public var hasIntegers: Bool { columnKinds.contains { $0 != .continuous } }

  /// The column at `index`, for code that works on flat arrays.
  public func column(at index: Int) -> Column {
    precondition(columnKinds.indices.contains(index), "no column \(index) among \(columnCount)")
    return Column(index: index)
  }

  /// The row at `index`, for code that works on flat arrays.
  public func row(at index: Int) -> Row {
    precondition(rowBounds.indices.contains(index), "no row \(index) among \(rowCount)")
    return Row(index: index)
  }

  /// Name of a column, made now; its position when it was given none.
  public func name(of column: Column) -> String {
    let name = columnNames[column.index]()
    return name.isEmpty ? "column \(column.index)" : name
  }

  /// Name of a row, made now; its position when it was given none.
  public func name(of row: Row) -> String {
    let name = rowNames[row.index]()
    return name.isEmpty ? "row \(row.index)" : name
  }

  /// What the objective is at `values`, one for each column.
  public func objective(at values: [Double]) -> Double {
    precondition(values.count == columnCount, "\(values.count) values for \(columnCount) columns")
    var total = objectiveConstant
    for index in values.indices { total += costs[index] * values[index] }
    return total
  }

  /// The activity *A·x* of each row at `values`, one for each column.
  public func activities(at values: [Double]) -> [Double] {
    precondition(values.count == columnCount, "\(values.count) values for \(columnCount) columns")
    var activities = [Double](repeating: 0, count: rowCount)
    for index in coefficients.values.indices {
      let column = Int(coefficients.columns[index])
      activities[Int(coefficients.rows[index])] += coefficients.values[index] * values[column]
    }
    return activities
  }

  /// The same program with every column continuous.
  public var relaxed: LinearProgram {
    var relaxed = self
    relaxed.columnKinds = [ColumnKind](repeating: .continuous, count: columnCount)
    return relaxed
  }

  /// `values` with integer columns rounded to whole numbers and every column moved into its bounds, both of
  /// which a solver may have missed by a hair.
  public func snapped(_ values: [Double]) -> [Double] {
    precondition(values.count == columnCount, "\(values.count) values for \(columnCount) columns")
    return values.indices.map { index in
      let bounds = columnBounds[index]
      let value = columnKinds[index] == .continuous ? values[index] : values[index].rounded()
      return max(min(value, bounds.high), bounds.low)
    }
  }
}

extension LinearProgram.Sense {
  /// Whether objective `a` is strictly better than `b`.
  public func isBetter(_ a: Double, than b: Double) -> Bool {
    self == .minimize ? a < b : a > b
  }

  /// The less promising of two objectives, or of two bounds of which only one must hold.
  public func worse(_ a: Double, _ b: Double) -> Double { isBetter(a, than: b) ? b : a }

  /// The more promising of two objectives.
  public func better(_ a: Double, _ b: Double) -> Double { isBetter(a, than: b) ? a : b }
}
