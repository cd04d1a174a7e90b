import StowageModel

/// What a platform contributes to a runbook: commands, and what to look for in their answers.
///
/// Texts are Markdown: names in them are already quoted by ``MarkdownText``. Commands are in no
/// language yet: each format quotes them for its own.
protocol RunbookGuide: Sendable {
  /// What must be so before the first move.
  var preconditions: [RunbookPart] { get }

  /// What to look at on the hosts of a wave before it is let go.
  func goChecks(of wave: Wave) -> RunbookPart

  /// How a move is done.
  func procedure(of move: Move) -> Procedure

  /// How a host that is to be emptied is kept from taking new VMs.
  func close(_ host: Host.ID) -> RunbookPart

  /// How an empty host is switched off.
  func switchOff(_ host: Host.ID) -> RunbookPart

  /// How a host comes back into service.
  func bringBack(_ host: Host.ID) -> RunbookPart
}

extension Platform {
  /// The guide of the platform, in the dialect that a format speaks.
  func guide(_ input: ReportInput, names: Names, dialect: RunbookDialect) -> any RunbookGuide {
    let facts = GuideFacts(input, names: names)
    switch self {
    case .libvirt: return LibvirtGuide(facts)
    case .vmware:
      return dialect == .powerShell ? PowerCLIGuide(facts) : GovcGuide(facts)
    case .hyperv: return HyperVGuide(facts)
    case .proxmox: return ProxmoxGuide(facts)
    case .openstack: return OpenStackGuide(facts)
    case .ganeti: return GanetiGuide(facts)
    case .xcpng: return XCPngGuide(facts)
    case .kubevirt: return KubeVirtGuide(facts)
    }
  }
}

/// The language in which commands are shown.
enum RunbookDialect: Sendable {
  /// POSIX shell.
  case shell
  /// PowerShell.
  case powerShell

  /// The language that an operator of a platform types.
  static func native(to platform: Platform) -> RunbookDialect {
    switch platform {
    case .hyperv: .powerShell
    case .libvirt, .vmware, .proxmox, .openstack, .ganeti, .xcpng, .kubevirt: .shell
    }
  }
}
