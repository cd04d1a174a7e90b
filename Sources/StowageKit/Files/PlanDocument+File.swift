import Foundation
public import StowageDiagnostics
public import StowageFormats
public import StowageModel

extension PlanDocument {
  /// Whether the file at a path is a plan, by the name of its form near its start.
  public static func isPlan(at path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path), let head = try? file.read(upToCount: 4096) else {
      return false
    }
    return String(decoding: head, as: UTF8.self).contains("stowage.plan/")
  }

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
