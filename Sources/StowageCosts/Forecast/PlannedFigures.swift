public import StowageModel

/// A forecast as it stands in a plan: rounded so that planner and verifier compare to the last digit.
public struct PlannedFigures: Hashable, Sendable {
  /// End minus start, in s, rounded up to ms.
  public let durationSeconds: Double
  /// When the source stops being charged, after the start, in s, rounded up to ms.
  public let sourceReleasedAfterSeconds: Double
  /// When the target starts being charged, after the start, in s, rounded up to ms.
  public let targetReservedAfterSeconds: Double
  /// The estimate: MiB and ms rounded up to whole (the low ends of their ranges down), seconds to ms, the probability up to 1e-9.
  public let estimate: MoveEstimate
}

extension Forecast {
  /// The figures as a plan states them.
  public var planned: PlannedFigures {
    var estimate = MoveEstimate(
      bytesMiB: roundedUp(sentMiB, unitsPerOne: 1),
      downtimeMilliseconds: roundedUp(downtimeSeconds * 1000, unitsPerOne: 1), rounds: rounds,
      lowSeconds: (lowSeconds * 1000).rounded(.down) / 1000,
      highSeconds: roundedUp(highSeconds, unitsPerOne: 1000),
      guestSlowdownSeconds: roundedUp(guestSlowdownSeconds, unitsPerOne: 1000),
      lossProbability: roundedUp(lossProbability, unitsPerOne: 1e9))
    estimate.bytesRange = sentSpan.whole(times: 1)
    estimate.downtimeRange = downtimeSpan.whole(times: 1000)
    estimate.cutOver = cutOver.map { parts in
      CutOver(
        shutdownSeconds: roundedUp(parts.shutdownSeconds, unitsPerOne: 1000),
        deltaSeconds: roundedUp(parts.deltaSeconds, unitsPerOne: 1000),
        convertSeconds: roundedUp(parts.convertSeconds, unitsPerOne: 1000),
        bootSeconds: roundedUp(parts.bootSeconds, unitsPerOne: 1000),
        networkSeconds: roundedUp(parts.networkSeconds, unitsPerOne: 1000),
        validationSeconds: roundedUp(parts.validationSeconds, unitsPerOne: 1000))
    }
    return PlannedFigures(
      durationSeconds: roundedUp(totalSeconds, unitsPerOne: 1000),
      sourceReleasedAfterSeconds: roundedUp(sourceReleasedAfterSeconds, unitsPerOne: 1000),
      targetReservedAfterSeconds: roundedUp(targetReservedAfterSeconds, unitsPerOne: 1000),
      estimate: estimate)
  }
}

extension Span {
  /// Both ends times `factor`, the low one rounded down to whole, the high one up.
  fileprivate func whole(times factor: Double) -> FigureRange {
    FigureRange(
      low: (low * factor + forgiven).rounded(.down), high: roundedUp(high * factor, unitsPerOne: 1))
  }
}

/// A millionth of a unit, so that 0.3 s, which no Double is, stays 300 ms.
private let forgiven = 1e-6

/// `value` rounded up to a multiple of 1/`unitsPerOne`, unless it is next to nothing above one.
private func roundedUp(_ value: Double, unitsPerOne: Double) -> Double {
  let units = (value * unitsPerOne - forgiven).rounded(.up)
  // Of 0 it makes −0, which a plan would print.
  return units > 0 ? units / unitsPerOne : 0
}
