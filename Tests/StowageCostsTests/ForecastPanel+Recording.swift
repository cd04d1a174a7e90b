import Foundation

/// Pins are written anew with `STOWAGE_RECORD_PANEL=1 swift test --filter ModelConstantsTests`, and read as a diff.
enum Environment {
  static let recordsPanel = ProcessInfo.processInfo.environment["STOWAGE_RECORD_PANEL"] == "1"
}

extension ForecastPanel {
  /// Writes the figures of the panel where its pins are.
  func record() throws {
    var moves: [(move: String, values: [Double])] = []
    for figure in figures {
      if moves.last?.move != figure.move { moves.append((figure.move, [])) }
      moves[moves.count - 1].values.append(figure.value)
    }
    let lines = moves.map { move, values in
      "    (\"\(move)\", [\(values.map { String(format: "%.9g", $0) }.joined(separator: ", "))]),"
    }
    let text = """
      /// The figures of the panel, as the model gave them when they were last agreed on: a line a move, in the order of
      /// ``ForecastPanel/names`` or, of bare engines, time, bytes and pause.
      extension ForecastPanel {
        // swift-format-ignore
        static let pinned: [(move: String, values: [Double])] = [
      \(lines.joined(separator: "\n"))
        ]
      }

      """
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "ForecastPanel+Pinned.swift")
    try Data(text.utf8).write(to: file)
  }
}
