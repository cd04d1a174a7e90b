import StowageModel

/// What a platform contributes to a runbook: commands, and what to look for in their answers.
///
/// Texts are Markdown: names in them are already quoted by ``MarkdownText``.
protocol RunbookGuide {
  /// What must be so before the first move.
  var preconditions: [RunbookPart] { get }

  /// What to look at on the hosts of a wave before it is let go.
  func goChecks(of wave: Wave) -> RunbookPart

  /// The parts of a step, in the order in which they are worked through.
  func parts(of move: Move) -> [RunbookPart]

  /// How an empty host is switched off.
  func switchOff(_ host: Host.ID) -> RunbookPart
}

/// A piece of a step: what it is for, sentences, and commands.
struct RunbookPart {
  /// What it is for, in bold before the first sentence: `Check`, `Move`, …
  var title: String
  /// Sentences.
  var notes: [String]
  /// Command lines; none when there is nothing to type.
  var commands: [String]

  init(_ title: String, _ notes: [String] = [], commands: [String] = []) {
    self.title = title
    self.notes = notes
    self.commands = commands
  }
}
