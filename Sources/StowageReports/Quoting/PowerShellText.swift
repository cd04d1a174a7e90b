/// Words and commands for PowerShell (5.1 and 7).
enum PowerShellText {
  /// The string literal that stands for exactly the given text.
  ///
  /// In single quotes nothing is expanded. PowerShell takes the typographic single quotes U+2018,
  /// U+2019, U+201A and U+201B for `'` as well (language specification 2.3.5.2), so that each of them is
  /// doubled too. What cannot be shown is written in its shown form, as by ``ShellText``.
  static func literal(_ text: String) -> String {
    let visible = VisibleText.isVisible(text) ? text : VisibleText.line(text, limit: .max)
    var word = "'"
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "'", "\u{2018}", "\u{2019}", "\u{201a}", "\u{201b}":
        word.unicodeScalars.append(scalar)
        word.unicodeScalars.append(scalar)
      default: word.unicodeScalars.append(scalar)
      }
    }
    return word + "'"
  }

  /// A command line.
  static func line(_ command: Command) -> String {
    switch command {
    case .program(let words): "& " + words.map(literal).joined(separator: " ")
    case .pipeline(let cmdlets): cmdlets.map(line).joined(separator: " | ")
    }
  }

  private static func line(_ cmdlet: Cmdlet) -> String {
    ([cmdlet.name] + cmdlet.arguments.map(argument)).joined(separator: " ")
  }

  private static func argument(_ argument: Cmdlet.Argument) -> String {
    switch argument {
    case .text(let name, let value): "-\(name) \(literal(value))"
    case .number(let name, let value): "-\(name) \(value)"
    case .flag(let name): "-\(name)"
    case .off(let name): "-\(name):$false"
    case .result(let name, let cmdlet): "-\(name) (\(line(cmdlet)))"
    }
  }
}
