public import StowageModel

/// Something about the waves that a request asks for.
public enum WaveFact: Hashable, Sendable {
  /// Waves are not numbered 1, 2, 3 …
  case numbers([Int])
  /// A move that waits for one of a later wave.
  case waitsForLater(Move.ID, wave: Int, Move.ID, later: Int)
  /// A move before the gate of the wave before.
  case beforeGate(Move.ID, startSeconds: Double, wave: Int, gateSeconds: Double)
  /// A wave of more VMs than it may have.
  case size(wave: Int, vms: Int, most: Int)
  /// VMs of one move group in two waves.
  case split(VM.ID, wave: Int, VM.ID, otherWave: Int)
  /// Too many that stand in for each other in one wave.
  case atStake(Rule.ID, wave: Int, vms: Int, most: Int)
  /// A wave that, with validation and rollback, does not lie within the hours of a rule.
  case hours(Rule.ID, wave: Int, fromSeconds: Double, untilSeconds: Double)

  /// A wave that is not over, with validation and rollback, when its night is.
  case beyondNight(wave: Int, night: Int, untilSeconds: Double)
  /// A wave in a night that has one already, or in an earlier night than the wave before.
  case sameNight(wave: Int, night: Int)
  /// A wave of more move groups than people see to.
  case groups(wave: Int, groups: Int, most: Int)

  var sentence: String {
    switch self {
    case .numbers(let numbers):
      "waves are numbered \(Words.list(numbers.map(String.init))), and must be 1, 2, 3 and so on"
    case .waitsForLater(let move, let wave, let other, let later):
      "move \(Words.name(move)) of wave \(wave) waits for \(Words.name(other)) of wave \(later)"
    case .beforeGate(let move, let start, let wave, let gate):
      "move \(Words.name(move)) starts at \(Words.seconds(start)), before the gate of wave \(wave) at "
        + Words.seconds(gate)
    case .size(let wave, let vms, let most):
      "wave \(wave) moves \(Words.count(vms, "VM")), and may move \(most)"
    case .split(let vm, let wave, let other, let otherWave):
      "VMs \(Words.name(vm)) and \(Words.name(other)) are of one move group, and move in waves \(wave) and "
        + "\(otherWave)"
    case .atStake(let rule, let wave, let vms, let most):
      "wave \(wave) moves \(Words.count(vms, "member")) of anti-affinity \(Words.name(rule)), and may move \(most)"
    case .beyondNight(let wave, let night, let until):
      "wave \(wave) lasts until \(Words.seconds(until)) with validation and rollback, beyond night \(night)"
    case .sameNight(let wave, let night):
      "wave \(wave) starts in night \(night), and each night has one wave, after those before"
    case .groups(let wave, let groups, let most):
      "wave \(wave) moves \(Words.count(groups, "move group")), and a night may move \(most)"
    case .hours(let rule, let wave, let from, let until):
      "wave \(wave) takes from \(Words.seconds(from)) to \(Words.seconds(until)) with validation and rollback, "
        + "which is not within the hours of rule \(Words.name(rule))"
    }
  }
}
