import StowageFleet
import StowageModel

/// Which VM moves in which wave, and when each wave may be under way.
struct WavePlan {
  struct Wave {
    /// When the rules of hours leave all of its VMs free to move.
    let open: OpenTimes
    /// How long its moves take at least, in ms.
    let work: Int
  }

  let waves: [Wave]
  /// By VM, counted from 0.
  let waveOfVM: [Int: Int]
  let gate: WaveGate
  /// What is claimed of the nights, where waves go by the calendar.
  var nights: NightClaims?
}

/// What comes after the last move of a wave, in ms.
struct WaveGate {
  /// Until the next wave may start.
  let validation: Int
  private let rollback: Int?

  /// The time for moves that hours of such a length leave, in ms; none when they are too short.
  func usable(of length: Int) -> Int {
    max(0, rollback.map { length - validation - $0 } ?? (length - validation) / 2)
  }

  init(_ policy: WavePolicy) {
    validation = Int((policy.validationSeconds * 1000).rounded(.up))
    rollback = policy.rollbackSeconds.map { Int(($0 * 1000).rounded(.up)) }
  }

  /// Time that must be left of the hours after moves that took so long.
  func reserved(after work: Int) -> Int { validation + (rollback ?? work) }
}
