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
      if let aid = machine.estimate.chosenRow?.aid { writer.member("aid", aid.rawValue) }
      writer.objects("techniques", machine.estimate.rows) { writer, row in
        writer.member("technique", row.technique.rawValue)
        if let aid = row.aid { writer.member("aid", aid.rawValue) }
        for figure in row.figures { writer.member(figure.name, figure.value) }
        writer.member("because", row.because)
      }
      writer.objects("variants", machine.estimate.variants) { writer, variant in
        writer.member("variant", variant.name)
        for figure in variant.figures { writer.member(figure.name, figure.value) }
      }
      writer.member("remedies", machine.estimate.remedies)
    }
  }

  /// A row for each VM and technique; text that a spreadsheet would run as a formula is disarmed.
  public var csv: [UInt8] {
    let names = machines.first?.estimate.rows.first?.figures.map(\.name) ?? []
    var writer = CSVWriter(
      header: ["vm", "technique", "aid", "use"] + names + ["because"], formulas: .disarmed)
    for machine in machines {
      for row in machine.estimate.rows {
        writer.row(
          [
            .text(machine.vm.rawValue), .text(row.technique.rawValue), CSVCell(row.aid?.rawValue),
            .boolean(row.technique == machine.estimate.chosen && row.because == nil),
          ] + row.figures.map { CSVCell($0.value) } + [CSVCell(row.because)])
      }
    }
    return writer.finish()
  }
}

extension EstimateReport.Row {
  /// The figures by their names in files, times and bytes rounded to thousandths; one that is endless is left out.
  fileprivate var figures: [(name: String, value: Double?)] {
    seconds.members("time", unit: "_s") + downtimeSeconds.members("pause", unit: "_s")
      + sentMiB.members("sent", unit: "_mib") + [("rounds", Double(rounds))]
      + guestSlowdownSeconds.members("guest_slowdown", unit: "_s")
      + exposureSeconds.members("exposure", unit: "_s")
      + lossProbability.members("loss_probability", unit: "", scale: nil)
      + energyJoules.members("energy", unit: "_j", scale: 1)
  }
}

extension EstimateReport.Variant {
  /// The figures by their names in files, rounded to thousandths; one that is endless is left out.
  fileprivate var figures: [(name: String, value: Double?)] {
    seconds.members("time", unit: "_s") + downtimeSeconds.members("pause", unit: "_s")
      + sentMiB.members("sent", unit: "_mib") + guestSlowdownSeconds.members("guest_slowdown", unit: "_s")
      + [("encoding_cpu_s", (encodingSeconds * 1000).rounded() / 1000)]
  }
}

extension EstimateReport.Figure {
  /// The figure and its range by their names in files, rounded to 1/`scale`.
  fileprivate func members(
    _ name: String, unit: String, scale: Double? = 1000
  ) -> [(name: String, value: Double?)] {
    [(name + unit, expected), ("\(name)_low\(unit)", low), ("\(name)_high\(unit)", high)].map { name, value in
      guard value.isFinite, value < 1e12 else { return (name, nil) }
      return (name, scale.map { (value * $0).rounded() / $0 } ?? value)
    }
  }
}
