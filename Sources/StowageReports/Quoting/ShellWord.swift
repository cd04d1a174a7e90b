/// One word of a POSIX shell command line that stands for exactly the given text.
///
/// Everything but plain letters, digits and a few signs is put in single quotes, inside which the
/// shell gives no character a meaning; a single quote itself is written `'\''`. There is no word
/// for text with invisible characters: a line break would end the line of a page that shows the
/// command, an override could show another command than the one that is pasted, and a zero byte
/// cannot be passed at all.
public struct ShellWord: Hashable, Sendable, CustomStringConvertible {
  /// The word as it stands in a command line.
  public let description: String

  /// The word for `text`; `nil` when it holds characters that cannot be shown.
  public init?(_ text: String) {
    guard VisibleText.isVisible(text) else { return nil }
    description = Self.needsQuotes(text) ? Self.quoted(text) : text
  }

  /// The word for text in single quotes even when it would not need them, as names are printed.
  public init?(quoting text: String) {
    guard VisibleText.isVisible(text) else { return nil }
    description = Self.quoted(text)
  }

  private static func quoted(_ text: String) -> String {
    var word = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { word += "'\\''" } else { word.unicodeScalars.append(scalar) }
    }
    return word + "'"
  }

  private static func needsQuotes(_ text: String) -> Bool {
    text.isEmpty
      || !text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"),
          UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "@"):
          true
        default: false
        }
      }
  }
}
