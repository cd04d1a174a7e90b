import StowageModel

/// The forms in which a runbook can be had.
public enum RunbookFormat: String, CaseIterable, Hashable, Sendable {
  /// Markdown, for people.
  case md
  /// One self-contained HTML page, for people.
  case html
  /// A POSIX shell script.
  case sh
  /// A PowerShell script.
  case ps1
  /// An Ansible playbook.
  case ansible
  /// The waves as a calendar (RFC 5545).
  case ics
  /// The waves as the table that AWS Application Migration Service imports.
  case mgn

  /// Whether it holds the steps with their commands, and not only the waves.
  public var holdsCommands: Bool { self != .ics && self != .mgn }

  /// The name of the file.
  public var fileName: String {
    switch self {
    case .md: "runbook.md"
    case .html: "runbook.html"
    case .sh: "run.sh"
    case .ps1: "run.ps1"
    case .ansible: "playbook.yml"
    case .ics: "waves.ics"
    case .mgn: "mgn-import.csv"
    }
  }
}

/// What happens after a wave of a script.
public struct CommitGate: Hashable, Sendable {
  /// What happens when nobody says anything.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The next wave follows at once.
    case none
    /// The next wave follows after a while, unless somebody stops it.
    case commit = "auto-commit"
    /// The wave is taken back after a while, unless somebody agrees to it.
    case rollback = "auto-rollback"
  }

  /// What happens.
  public var kind: Kind
  /// After how many minutes.
  public var minutes: Int

  /// A gate; none unless given.
  public init(_ kind: Kind = .none, minutes: Int = 15) {
    self.kind = kind
    self.minutes = minutes
  }

  /// After the waves of a plan that asks for them a wave stands when there was the time to see to its VMs.
  init(plannedBy policy: WavePolicy?) {
    guard let policy else {
      self.init()
      return
    }
    self.init(.commit, minutes: Int((policy.validationSeconds / 60).rounded(.up)))
  }

  /// The kind as the scripts' option names it.
  var shellWord: String {
    switch kind {
    case .none: "none"
    case .commit: "commit"
    case .rollback: "rollback"
    }
  }

  /// What it means, as a sentence without a full stop.
  var meaning: String {
    switch kind {
    case .none: "none: a wave that has been verified stands"
    case .commit:
      "a wave stands after \(Units.count(minutes, "minute")), unless somebody objects until then"
    case .rollback:
      "a wave is taken back after \(Units.count(minutes, "minute")), unless somebody agrees to it until then"
    }
  }
}
