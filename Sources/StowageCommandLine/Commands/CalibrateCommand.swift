import ArgumentParser
import StowageKit

/// `stowage calibrate`
struct CalibrateCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fits the cost model to migrations that were made.",
    discussion: """
      MEASURED is a table with a row a migration. Needed columns: technique, memory_mib, link_gbps, total_s. Used where \
      they are there: vm (moves of one guest), memory_consumed_mib, working_set_mib, dirty_rate_mib_per_s, \
      cold_dirty_rate_mib_per_s, disk_copied_gib, disk_change_mib_per_s, max_downtime_ms, rtt_ms, downtime_ms, sent_mib.

      Says how far the model is off with the platform's own constants, with fitted ones, and with ones that were fitted \
      without the guest. Exit status 0: the latter are better, and with --out the file is written. 1: they are \
      not, and nothing is written. 3: the table cannot be used.

      Examples:
        stowage calibrate migrations.csv --platform openstack --out calibration.json
        stowage plan fleet/ --goal consolidate --platform openstack \\
          --calibration calibration.json
      """)

  @Argument(help: "Table of measured migrations.", completion: .file(extensions: ["csv"]))
  var measured: String

  @Option(help: "Platform that made them.")
  var platform = Platform.libvirt

  @Option(help: ArgumentHelp("File for the calibration.", valueName: "file"), completion: .file())
  var out: String?

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    let (answer, log) = Calibrator.calibrate(measured, platform: platform)
    for diagnostic in log.kept where diagnostic.severity != .notice { console.note(diagnostic.description) }
    guard let answer else { return .badInput }
    if answer.report.isBetter, let out, !write(answer.document, to: out, on: console) { return .badInput }
    switch format {
    case .text:
      let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
      console.answer(answer.report.text(layout: layout))
    case .json: console.answer(String(decoding: answer.document.bytes, as: UTF8.self))
    }
    return answer.report.isBetter ? .answered : .no
  }

  private func write(_ document: CalibrationDocument, to path: String, on console: Console) -> Bool {
    let (folder, name) = OutputFolder.split(path)
    return console.write([(name, document.bytes)], to: folder)
  }
}
