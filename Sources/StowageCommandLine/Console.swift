import Foundation

/// Where a command writes: the answer to standard output, everything else to standard error.
///
/// Tests give their own sinks and read what a person would see.
public struct Console {
  /// Whether standard error is a terminal on which a progress line may be drawn.
  public let drawsProgress: Bool
  /// Whether the answer may be coloured.
  public let usesColor: Bool
  private let writeOut: (String) -> Void
  private let writeError: (String) -> Void

  /// A console of the given sinks.
  public init(
    out: @escaping (String) -> Void, error: @escaping (String) -> Void, usesColor: Bool = false,
    drawsProgress: Bool = false
  ) {
    writeOut = out
    writeError = error
    self.usesColor = usesColor
    self.drawsProgress = drawsProgress
  }

  /// The process's own streams. Colour is used on a terminal unless `NO_COLOR` is set.
  public static func standard(environment: [String: String]) -> Console {
    let outIsTerminal = isatty(STDOUT_FILENO) == 1
    let errorIsTerminal = isatty(STDERR_FILENO) == 1
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return Console(
      out: { FileHandle.standardOutput.write(Data($0.utf8)) },
      error: { FileHandle.standardError.write(Data($0.utf8)) },
      usesColor: outIsTerminal && !isPlain, drawsProgress: errorIsTerminal && !isPlain)
  }

  /// Writes part of the answer.
  public func answer(_ text: String) {
    // By bytes: a line end of two characters, as calendars have it, is one character of Swift and ends in no other.
    writeOut(text.utf8.last == UInt8(ascii: "\n") ? text : text + "\n")
  }

  /// Writes something that is not the answer.
  public func note(_ text: String) {
    writeError(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Draws over the progress line; an empty text wipes it.
  public func progress(_ text: String) {
    guard drawsProgress else { return }
    writeError("\r\u{1b}[K\(text)")
  }
}
