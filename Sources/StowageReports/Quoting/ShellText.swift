/// Words and commands for a POSIX shell.
enum ShellText {
  /// The word that stands for exactly the given text.
  ///
  /// Text with characters that cannot be shown becomes the word for its shown form, which names
  /// nothing: such names are kept out of commands by the guides, and this is the second line of defence.
  static func word(_ text: String) -> String {
    if let word = ShellWord(text) { return word.description }
    guard let shown = ShellWord(VisibleText.line(text, limit: .max)) else {
      preconditionFailure("no shell word for \(text.debugDescription)")
    }
    return shown.description
  }

  /// A command line.
  static func line(_ command: Command) -> String {
    arguments(of: command).map(word).joined(separator: " ")
  }

  /// A command as the arguments of a process: cmdlets are handed to PowerShell.
  static func arguments(of command: Command) -> [String] {
    switch command {
    case .program(let words): words
    case .pipeline: ["pwsh", "-NoProfile", "-NonInteractive", "-Command", PowerShellText.line(command)]
    }
  }
}
