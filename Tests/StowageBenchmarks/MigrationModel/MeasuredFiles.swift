import Foundation
import StowageKit

/// Reads measured migrations from where they lie.
enum MeasuredFiles {
  /// Predictions for every case of a CSV of the live lab, a folder of Grid'5000 plans, or a JSON file of the OSIC runs.
  static func predictions(at path: String) throws -> [Prediction] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Trouble(text: "\(path): no such file or folder")
    }
    if isFolder.boolValue { return try GridRuns(folder: path).predictions() }
    if path.hasSuffix(".json") { return try OpenStackRuns(file: path).predictions() }
    return try lab(path)
  }

  /// What is wrong with a file.
  struct Trouble: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
  }

  private static func lab(_ path: String) throws -> [Prediction] {
    let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    var lines = text.split(whereSeparator: \.isNewline).enumerated().map { ($0.offset + 1, $0.element) }
    guard !lines.isEmpty else { throw Trouble(text: "\(path): empty") }
    let header = lines.removeFirst().1.split(separator: ",", omittingEmptySubsequences: false).map(
      String.init)
    return try lines.map { number, line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let row = Dictionary(zip(header, cells)) { first, _ in first }
      do {
        return try prediction(MeasuredMove(row))
      } catch let missing as MissingColumn {
        let found = missing.found.map { "'\($0)'" } ?? "nothing"
        throw Trouble(text: "\(path):\(number): column \(missing.name) needs a number, found \(found)")
      }
    }
  }

  private static func prediction(_ move: MeasuredMove) throws -> Prediction {
    guard let way = BareQEMU.Way(labName: move.technique) else {
      throw Trouble(text: "run \(move.run): technique '\(move.technique)' is not known")
    }
    let guest = LabGuest(move)
    let engine = BareQEMU(
      capMiBPerSecond: move.capMiBPerSecond, linkMiBPerSecond: move.linkMiBPerSecond,
      limitSeconds: max(0.001, move.limitMilliseconds / 1000), timeoutSeconds: 40)
    let outcome = engine.move(guest.profile, zeroMiB: guest.zeroMiB, way: way)
    // A run that does not converge has no pause; what it could not get below is the least it would have.
    let pause = outcome.blackoutSeconds ?? guest.profile.shortestPauseSeconds(at: move.capMiBPerSecond)
    return Prediction(
      run: move.run, technique: move.technique,
      group: "\(move.technique), \(move.linkMiBPerSecond == nil ? "loopback" : "shaped link")",
      totalMilliseconds: outcome.totalSeconds * 1000, sentMiB: outcome.sentMiB,
      blackoutMilliseconds: pause * 1000, converges: outcome.blackoutSeconds != nil,
      measuredTotalMilliseconds: move.totalMilliseconds, measuredMiB: move.sentMiB,
      measuredBlackoutMilliseconds: move.blackoutMilliseconds, measuredConverged: move.converged)
  }
}
