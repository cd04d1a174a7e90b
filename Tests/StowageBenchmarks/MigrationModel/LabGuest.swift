import Foundation
import StowageKit

/// The guest of the live lab, as far as it is known before it moves.
///
/// It fills a part of its memory; its kernel takes more. How much more was measured on guests of 256, 512 and
/// 1 024 MiB: 76 MiB, 10.5 more for each doubling, and what booting left behind is used again by a guest that fills
/// more than 31 MiB. A planner gets this figure from the platform (consumed memory).
struct LabGuest {
  let profile: MemoryProfile
  let zeroMiB: Double

  init(_ move: MeasuredMove) {
    let kernel = 76 + 10.5 * log2(max(1, move.memoryMiB) / 512) + max(0, 31 - move.filledMiB)
    // Beside its memory a machine has half a MiB of ROM and video memory.
    let all = move.memoryMiB + 0.5
    let written = min(all, max(move.filledMiB, move.workingSetMiB) + max(0, kernel))
    zeroMiB = all - written
    profile = MemoryProfile(
      memoryMiB: written, workingSetMiB: move.workingSetMiB,
      hotMiBPerSecond: move.workingSetMiB > 0 ? move.pagesPerSecond * 4 / 1024 : 0, coldMiBPerSecond: 0,
      pattern: move.pattern)
  }
}

extension BareQEMU.Way {
  /// The lab's names; it cancels a pre-copy after ten rounds and stops a guest after four.
  init?(labName: String) {
    switch labName {
    case "cold": self = .paused
    case "precopy", "pre-copy": self = .preCopy(maxRounds: 10)
    case "precopy-ac": self = .throttledPreCopy(maxRounds: 10)
    case "precopy-stop": self = .stoppedPreCopy(afterRounds: 4)
    case "postcopy", "post-copy": self = .postCopy(preempts: false)
    case "postcopy-preempt": self = .postCopy(preempts: true)
    case "hybrid": self = .hybrid(preempts: false)
    case "hybrid-preempt": self = .hybrid(preempts: true)
    default: return nil
    }
  }
}
