public import StowageModel

/// A figure of a move that is not what the cost model computes at the stated rate.
public struct EstimateFact: Hashable, Sendable {
  /// Which figure, as the plan names it.
  public enum Figure: String, Hashable, Sendable {
    /// End minus start.
    case duration = "duration in s"
    /// When the source stops being charged, after the start.
    case sourceReleased = "source release after the start in s"
    /// When the target starts being charged, after the start.
    case targetReserved = "target reservation after the start in s"
    /// Sent over the network.
    case bytes = "bytes_mib"
    /// Sent at the least.
    case leastBytes = "bytes_low_mib"
    /// Sent at the most.
    case mostBytes = "bytes_high_mib"
    /// Pause as the guest sees it.
    case downtime = "downtime_ms"
    /// The shortest pause.
    case leastDowntime = "downtime_low_ms"
    /// The longest.
    case mostDowntime = "downtime_high_ms"
    /// Copy passes.
    case rounds
    /// Shortest time within the uncertainty.
    case low = "low_s"
    /// Longest time within the uncertainty.
    case high = "high_s"
    /// Guest time lost.
    case slowdown = "guest_slowdown_s"
    /// Probability that the VM is lost.
    case loss = "loss_probability"
    /// A part of the cut-over.
    case cutOver = "a part of cut_over in s"
  }

  /// The move.
  public var move: Move.ID
  /// Which figure.
  public var figure: Figure
  /// What the plan says; `nil` when it says nothing.
  public var stated: Double?
  /// What the cost model says.
  public var expected: Double
}

extension EstimateFact: FactWording {
  var code: FindingCode { .estimate }

  var sentence: String {
    let stated = stated.map { Words.number($0, decimals: 9) } ?? "missing"
    return "move \(Words.name(move)): \(figure.rawValue) is \(stated), and the cost model says "
      + Words.number(expected, decimals: 9)
  }
}

extension FindingCode {
  /// A figure of a move that does not follow from the cost model.
  public static let estimate = FindingCode(rawValue: "verify.estimate")

  static let estimateCodes: [FindingCode] = [.estimate]
}
