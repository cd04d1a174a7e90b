public import Mustache

/// Text for HTML and SVG, in elements and in quoted attributes.
///
/// Escaped scalar by scalar. The template engine's own escape works on grapheme clusters, and a
/// `"` followed by a combining mark is a cluster that is not `"`: it would pass, and close an
/// attribute. Templates therefore begin with `{{% CONTENT_TYPE:STOWAGE}}`, which selects this one.
public struct HTMLText: MustacheContentType {
  /// The name under which templates select this escape.
  static let contentTypeName = "STOWAGE"

  /// `text` with everything escaped that HTML or XML could take for its own, and everything
  /// invisible written as an escape.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "`": result += "&#96;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Called by the template engine for each `{{…}}`.
  public func escapeText(_ text: String) -> String {
    Self.escaped(VisibleText.line(text, limit: 2000))
  }
}
