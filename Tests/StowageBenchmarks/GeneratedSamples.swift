import Foundation
import StowageKit

/// Samples of many VMs for measuring: every VM at every instant, as a monitoring system exports them.
struct GeneratedSamples {
  let vms: Int
  let days: Int
  let seed: UInt64

  /// How many rows there are, one each 5 minutes.
  var rows: Int { vms * days * 288 }

  /// Writes the native long table, in order of time.
  func write(to handle: FileHandle) throws {
    var random = SplitMix(state: seed)
    var buffer = Array("vm_id,timestamp,cpu_mhz,memory_active_mib\n".utf8)
    let names = (0..<vms).map { number in
      let text = String(number)
      return Array(("vm-" + String(repeating: "0", count: max(0, 7 - text.count)) + text + ",").utf8)
    }
    let base = (0..<vms).map { _ in (200 + random.below(3000), 500 + random.below(8000)) }
    for sample in 0..<days * 288 {
      let minute = sample % 288 * 5
      let time = String(
        format: "2026-%02d-%02dT%02d:%02d:00Z,", 6 + sample / 288 / 30, 1 + sample / 288 % 30, minute / 60,
        minute % 60)
      let stamp = Array(time.utf8)
      for vm in 0..<vms {
        buffer.append(contentsOf: names[vm])
        buffer.append(contentsOf: stamp)
        let noise = random.next()
        Self.append(base[vm].0 + Int(noise & 511), to: &buffer)
        buffer.append(UInt8(ascii: "."))
        buffer.append(UInt8(ascii: "0") + UInt8((noise >> 20) % 10))
        buffer.append(UInt8(ascii: ","))
        Self.append(base[vm].1 + Int((noise >> 32) & 255), to: &buffer)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count > 1 << 20 {
          try handle.write(contentsOf: Data(buffer))
          buffer.removeAll(keepingCapacity: true)
        }
      }
    }
    try handle.write(contentsOf: Data(buffer))
  }

  private static func append(_ number: Int, to buffer: inout [UInt8]) {
    var digits: [UInt8] = []
    var rest = number
    repeat {
      digits.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    buffer.append(contentsOf: digits.reversed())
  }
}
