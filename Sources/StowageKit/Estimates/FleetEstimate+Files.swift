import StowageFormats
import StowageModel
public import StowageReports

extension FleetEstimate {
  /// The files that `stowage estimate --out` writes: `estimate.json`, `estimate.csv` and `estimate.svg`.
  public var files: [(name: String, bytes: [UInt8])] {
    [
      ("estimate.json", Array(json.utf8)), ("estimate.csv", csv), ("estimate.svg", Array(curves.svg.utf8)),
    ]
  }

  /// The answer for programs (`stowage.estimate/v1`).
  public var json: String {
    JSONWriter.answer("stowage.estimate/v1") { writer in
      writer.array("vms") { writer in
        for machine in machines { write(machine, to: &writer) }
      }
      writer.member("assumptions", assumptions)
    }
  }

  private func write(_ machine: Machine, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("vm", machine.vm.rawValue)
      writer.member("payload_mib_per_s", machine.estimate.payloadMiBPerSecond)
      writer.member("use", machine.estimate.chosen?.rawValue)
      writer.objects("techniques", machine.estimate.rows) { writer, row in
        writer.member("technique", row.technique.rawValue)
        for figure in row.figures { writer.member(figure.name, figure.value) }
        writer.member("because", row.because)
      }
    }
  }

  /// A row for each VM and technique; text that a spreadsheet would run as a formula is disarmed.
  public var csv: [UInt8] {
    let names = machines.first?.estimate.rows.first?.figures.map(\.name) ?? []
    var writer = CSVWriter(
      header: ["vm", "technique", "use"] + names + ["because"], formulas: .disarmed)
    for machine in machines {
      for row in machine.estimate.rows {
        writer.row(
          [
            .text(machine.vm.rawValue), .text(row.technique.rawValue),
            .boolean(row.technique == machine.estimate.chosen),
          ] + row.figures.map { CSVCell($0.value) } + [CSVCell(row.because)])
      }
    }
    return writer.finish()
  }
}

extension EstimateReport.Row {
  /// The figures by their names in files, times and bytes rounded to thousandths; one that is endless is left out.
  fileprivate var figures: [(name: String, value: Double?)] {
    let figures: [(String, Double)] = [
      ("time_s", seconds.expected), ("time_low_s", seconds.low), ("time_high_s", seconds.high),
      ("pause_s", downtimeSeconds.expected), ("pause_low_s", downtimeSeconds.low),
      ("pause_high_s", downtimeSeconds.high), ("sent_mib", sentMiB.expected),
      ("sent_low_mib", sentMiB.low), ("sent_high_mib", sentMiB.high), ("rounds", Double(rounds)),
      ("guest_slowdown_s", guestSlowdownSeconds), ("exposure_s", exposureSeconds),
    ]
    return figures.map { name, value in
      (name, value.isFinite && value < 1e12 ? (value * 1000).rounded() / 1000 : nil)
    } + [
      ("loss_probability", lossProbability),
      ("energy_j", energyJoules.isFinite ? energyJoules.rounded() : nil),
    ]
  }
}
