import StowageModel

/// Command lines for `virsh` on one host.
///
/// Names go in as values of `--domain` and `--desturi`, in single quotes, so that a name that
/// begins with a dash stays a value (tried with virsh 9.0).
struct Virsh {
  /// The connection, quoted for the shell.
  private let connection: String

  init(_ host: Host.ID) {
    connection = Self.uri(of: host)
  }

  /// `qemu+ssh://HOST/system`, quoted for the shell where it must be.
  static func uri(of host: Host.ID) -> String {
    let uri = "qemu+ssh://\(HostAddress(host.rawValue).uriHost)/system"
    // A percent-encoded URI has visible ASCII only: there always is a word for it.
    guard let word = ShellWord(uri) else { preconditionFailure("no shell word for \(uri.debugDescription)") }
    return word.description
  }

  /// A command that is not about a domain.
  func run(_ command: String) -> String {
    "virsh -c \(connection) \(command)"
  }

  /// A command about a domain.
  func run(_ command: String, _ domain: ShellWord, _ options: String = "") -> String {
    let tail = options.isEmpty ? "" : " \(options)"
    return "virsh -c \(connection) \(command) --domain \(domain)\(tail)"
  }

  /// A migration of a domain to `target`, in lines that continue each other.
  func migrate(_ domain: ShellWord, to target: Host.ID, options: [String]) -> [String] {
    [
      "virsh -c \(connection) migrate \(options.joined(separator: " ")) \\",
      "  --domain \(domain) --desturi \(Self.uri(of: target))",
    ]
  }
}
