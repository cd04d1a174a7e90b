import StowageTestSupport

/// Changes one number of a plan document, any of them.
enum NumberForgery {
  /// The document with one number changed, and what was changed.
  static func forge(_ text: String, using random: inout SeededGenerator) -> (text: String, what: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let candidates = lines.indices.flatMap { line in numbers(in: lines[line]).map { (line: line, range: $0) }
    }
    guard let chosen = candidates.randomElement(using: &random) else { return (text, "nothing") }
    var forged = lines
    let old = String(lines[chosen.line][chosen.range])
    let new = other(than: old, using: &random)
    forged[chosen.line].replaceSubrange(chosen.range, with: new)
    return (forged.joined(separator: "\n"), "line \(chosen.line + 1): \(lines[chosen.line]) → \(new)")
  }

  /// A number that differs from `old` by more than its rounding.
  private static func other(than old: String, using random: inout SeededGenerator) -> String {
    let value = Double(old) ?? 0
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return plain(value + 1)
    case 1: return plain(value == 0 ? 5 : value * 2)
    default: return plain(value == 0 ? 0.5 : value / 2)
    }
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() ? String(Int64(value)) : String(value)
  }

  /// Numbers outside of strings.
  private static func numbers(in line: String) -> [Range<String.Index>] {
    var found: [Range<String.Index>] = []
    var isQuoted = false
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == "\\", isQuoted {
        index = line.index(index, offsetBy: 2, limitedBy: line.endIndex) ?? line.endIndex
        continue
      }
      if line[index] == "\"" { isQuoted.toggle() }
      guard !isQuoted, line[index].isNumber || line[index] == "-" else {
        index = line.index(after: index)
        continue
      }
      let end = line[index...].firstIndex { !($0.isNumber || "+-.eE".contains($0)) } ?? line.endIndex
      found.append(index..<end)
      index = end
    }
    return found
  }
}
