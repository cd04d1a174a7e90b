import ArgumentParser
import StowageKit

/// Constants of the cost model that the site measured.
struct CalibrationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Calibration file, from `stowage calibrate`.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var calibration: String?

  /// Reads the file, if one is given, and tells what is wrong with it.
  ///
  /// - Returns: whether all is well, and the calibration.
  func load(for platform: Platform, on console: Console) -> (isUsable: Bool, calibration: Calibration?) {
    guard let calibration else { return (true, nil) }
    var (document, log) = CalibrationDocument.read(calibration)
    if let document, document.platform != platform {
      log.report(
        .calibrationPlatform, .error, at: SourcePlace(file: calibration),
        "the calibration is for \(document.platform.rawValue), and \(platform.rawValue) is planned for",
        remedy: "give --platform \(document.platform.rawValue), or a calibration of its own")
    }
    for diagnostic in log.kept where diagnostic.severity != .notice { console.note(diagnostic.description) }
    return log.hasErrors ? (false, nil) : (true, document?.calibration)
  }
}
