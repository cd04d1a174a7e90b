public import StowageDiagnostics
import StowageModel

/// Reads a `utilisation.csv`: `vm_id, timestamp, cpu_mhz, memory_active_mib` and columns that are not used.
public enum HistoryReader {
  /// The history in a file, and all that is to be told about it; `nil` when it cannot be used.
  public static func read(_ path: String) -> (history: UtilisationHistory?, log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let source = SourceText.read(path, log: &log), let table = Table.parse(source, log: &log) else {
      return (nil, log)
    }
    let reader = TableReader(table, numbers: NumberConvention(native: table))
    guard let vmColumn = reader.column("vm_id", "vm"), let timeColumn = reader.column("timestamp", "time")
    else {
      let missing = reader.column("vm_id", "vm") == nil ? "vm_id" : "timestamp"
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the table of utilisation has no column \(missing)",
        remedy: "add the column \(missing)")
      return (nil, log)
    }
    let cpu = reader.column("cpu_mhz")
    let memory = reader.column("memory_active_mib")
    guard cpu != nil || memory != nil else {
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the table of utilisation has neither cpu_mhz nor memory_active_mib", remedy: "add one of the two")
      return (nil, log)
    }
    var sums = HourSums()
    for row in reader.rows {
      guard let vm = reader.requiredString(row, vmColumn, log: &log),
        let time = reader.requiredString(row, timeColumn, log: &log)
      else { continue }
      guard let seconds = instant(time) else {
        reader.reportBadValue(
          row, timeColumn, isNot: "an instant", remedy: "write it as 2026-11-09T14:00:00Z", log: &log)
        continue
      }
      sums.add(
        vm: vm, hour: Int(seconds / 3600), cpu: reader.number(row, cpu, log: &log),
        memory: reader.number(row, memory, log: &log))
    }
    return (log.hasErrors ? nil : sums.history, log)
  }

  /// Seconds since 1970.
  private static func instant(_ text: String) -> Int64? {
    var copy = text
    return copy.withUTF8 { InstantText.parse($0)?.instant }
  }

  /// Sums of samples by VM and hour.
  private struct HourSums {
    private struct Key: Hashable {
      let hour: Int
      let vm: Int
    }

    private struct Sum {
      var cpu = 0.0
      var cpuCount = 0
      var memory = 0.0
      var memoryCount = 0
    }

    private var positions: [String: Int] = [:]
    private var names: [String] = []
    private var sums: [Key: Sum] = [:]
    private var samples = 0

    mutating func add(vm: String, hour: Int, cpu: Double?, memory: Double?) {
      samples += 1
      let position: Int
      if let known = positions[vm] {
        position = known
      } else {
        position = names.count
        positions[vm] = position
        names.append(vm)
      }
      var sum = sums[Key(hour: hour, vm: position)] ?? Sum()
      if let cpu {
        sum.cpu += cpu
        sum.cpuCount += 1
      }
      if let memory {
        sum.memory += memory
        sum.memoryCount += 1
      }
      sums[Key(hour: hour, vm: position)] = sum
    }

    var history: UtilisationHistory {
      let order = names.indices.sorted { names[$0] < names[$1] }
      var rank = [Int](repeating: 0, count: names.count)
      for (place, position) in order.enumerated() { rank[position] = place }
      let hours = sums.map { key, sum in
        UtilisationHistory.Hour(
          hour: key.hour, vm: rank[key.vm], cpuMHz: sum.cpuCount > 0 ? sum.cpu / Double(sum.cpuCount) : nil,
          memoryActiveMiB: sum.memoryCount > 0 ? sum.memory / Double(sum.memoryCount) : nil)
      }.sorted { ($0.hour, $0.vm) < ($1.hour, $1.vm) }
      return UtilisationHistory(vms: order.map { VM.ID(names[$0]) }, hours: hours, samples: samples)
    }
  }
}
