public import ArgumentParser
public import StowageKit

/// `stowage protect`
struct ProtectCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "protect",
    abstract:
      "Plans copies at other sites for VMs with rpo_s or rto_s, and their restart when a site is lost.",
    discussion: """
      Chooses for every such VM a host, a place for its disks, an interval and a rate, so that when any one site fails \
      its VMs find room, their data is no older than rpo_s and they serve within rto_s. Prints what holds and what does \
      not, with the least bandwidth or the smallest conflict; with --out writes recovery.json, replicas.csv, \
      recovery.html, setup.md, failover.md and test-failover.md. `stowage verify` judges recovery.json.

      Exit status: 0 every VM is protected as asked; 1 some cannot be; 2 could not tell within the limits.

      Example:
        stowage protect fleet/ --with vsphere-replication --out recovery/
      """)

  @OptionGroup var source: InventoryArguments
  @OptionGroup var sizing: SizingArguments

  @Option(help: "Platform that the VMs run on.")
  var platform = Platform.libvirt

  @Option(name: .customLong("with"), help: "What keeps the copies in step; the platform's own by default.")
  var replicator: Replicator?

  @Option(help: ArgumentHelp("Folder for the plan's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @OptionGroup var terms: RecoveryArguments

  @OptionGroup var search: SearchArguments

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func answer(on console: Console) -> ExitStatus {
    guard let inventory = source.load(on: console).inventory else { return .badInput }
    let own = terms.terms(sizing: sizing.sizing, replicator: replicator ?? .of(platform))
    console.progress("planning …")
    do {
      let protector = Protector(timeLimitSeconds: search.timeLimit, isDeterministic: search.deterministic)
      let input = try protector.protect(inventory, terms: own, platform: platform)
      console.progress("")
      return show(input, on: console)
    } catch {
      console.progress("")
      console.note("error: the solver failed: \(error)")
      return .undecided
    }
  }

  private func show(_ input: RecoveryInput, on console: Console) -> ExitStatus {
    guard input.isVerified else {
      let first = input.findings.prefix(3).joined(separator: "; ")
      console.note("error: the plan that was found does not hold: \(first)")
      return .undecided
    }
    if let out, !console.write(RecoveryFiles.all(input), to: out) { return .badInput }
    switch format {
    case .text:
      let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
      console.answer(RecoverySummary(input, layout: layout).text)
    case .json: console.answer(String(decoding: RecoveryDocument.encode(input.plan), as: UTF8.self))
    }
    if input.plan.refusals.isEmpty { return .answered }
    return input.plan.unprotected.lowerBound > 0 ? .no : .undecided
  }
}

extension Replicator: ExpressibleByArgument {}
