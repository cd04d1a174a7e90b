/// Values for YAML that Ansible reads.
enum YAMLText {
  /// A double-quoted scalar that stands for exactly the given text, and that Ansible does not take for
  /// a template: text with a brace is tagged `!unsafe`.
  ///
  /// What cannot be shown is written in its shown form, as by ``ShellText``.
  static func scalar(_ text: String) -> String {
    let visible = VisibleText.isVisible(text) ? text : VisibleText.line(text, limit: .max)
    var result = visible.unicodeScalars.contains("{") ? "!unsafe \"" : "\""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A list of such scalars on one line.
  static func list(_ texts: [String]) -> String {
    "[\(texts.map(scalar).joined(separator: ", "))]"
  }
}
