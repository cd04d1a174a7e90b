public import StowageModel

/// Something about instants, waits and waves.
public enum TimingFact: Hashable, Sendable {
  /// An instant or a wait of a move as the plan names it.
  public enum Field: String, Hashable, Sendable {
    /// When it starts.
    case start = "start_s"
    /// When it ends.
    case end = "end_s"
    /// When the source stops being charged.
    case sourceReleased = "source_released_s"
    /// When the target starts being charged.
    case targetReserved = "target_reserved_s"
  }

  /// An instant that is negative or no number.
  case noInstant(Move.ID, Field, value: Double)
  /// An instant that lies before one that it must not precede.
  case outOfOrder(Move.ID, Field, value: Double, notBefore: Field, limit: Double)
  /// A live move that releases its source or reserves its target at another instant than it must.
  case liveCharge(Move.ID, Field, value: Double, must: Double)
  /// A move waits for one that the plan does not have.
  case waitsForUnknown(Move.ID, Move.ID)
  /// Moves that wait for each other in a circle.
  case waitsInCircle([Move.ID])
  /// A move starts before a move that it waits for has released its source.
  case tooEarly(Move.ID, startSeconds: Double, waitsFor: Move.ID, field: Field, untilSeconds: Double)
  /// A move's wave is not one more than the highest wave that it waits for.
  case wave(Move.ID, stated: Int, actual: Int)
  /// Something about the waves that were asked for.
  case waves(WaveFact)
}

extension TimingFact: FactWording {
  var code: FindingCode {
    switch self {
    case .noInstant, .outOfOrder, .liveCharge: .instants
    case .waitsForUnknown, .waitsInCircle, .tooEarly: .after
    case .wave, .waves: .wave
    }
  }

  var sentence: String {
    switch self {
    case .noInstant(let move, let field, let value):
      "move \(Words.name(move)) has \(field.rawValue) \(Words.number(value)), which is no instant of a plan"
    case .outOfOrder(let move, let field, let value, let other, let limit):
      "move \(Words.name(move)) has \(field.rawValue) \(Words.number(value)), before its \(other.rawValue) "
        + Words.number(limit)
    case .liveCharge(let move, let field, let value, let must):
      "live move \(Words.name(move)) has \(field.rawValue) \(Words.number(value)), and must have \(Words.number(must))"
    case .waitsForUnknown(let move, let other):
      "move \(Words.name(move)) waits for \(Words.name(other)), which the plan does not have"
    case .waitsInCircle(let moves):
      "moves wait for each other in a circle: \(Words.list(moves.map { Words.name($0) }))"
    case .tooEarly(let move, let start, let other, let field, let until):
      "move \(Words.name(move)) starts at \(Words.seconds(start)) and waits for \(Words.name(other)), "
        + "whose \(field.rawValue) is \(Words.number(until))"
    case .wave(let move, let stated, let actual):
      "move \(Words.name(move)) is in wave \(stated), and what it waits for makes it wave \(actual)"
    case .waves(let fact): fact.sentence
    }
  }
}

extension FindingCode {
  /// Instants of a move that are no instants, or out of order.
  public static let instants = FindingCode(rawValue: "verify.instants")
  /// A move does not wait for what it says it waits for.
  public static let after = FindingCode(rawValue: "verify.after")
  /// A move is in another wave than its waits make it, or the waves are not what the request asks for.
  public static let wave = FindingCode(rawValue: "verify.wave")

  static let timingCodes: [FindingCode] = [.instants, .after, .wave]
}
