public import StowageModel

/// The document by which people execute a plan: each step with its check, its command, how to see
/// progress, how to know that it worked, and the way back.
///
/// Written so that any block can be copied into a terminal: commands spell out hosts and VMs
/// instead of relying on variables set further up.
public struct Runbook: Sendable {
  let input: ReportInput
  let platform: Platform
  let figures: PlanFigures
  let names: Names

  /// The runbook of a plan for a platform, the plan's own unless given.
  public init(_ input: ReportInput, platform: Platform? = nil) {
    self.input = input
    self.platform = platform ?? input.plan.options.platform
    figures = PlanFigures(input)
    names = Names(input.inventory)
  }

  /// The runbook in Markdown, each line ended by a line break.
  public func markdown() throws(RunbookFailure) -> String {
    let guide = try guide()
    var page = MarkdownPage()
    addHead(to: &page)
    addPreconditions(guide, to: &page)
    for wave in figures.waves { add(wave, guide: guide, to: &page) }
    addSwitchOff(guide, to: &page)
    addClosing(to: &page)
    return page.text
  }

  /// The platform's commands.
  private func guide() throws(RunbookFailure) -> any RunbookGuide {
    switch platform {
    case .libvirt: LibvirtGuide(input, names: names)
    case .vmware, .hyperv, .proxmox, .openstack, .ganeti, .xcpng:
      throw .platformNotAvailable(platform)
    }
  }
}
