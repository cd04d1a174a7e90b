/// Text for Markdown (CommonMark with GitHub's tables) that stays text: it opens no emphasis, link,
/// table cell, HTML tag or code block.
///
/// Every result is one line and may stand in a table cell.
public enum MarkdownText {
  /// A sentence as running text. It must not be the first thing on a line.
  public static func prose(_ text: String, limit: Int = 400) -> String {
    var result = ""
    for scalar in VisibleText.line(text, limit: limit).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "|": result += "&#124;"
      case "\\", "`", "*", "_", "[", "]", "~", "#", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return withoutBareLinks(result)
  }

  /// A name as inline code.
  ///
  /// In backticks, with a fence longer than any run of them inside. A `|` would end a table cell
  /// even there, and escaping it shows the escape outside of tables: such a name, and an empty
  /// one, becomes an HTML `code` element instead.
  public static func code(_ text: String, limit: Int = 200) -> String {
    let shown = VisibleText.line(text, limit: limit)
    let scalars = shown.unicodeScalars
    guard let first = scalars.first, let last = scalars.last, !scalars.contains("|") else {
      return "<code>\(numericallyEscaped(shown))</code>"
    }
    let fence = String(repeating: "`", count: longestRun(ofBackticksIn: shown) + 1)
    // The reader takes off one blank at each end.
    let needsPadding = [first, last].contains { $0 == "`" || $0 == " " }
    let padding = needsPadding ? " " : ""
    return "\(fence)\(padding)\(shown)\(padding)\(fence)"
  }

  /// A block of commands, with a fence that none of its lines can close.
  public static func block(_ lines: [String], language: String = "sh") -> [String] {
    let longest = lines.map { longestRun(ofBackticksIn: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ["\(fence)\(language)"] + lines + [fence]
  }

  /// Every ASCII sign as a numeric reference: nothing is left that Markdown or HTML could read.
  private static func numericallyEscaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      let isSign = scalar.isASCII && !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
      return isSign && scalar != " " ? "&#\(scalar.value);" : String(scalar)
    }.joined()
  }

  static func longestRun(ofBackticksIn text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// GitHub's flavour turns `http://…` and `www.…` into links without being asked.
  private static func withoutBareLinks(_ text: String) -> String {
    replacing("://", with: ":\\//", in: replacing("www.", with: "www\\.", in: text))
  }

  private static func replacing(_ pattern: String, with replacement: String, in text: String) -> String {
    let bytes = Array(text.utf8)
    let wanted = Array(pattern.utf8)
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position...].starts(with: wanted) {
        result += Array(replacement.utf8)
        position += wanted.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
