import Glibc

extension PreCopy {
  /// What a run sends at least, in MiB, at whatever rate of a range; the rates are above 0.
  ///
  /// A look of the engine may come a little earlier or later at another rate, so that forecasts at the ends
  /// of a range say nothing certain of what lies between. The rounds are gone through with what is certain
  /// of each: with *L* the limit and *w* the time from look to look, what is pending when a round ends
  /// is between *(L − w)·b* and *L·b*. From the least rest of one round follows the least rest of the next, as
  /// long as the rest cannot have fitted into the limit.
  func leastSentMiB(_ profile: MemoryProfile, rates: ClosedRange<Double>) -> Double {
    let ratio = pow(rates.upperBound / rates.lowerBound, 1 / Double(Self.piecesOfRange))
    return (0..<Self.piecesOfRange).map { piece in
      let slowest = rates.lowerBound * pow(ratio, Double(piece))
      let fastest = piece + 1 == Self.piecesOfRange ? rates.upperBound : slowest * ratio
      return CertainRounds(self, profile, slowest: slowest, fastest: fastest).sentMiB
    }.min() ?? profile.memoryMiB
  }

  /// Parts of a range of rates that are looked at one by one. Chosen: of a guest that dirties 45.8 MiB/s
  /// on a path of 54.8, one part certifies 97.2 % of what is sent, four 98.0 %, sixteen 98.2 %.
  private static let piecesOfRange = 4
}

/// Rounds of a pre-copy at a rate of which only the range is known.
private struct CertainRounds {
  private let profile: MemoryProfile
  private let slowest: Double
  private let fastest: Double
  /// What may be pending when a round ends, in s of sending.
  private let pending: (least: Double, most: Double)
  private let limitSeconds: Double
  /// Part of what is pending after the first round that has to be sent.
  private let firstShare: Double
  /// How many rounds are certain to be made as counted here, unless the rest fits before: those that forecasts go
  /// through one by one.
  private let most: Int

  init(_ engine: PreCopy, _ profile: MemoryProfile, slowest: Double, fastest: Double) {
    self.profile = profile
    self.slowest = slowest
    self.fastest = fastest
    limitSeconds = engine.limitSeconds
    switch engine.stopRule {
    case .endOfRound:
      pending = (0, 0)
      firstShare = 1
    case .looks(let every):
      pending = (max(0, engine.limitSchedule.limit(limitSeconds, after: 0) - every), limitSeconds)
      firstShare = engine.constants.writtenShareOfFirstRest
    }
    // A throttle comes after the second round at the earliest.
    most =
      switch engine.stalling {
      case .endless: PreCopy.roundsCounted
      case .aborts(let rounds), .stops(let rounds): min(PreCopy.roundsCounted, max(1, rounds))
      case .throttles, .throttlesAndDoublesLimit, .limitsDirtying: 2
      }
  }

  /// Memory, and what is dirtied during each round that is certain.
  var sentMiB: Double {
    let all = profile.memoryMiB
    guard all > 0 else { return 0 }
    let pass = all / fastest
    let seconds = (least: pending.least * firstShare, most: min(pass, pending.most * firstShare))
    let first = dirtiedInFirst(pass, seconds.most)
    var sent = all + first
    // Other patterns are not straight in what is pending, and are not bounded further.
    guard profile.pattern == .sequential else { return sent }
    // The least of both: where writes go on through the first pass their sum is not concave.
    var rest = min(all, seconds.least * slowest + first)
    var rounds = 1
    while rounds < most, rest > limitSeconds * fastest {
      let time = rest / fastest
      let shortest = max(0, time - pending.most)
      let set = profile.workingSetMiB + profile.coldDirtyMiB(after: shortest)
      let new = min(profile.dirtyMiB(after: shortest), set - pending.most * fastest)
      sent += max(0, new)
      rest = min(restAfter(time, pending.least), restAfter(time, pending.most), set, all)
      rounds += 1
    }
    return sent
  }

  /// Dirtied in the first round, with so much pending at its end.
  private func dirtiedInFirst(_ pass: Double, _ seconds: Double) -> Double {
    profile.dirtyMiB(after: pass - seconds) * max(0, 1 - seconds * fastest / profile.memoryMiB)
  }

  /// What is left of a round that takes `time`, with so much pending: the least is at one of the ends, since
  /// what is dirtied is concave in time.
  private func restAfter(_ time: Double, _ seconds: Double) -> Double {
    seconds * slowest + profile.dirtyMiB(after: max(0, time - seconds))
  }
}
