import Foundation
import StowageCosts
import StowageTestSupport

/// Random VMs and rates over the classes that the cost model's defaults are taken from.
enum RandomCase {
  static func profile(_ random: inout SeededGenerator) -> MemoryProfile {
    let memory = exp(Double.random(in: 5...14, using: &random))
    return SampleVM.profile(
      memory, memory * Double.random(in: 0...1, using: &random),
      exp(Double.random(in: -1...9, using: &random)),
      random.oneIn(3) ? 0 : exp(Double.random(in: -2...6, using: &random)))
  }

  static func rate(_ random: inout SeededGenerator) -> Double {
    exp(Double.random(in: 2...9, using: &random))
  }
}

/// The definitions, written a second time without any closed form.
enum Reference {
  static func dirty(_ vm: MemoryProfile, _ seconds: Double) -> Double {
    guard vm.hotMiBPerSecond > 0 else { return 0 }
    let whole = vm.workingSetMiB / vm.hotMiBPerSecond
    let hot = seconds < whole ? vm.hotMiBPerSecond * seconds : vm.workingSetMiB
    let cold = seconds < whole ? 0 : vm.coldMiBPerSecond * (seconds - whole)
    return min(vm.memoryMiB, hot + cold)
  }

  /// Where rounds from all memory stand still, in MiB.
  static func standstill(_ vm: MemoryProfile, rate: Double) -> Double {
    var last = Double.infinity
    var rest = vm.memoryMiB
    while last - rest > 1e-12 * vm.memoryMiB {
      last = rest
      rest = dirty(vm, rest / rate)
    }
    return rest
  }

  /// Pre-copy of a VM that converges, round by round to the end.
  static func preCopy(_ vm: MemoryProfile, rate: Double, limit: Double) -> (seconds: Double, rounds: Int) {
    var rest = vm.memoryMiB
    var seconds = 0.0
    var rounds = 0
    repeat {
      seconds += rest / rate
      rest = dirty(vm, rest / rate)
      rounds += 1
    } while rest > limit * rate
    return (seconds + rest / rate, rounds)
  }
}
