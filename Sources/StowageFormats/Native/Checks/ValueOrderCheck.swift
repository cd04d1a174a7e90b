import StowageDiagnostics
import StowageModel

/// Two columns of a row of which the first may not be above the second.
struct ValueOrder<Row: Sendable>: Sendable {
  /// The column with the smaller value.
  let smaller: String
  /// The column with the larger value.
  let larger: String
  /// The smaller value, if it is known.
  let low: @Sendable (Row) -> Double?
  /// The larger value, if it is known.
  let high: @Sendable (Row) -> Double?

  /// Warns of every row in which the values are the wrong way round.
  func check(
    _ table: NativeTable<Row>, _ noun: String, id: (Row) -> String, into log: inout DiagnosticLog
  ) {
    for position in table.rows.indices {
      guard let low = low(table.rows[position]), let high = high(table.rows[position]), low > high else {
        continue
      }
      guard log.keeps(.inventoryContradiction) else {
        log.report(.inventoryContradiction, .warning, "")
        continue
      }
      log.report(
        .inventoryContradiction, .warning, at: table.place(at: position, smaller),
        "\(noun) \(Diagnostic.quoted(id(table.rows[position]))) has \(smaller) \(low), more than its \(larger) \(high)",
        remedy: "correct one of the two")
    }
  }
}

/// Warns of hosts whose figures cannot all be right.
struct HostValueCheck {
  let hosts: NativeTable<Host>

  /// Checks every host.
  func check(into log: inout DiagnosticLog) {
    for order in Self.orders { order.check(hosts, "host", id: \.id.rawValue, into: &log) }
  }

  private static let orders: [ValueOrder<Host>] = [
    ValueOrder(
      smaller: "memory_reserved_mib", larger: "memory_mib", low: \.memoryReservedMiB, high: { $0.memoryMiB }),
    ValueOrder(
      smaller: "power_idle_watts", larger: "power_peak_watts", low: \.powerIdleWatts, high: \.powerPeakWatts),
    ValueOrder(
      smaller: "sockets", larger: "cores", low: { $0.sockets.map { Double($0) } }, high: { $0.cores }),
  ]
}

/// Warns of VMs whose figures cannot all be right.
struct VMValueCheck {
  let vms: NativeTable<VM>

  /// Checks every VM.
  func check(into log: inout DiagnosticLog) {
    for order in Self.orders { order.check(vms, "VM", id: \.id.rawValue, into: &log) }
  }

  private static let orders: [ValueOrder<VM>] = [
    ValueOrder(smaller: "cpu_mhz_p50", larger: "cpu_mhz_p95", low: \.cpuMHzP50, high: \.cpuMHzP95),
    ValueOrder(smaller: "cpu_mhz_p95", larger: "cpu_mhz_max", low: \.cpuMHzP95, high: \.cpuMHzMax),
    ValueOrder(
      smaller: "cpu_reservation_mhz", larger: "cpu_limit_mhz", low: \.cpuReservationMHz, high: \.cpuLimitMHz),
    ValueOrder(
      smaller: "memory_reservation_mib", larger: "memory_mib", low: \.memoryReservationMiB,
      high: { $0.memoryMiB }),
    ValueOrder(
      smaller: "working_set_mib", larger: "memory_mib", low: \.workingSetMiB, high: { $0.memoryMiB }),
  ]
}
