public import StowageModel

/// What `stowage calibrate` prints: the constants, and how far the model is off with and without them.
public struct CalibrationReport: Sendable {
  /// A constant of the model.
  public struct Constant: Sendable {
    /// Which.
    public var name: Calibration.Constant
    /// The platform's own value; `nil` where it sets no limit.
    public var own: Double?
    /// The fitted one; `nil` when the migrations say nothing about it.
    public var fitted: Double?

    /// A constant before and after.
    public init(_ name: Calibration.Constant, own: Double?, fitted: Double?) {
      self.name = name
      self.own = own
      self.fitted = fitted
    }
  }

  /// How many migrations were fitted to.
  public var moves: Int
  /// Of how many guests.
  public var guests: Int
  /// All constants.
  public var constants: [Constant]
  /// The errors.
  public var errors: [CalibrationError]
  /// Whether the fit is better on guests that it has not seen.
  public var isBetter: Bool

  /// A report of its parts.
  public init(
    moves: Int, guests: Int, constants: [Constant], errors: [CalibrationError], isBetter: Bool
  ) {
    self.moves = moves
    self.guests = guests
    self.constants = constants
    self.errors = errors
    self.isBetter = isBetter
  }

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section(
      "Fitted to \(Units.count(moves, "migration")) of \(Units.count(guests, "guest"))")
    page.add(constantTable.lines(fitting: layout.width))
    page.section("Mean error")
    page.add(errorTable.lines(fitting: layout.width))
    page.section(
      isBetter
        ? "The fitted constants are better on guests that they were not fitted to"
        : "The fitted constants are no better on guests that they were not fitted to: keep the platform's own",
      as: isBetter ? .good : .bad)
    return page.text
  }

  private var constantTable: TextTable {
    var table = TextTable([.init(), .init(isRightAligned: true), .init(isRightAligned: true)])
    table.add(["constant", "own", "fitted"])
    for constant in constants {
      table.add([
        Self.title(constant.name), constant.own.map { Self.figure($0, constant.name) } ?? "no limit",
        constant.fitted.map { Self.fitted($0, constant.name) }
          ?? (constant.name.isSetting ? "a setting, not fitted" : "not told by these migrations"),
      ])
    }
    return table
  }

  private var errorTable: TextTable {
    var table = TextTable([
      .init(), .init(), .init(isRightAligned: true), .init(isRightAligned: true),
      .init(isRightAligned: true),
      .init(isRightAligned: true),
    ])
    table.add(["technique", "figure", "moves", "own", "fitted", "without the guest"])
    for error in errors {
      table.add([
        error.technique.rawValue, error.figure.rawValue, Units.count(error.moves),
        Units.percent(error.before, digits: 1), Units.percent(error.fitted, digits: 1),
        Units.percent(error.crossValidated, digits: 1),
      ])
    }
    return table
  }

  private static func title(_ constant: Calibration.Constant) -> String {
    switch constant {
    case .setUp: "set-up"
    case .goodput: "payload of a link"
    case .stream: "one stream carries"
    case .streams: "streams of pre-copy"
    case .cap: "cap of a move"
    case .autoConverge: "auto-converge"
    case .completion: "given up, for each GiB, after"
    case .switchover: "switch-over"
    case .postCopyPause: "pause of post-copy, of the model's"
    case .hybridPause: "pause of hybrid, of the model's"
    case .stopAndBoot: "stop and boot"
    }
  }

  /// A fit that ends where its range does stands for something else that the model does not know.
  private static func fitted(_ value: Double, _ constant: Calibration.Constant) -> String {
    let isEnd = value == constant.range.lowerBound || value == constant.range.upperBound
    return figure(value, constant) + (isEnd ? ", the end of its range" : "")
  }

  private static func figure(_ value: Double, _ constant: Calibration.Constant) -> String {
    switch constant {
    case .setUp, .switchover, .stopAndBoot, .completion: Units.duration(seconds: value)
    case .goodput, .postCopyPause, .hybridPause: Units.percent(value, digits: 1)
    case .stream, .cap: Units.rate(mibPerSecond: value)
    case .streams: Units.decimal(value)
    case .autoConverge: value >= 0.5 ? "on" : "off"
    }
  }
}
