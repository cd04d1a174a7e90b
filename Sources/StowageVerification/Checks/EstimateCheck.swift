import StowageCosts
import StowageModel

/// Whether the duration and the estimate of every move follow from the cost model at the stated
/// rate, to the last digit as rounded.
///
/// A move without an estimate is not held to the model, unless Stowage made the plan.
struct EstimateCheck {
  let isOurs: Bool

  init(_ plan: Plan) {
    isOurs = plan.generator.lowercased().hasPrefix("stowage")
  }

  func run(_ journeys: [Journey]) -> (findings: [Finding], notJudged: [String]) {
    var findings: [Finding] = []
    var silent: [String] = []
    for journey in journeys {
      if journey.move.estimate == nil, !isOurs {
        silent.append(Words.name(journey.move.id))
      } else if let forecast = journey.forecast, forecast.isPossible {
        findings += differences(journey, forecast.planned).map {
          Finding(at: journey.movement.start, .move(journey.move.id), .estimate($0))
        }
      }
    }
    guard !silent.isEmpty else { return (findings, []) }
    let sentence = "how long \(Words.count(silent.count, "move")) should take: no estimate is given for "
    return (findings, [sentence + Words.list(silent)])
  }

  private func differences(_ journey: Journey, _ planned: PlannedFigures) -> [EstimateFact] {
    let (move, estimate) = (journey.move, journey.move.estimate)
    let start = move.startSeconds
    let instants: [(EstimateFact.Figure, Double, Double)] = [
      (.duration, move.endSeconds - start, planned.durationSeconds),
      (.sourceReleased, move.sourceReleasedSeconds - start, planned.sourceReleasedAfterSeconds),
      (.targetReserved, move.targetReservedSeconds - start, planned.targetReservedAfterSeconds),
    ]
    let expected = planned.estimate
    let figures: [(EstimateFact.Figure, Double?, Double)] =
      [
        (.bytes, estimate?.bytesMiB, expected.bytesMiB),
        (.downtime, estimate?.downtimeMilliseconds, expected.downtimeMilliseconds),
        (.rounds, (estimate?.rounds).map(Double.init), Double(expected.rounds)),
        (.low, estimate?.lowSeconds, expected.lowSeconds),
        (.high, estimate?.highSeconds, expected.highSeconds),
        (.slowdown, estimate?.guestSlowdownSeconds, expected.guestSlowdownSeconds),
        (.loss, estimate?.lossProbability, expected.lossProbability),
      ] + ranges(estimate, expected) + cutOver(estimate, expected)
    // Differences of instants carry the rounding of large instants: a microsecond is forgiven.
    let wrongInstants = instants.filter { !isClose($0.1, $0.2, within: 1e-6 + start.magnitude * 1e-12) }
    let wrongFigures = figures.filter { figure in
      !(figure.1.map { isClose($0, figure.2, within: figure.2.magnitude * 1e-12) } ?? false)
    }
    return (wrongInstants.map { ($0.0, Optional($0.1), $0.2) } + wrongFigures).map {
      EstimateFact(move: move.id, figure: $0.0, stated: $0.1, expected: $0.2)
    }
  }

  /// Ranges of bytes and pause; of plans that are not ours, where they are told.
  private func ranges(
    _ stated: MoveEstimate?, _ expected: MoveEstimate
  ) -> [(EstimateFact.Figure, Double?, Double)] {
    let figures = [
      (EstimateFact.Figure.leastBytes, stated?.bytesRange?.low, expected.bytesRange?.low),
      (.mostBytes, stated?.bytesRange?.high, expected.bytesRange?.high),
      (.leastDowntime, stated?.downtimeRange?.low, expected.downtimeRange?.low),
      (.mostDowntime, stated?.downtimeRange?.high, expected.downtimeRange?.high),
    ]
    return figures.filter { isOurs || $0.1 != nil }.compactMap { figure, stated, expected in
      expected.map { (figure, stated, $0) }
    }
  }

  /// Parts are held to the model where the plan tells them; their sum is in the downtime in any case.
  private func cutOver(
    _ stated: MoveEstimate?, _ expected: MoveEstimate
  ) -> [(EstimateFact.Figure, Double?, Double)] {
    guard stated?.cutOver != nil else { return [] }
    func parts(_ cutOver: CutOver?) -> [Double] {
      guard let own = cutOver else { return Array(repeating: 0, count: 6) }
      return [
        own.shutdownSeconds, own.deltaSeconds, own.convertSeconds, own.bootSeconds, own.networkSeconds,
        own.validationSeconds,
      ]
    }
    return zip(parts(stated?.cutOver), parts(expected.cutOver)).map { (.cutOver, $0, $1) }
  }

  private func isClose(_ stated: Double, _ expected: Double, within slack: Double) -> Bool {
    stated == expected || (stated - expected).magnitude <= slack
  }
}
