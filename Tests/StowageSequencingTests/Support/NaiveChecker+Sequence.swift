import StowageTestSupport

@testable import StowageSequencing

extension NaiveChecker {
  /// Everything that is wrong with a sequence to a placement; empty when it is legal.
  func problems(_ sequence: MoveSequence, to placement: [Int]) -> [String] {
    problems(sequence.moves, sequence.schedule, to: placement)
  }
}

extension NaiveChecker.SlotLimits {
  /// The limits that a forecaster states.
  init(_ limits: SlotLimits) {
    self.init(out: limits.out, into: limits.into, host: limits.host, fleet: limits.fleet)
  }
}
