/// A piece of a step: what it is for, sentences, and what is done.
struct RunbookPart {
  /// The place of a part in a step's course.
  enum Kind: Hashable, Sendable {
    /// Before anything is touched.
    case check
    /// Stops a VM that moves cold.
    case stop
    /// Does the move.
    case act
    /// Starts a VM that has moved cold.
    case restart
    /// Looks on while it is under way.
    case watch
    /// Shows that it worked.
    case verify
    /// Ends it before the switch-over.
    case abort
    /// Between switch-over and end of a move that cannot be taken back.
    case recovery
    /// Takes it back after the switch-over.
    case back
    /// Only for people.
    case note
  }

  /// Its place.
  var kind: Kind
  /// What it is for, in bold before the first sentence: `Check`, `Move`, …
  var title: String
  /// Sentences, in Markdown: names in them are already quoted.
  var notes: [String]
  /// What is done; nothing when there is nothing to type.
  var actions: [RunbookAction]

  init(_ kind: Kind = .note, _ title: String, _ notes: [String] = [], _ actions: [RunbookAction] = []) {
    self.kind = kind
    self.title = title
    self.notes = notes
    self.actions = actions
  }
}

/// How one move is done on a platform.
struct Procedure {
  /// The parts, in the order in which they are worked through.
  var parts: [RunbookPart]
  /// Why a script must not do it, if so: a person does it and records the outcome.
  var byHand: String?

  init(_ parts: [RunbookPart], byHand: String? = nil) {
    self.parts = parts
    self.byHand = byHand
  }

  /// The actions of the parts of some kinds, in order.
  func actions(_ kinds: RunbookPart.Kind...) -> [RunbookAction] {
    parts.filter { kinds.contains($0.kind) }.flatMap(\.actions)
  }

  /// A move for which no command can be printed.
  static func withheld(_ because: String, remedy: String) -> Procedure {
    Procedure(
      [RunbookPart(.note, "No commands are printed", ["\(because). \(remedy)."])], byHand: because)
  }
}
