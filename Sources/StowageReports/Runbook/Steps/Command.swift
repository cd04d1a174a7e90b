/// A command of a runbook before any language has quoted it: each platform's guide says what is to be
/// run, each format says it in its own words.
enum Command: Hashable, Sendable {
  /// A program and its arguments, as an operating system takes them.
  case program([String])
  /// Cmdlets of PowerShell, each handing its result to the next.
  case pipeline([Cmdlet])

  /// A program and its arguments.
  static func call(_ words: String...) -> Command { .program(words) }

  /// A cmdlet on its own.
  static func cmdlet(_ name: String, _ arguments: Cmdlet.Argument...) -> Command {
    .pipeline([Cmdlet(name, arguments)])
  }
}

/// One call of a PowerShell cmdlet.
struct Cmdlet: Hashable, Sendable {
  /// Its name: `Move-VM`. Never from an inventory.
  let name: String
  /// Its arguments, in order.
  let arguments: [Argument]

  init(_ name: String, _ arguments: [Argument] = []) {
    self.name = name
    self.arguments = arguments
  }

  /// One argument of a cmdlet.
  indirect enum Argument: Hashable, Sendable {
    /// `-Name 'value'`.
    case text(String, String)
    /// `-Count 3`.
    case number(String, Int)
    /// `-Wait`.
    case flag(String)
    /// `-Confirm:$false`.
    case off(String)
    /// `-Destination (Get-VMHost -Name 'value')`.
    case result(String, Cmdlet)
  }
}

/// What the answer of a command must be for a step to go on.
enum Expectation: Hashable, Sendable {
  /// The whole answer, blanks and line ends around it taken off.
  case equals(String)
  /// Nothing but blanks and line ends.
  case isEmpty
  /// The rest of the line that begins with a field's name and a colon.
  case field(String, equals: String)
  /// The answer of another command.
  case sameAs(Command)

  /// The answer that is wanted, for people.
  var wanted: String {
    switch self {
    case .equals(let text): text
    case .isEmpty: ""
    case .field(_, let text): text
    case .sameAs: ""
    }
  }
}

/// One thing that a step does.
enum RunbookAction: Hashable, Sendable {
  /// Runs a command that must succeed.
  case run(Command)
  /// Shows the answer of a command to whoever looks; nothing depends on it.
  case look(Command)
  /// Goes on only when the answer is as expected.
  case expect(Command, Expectation)
  /// Asks again and again until the answer is as expected.
  case wait(Command, Expectation, everySeconds: Int, tries: Int)
  /// Runs a long command; meanwhile another is repeated until it is taken. When it lasts longer than
  /// `patienceSeconds`, the step's abort part is run; `nil` for never.
  case longRun(Command, meanwhile: Command?, patienceSeconds: Int?)
  /// Waits for that many seconds.
  case pause(seconds: Int)
}
