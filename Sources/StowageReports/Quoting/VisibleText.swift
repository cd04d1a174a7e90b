/// Text from an inventory or a plan, made fit for one line of output.
///
/// Names may hold anything: line breaks that forge lines, escape sequences that move the cursor,
/// overrides that reverse the reading direction. Those scalars are written as escapes; all others
/// stay as they are. This is the first layer for every page; the quoting of the page's own
/// language (``ShellWord``, ``MarkdownText``, HTML) comes on top of it.
public enum VisibleText {
  /// `text` on one line, cut with `…` after `limit` scalars of the original.
  public static func line(_ text: String, limit: Int = 200) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return shown + "…" }
      count += 1
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      default:
        if isVisible(scalar) {
          shown.unicodeScalars.append(scalar)
        } else {
          shown += "\\u{\(String(scalar.value, radix: 16))}"
        }
      }
    }
    return shown
  }

  /// A name as a reader must be able to find it: an empty one and blanks at its ends are made plain.
  public static func name(_ text: String, limit: Int = 60) -> String {
    let shown = line(text, limit: limit)
    let ends = [shown.unicodeScalars.first, shown.unicodeScalars.last]
    return ends.contains(nil) || ends.contains(" ") ? "'\(shown)'" : shown
  }

  /// Whether all of `text` can be shown as it is, on one line.
  public static func isVisible(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(isVisible)
  }

  /// Control and format characters (Cc, Cf), line and paragraph separators, and scalars without a
  /// meaning of their own change how the rest of a line is shown, or cannot be shown.
  private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7f }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      return false
    default:
      return true
    }
  }
}
