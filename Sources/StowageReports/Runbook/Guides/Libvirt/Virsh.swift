import StowageModel

/// Commands for `virsh` on one host.
///
/// Names go in as values of `--domain` and `--desturi`, so that a name that begins with a dash
/// stays a value (tried with virsh 9.0).
struct Virsh {
  private let connection: String

  init(_ host: Host.ID) {
    connection = Self.uri(of: host)
  }

  /// `qemu+ssh://HOST/system`.
  static func uri(of host: Host.ID) -> String {
    "qemu+ssh://\(HostAddress(host.rawValue).uriHost)/system"
  }

  /// A command that is not about a domain.
  func onHost(_ words: String...) -> Command {
    .program(["virsh", "-c", connection] + words)
  }

  /// A command about a domain.
  func run(_ command: String, _ domain: String, _ options: [String] = []) -> Command {
    .program(["virsh", "-c", connection, command, "--domain", domain] + options)
  }

  /// A migration of a domain to `target`.
  func migrate(_ domain: String, to target: Host.ID, options: [String]) -> Command {
    .program(
      ["virsh", "-c", connection, "migrate"] + options + [
        "--domain", domain, "--desturi", Self.uri(of: target),
      ])
  }
}
