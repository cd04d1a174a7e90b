import Foundation
public import StowageDiagnostics
public import StowageFormats
public import StowageModel

extension PlanDocument {
  /// The plan in a file, and all that is to be told about it.
  public static func read(path: String) -> (plan: Plan?, log: DiagnosticLog) {
    do {
      return decode(Array(try Data(contentsOf: URL(fileURLWithPath: path))), file: path)
    } catch {
      var log = DiagnosticLog()
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path), error.localizedDescription,
        remedy: "check the path and its permissions")
      return (nil, log)
    }
  }
}
