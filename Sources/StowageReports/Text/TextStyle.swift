/// Whether text for a terminal is coloured. Colour repeats what words and symbols already say.
public enum TextStyle: Hashable, Sendable {
  /// No escape sequences.
  case plain
  /// ANSI SGR sequences (ECMA-48).
  case ansi

  /// What a piece of text is.
  enum Role {
    case heading
    case good
    case attention
    case bad
    case muted
  }

  /// `text` in the look of a role.
  func paint(_ text: String, as role: Role) -> String {
    switch self {
    case .plain: text
    case .ansi: "\u{1b}[\(Self.code(role))m\(text)\u{1b}[0m"
    }
  }

  private static func code(_ role: Role) -> String {
    switch role {
    case .heading: "1"
    case .good: "32"
    case .attention: "33"
    case .bad: "31"
    case .muted: "2"
    }
  }
}
