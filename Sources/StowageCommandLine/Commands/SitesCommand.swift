import ArgumentParser
import StowageKit

/// `stowage sites`
struct SitesCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "sites",
    abstract: "Which ways lead VMs from site to site, how long they take, and why not the others.",
    discussion: """
      For every two sites: bandwidth, round trip, whether networks and storage are the same at both, and for each way \
      (live, live with disks copied, replicated and cut over, stopped and copied, disks shipped) how many VMs can take \
      it, how long that takes, and what stops the rest with what would lift it.

      Example:
        stowage sites fleet/ --platform vmware
      """)

  @OptionGroup var source: InventoryArguments

  @Option(help: "Platform that moves the VMs.")
  var platform = Platform.libvirt

  @Option(help: ArgumentHelp("Time that shipped disks are on the way.", valueName: "days"))
  var transportDays = 3.0

  @Flag(
    help: "Running VMs go by VMware HCX: its prerequisites hold (100 Mb/s, hardware version 9, no media).")
  var hcx = false

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    if hcx, platform != .vmware { throw ValidationError("--hcx goes with --platform vmware") }
    guard transportDays >= 0, transportDays <= 365 else {
      throw ValidationError("--transport-days must be 0 to 365, not \(transportDays)")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console).inventory else { return .badInput }
    var shipping = SiteStudy.ShippingTerms()
    shipping.transportSeconds = transportDays * 86_400
    let report = SiteStudy(inventory, platform: platform, shipping: shipping, usesHCX: hcx).report()
    switch format {
    case .text:
      console.answer(report.text(layout: Summary.Layout(style: console.usesColor ? .ansi : .plain)))
    case .json: console.answer(report.json)
    }
    return .answered
  }
}
