import Foundation
import StowageKit

/// One case: predicted, and measured where it was.
struct Prediction {
  var run: String
  var technique: String
  /// The link that limits, or loopback, for the summary.
  var group: String
  var totalMilliseconds: Double
  var sentMiB: Double?
  var blackoutMilliseconds: Double?
  var converges: Bool?
  var measuredTotalMilliseconds: Double?
  var measuredMiB: Double?
  var measuredBlackoutMilliseconds: Double?
  var measuredConverged: Bool?

  /// One object; figures that nobody measured are left out.
  var json: String {
    var fields = ["\"run\": \(Self.quoted(run))", "\"technique\": \(Self.quoted(technique))"]
    func add(_ name: String, _ value: Double?, _ format: String = "%.1f") {
      if let value { fields.append("\"\(name)\": " + String(format: format, value)) }
    }
    add("predicted_total_ms", totalMilliseconds)
    add("predicted_mib", sentMiB, "%.3f")
    add("predicted_blackout_ms", blackoutMilliseconds)
    if let converges { fields.append("\"predicted_converged\": \(converges ? 1 : 0)") }
    add("measured_total_ms", measuredTotalMilliseconds)
    add("measured_mib", measuredMiB, "%.3f")
    add("measured_blackout_ms", measuredBlackoutMilliseconds)
    if let measuredConverged { fields.append("\"measured_converged\": \(measuredConverged ? 1 : 0)") }
    return "{\(fields.joined(separator: ", "))}"
  }

  private static func quoted(_ text: String) -> String {
    if let number = Int(text) { return String(number) }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case _ where scalar.value < 0x20: String(format: "\\u%04x", scalar.value)
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}

/// Errors of a group of predictions.
struct PredictionErrors {
  let group: String
  let count: Int
  private let lines: [String]

  init(_ group: String, _ predictions: [Prediction]) {
    self.group = group
    count = predictions.count
    let total = Self.relative(predictions.map { ($0.totalMilliseconds, $0.measuredTotalMilliseconds) })
    let bytes = Self.relative(predictions.map { ($0.sentMiB, $0.measuredMiB) })
    let blackout = predictions.map { ($0.blackoutMilliseconds, $0.measuredBlackoutMilliseconds) }
    let called = predictions.filter { $0.measuredConverged != nil && $0.converges != nil }
    var lines = ["total \(total)", "bytes \(bytes)", "blackout \(Self.relative(blackout))"]
    let within = Self.withinTolerance(blackout)
    if !within.isEmpty { lines.append(within) }
    if !called.isEmpty {
      let right = called.filter { $0.converges == $0.measuredConverged }.count
      lines.append("convergence \(right) of \(called.count)")
    }
    self.lines = lines
  }

  var text: String {
    let name = group.padding(toLength: 34, withPad: " ", startingAt: 0)
    return name + String(format: "n %4d  ", count) + lines.joined(separator: "  ")
  }

  /// Mean relative error and bias in per cent.
  private static func relative(_ pairs: [(predicted: Double?, measured: Double?)]) -> String {
    let errors = pairs.compactMap { predicted, measured -> Double? in
      guard let predicted, let measured, measured > 0 else { return nil }
      return predicted / measured - 1
    }
    guard !errors.isEmpty else { return "–" }
    let mean = errors.map(abs).reduce(0, +) / Double(errors.count)
    let bias = errors.reduce(0, +) / Double(errors.count)
    return String(format: "%.1f %% (%+.1f)", mean * 100, bias * 100)
  }

  /// How many lie within 50 ms or 30 %, the tolerance of pre-copy's pauses.
  private static func withinTolerance(_ pairs: [(predicted: Double?, measured: Double?)]) -> String {
    let known = pairs.compactMap { predicted, measured -> Bool? in
      guard let predicted, let measured else { return nil }
      return abs(predicted - measured) <= max(50, 0.3 * measured)
    }
    return known.isEmpty ? "" : "within 50 ms or 30 %: \(known.filter { $0 }.count) of \(known.count)"
  }
}
