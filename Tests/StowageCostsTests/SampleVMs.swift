import Foundation
import StowageCosts

/// The VMs of the published vectors: memory, working set (MiB), hot and cold dirty rate (MiB/s).
enum SampleVM {
  static func named(_ name: String) -> MemoryProfile {
    switch name {
    case "idle": profile(4096, 5, 2.5, 0)
    case "web": profile(8192, 200, 60, 5)
    case "app": profile(32768, 1536, 250, 20)
    case "db": profile(131_072, 12288, 900, 60)
    default: profile(65536, 40960, 2560, 0)
    }
  }

  static func profile(_ memory: Double, _ set: Double, _ hot: Double, _ cold: Double) -> MemoryProfile {
    MemoryProfile(
      memoryMiB: memory, workingSetMiB: set, hotMiBPerSecond: hot, coldMiBPerSecond: cold)
  }
}

/// `value` with a fixed number of decimals, as tables print it.
func printed(_ value: Double, _ places: Int) -> String {
  String(format: "%.\(places)f", value)
}
