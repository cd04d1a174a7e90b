import ArgumentParser
import StowageKit

/// `stowage replication`
struct ReplicationCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "replication",
    abstract: "What copying a VM's disks over a link takes: first copy, age, least bandwidth, cut-over.",
    discussion: """
      For one VM, or for --vms that are alike and share the link. Exit status 0: the RPO is held. 1: it is not, or a \
      limit of the replicator is exceeded.

      Example, VMware's own: 100 GB over 100 Mb/s take about three hours.
        stowage replication --disk-gib 93.13 --change-mib-per-s 0 --link-gbps 0.1
      """)

  @Option(help: ArgumentHelp("Disks of a VM.", valueName: "gib"))
  var diskGib: Double

  @Option(help: ArgumentHelp("What changes of them, counted by changed blocks.", valueName: "mib/s"))
  var changeMibPerS: Double

  @Option(help: ArgumentHelp("The link.", valueName: "gbps"))
  var linkGbps: Double

  @Option(help: ArgumentHelp("VMs that are alike and share the link.", valueName: "n"))
  var vms = 1

  @Option(name: .customLong("with"), help: "What copies.")
  var replicator = Replicator.vSphereReplication

  @Option(help: ArgumentHelp("Recovery point objective.", valueName: "s"))
  var rpo = 3600.0

  @Option(help: ArgumentHelp("Part of the data that compression takes away.", valueName: "percent"))
  var reduction = 0.0

  @Option(help: ArgumentHelp("Part that headers and encryption add.", valueName: "percent"))
  var overhead = 0.0

  @Option(help: ArgumentHelp("Part of the used rate that the link keeps free for it.", valueName: "percent"))
  var headroom = 0.0

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    try EstimateCommand.validate(
      positive: [("--link-gbps", linkGbps)],
      notNegative: [
        ("--disk-gib", diskGib), ("--change-mib-per-s", changeMibPerS), ("--rpo", rpo),
        ("--overhead", overhead), ("--headroom", headroom),
      ])
    guard reduction >= 0, reduction <= 99 else {
      throw ValidationError("--reduction must be 0 to 99 percent, not \(reduction)")
    }
    guard vms >= 1, vms <= 1_000_000 else {
      throw ValidationError("--vms must be 1 to 1000000, not \(vms)")
    }
  }

  func answer(on console: Console) -> ExitStatus {
    var question = ReplicationEstimate.Question(
      stream: ReplicationStream(
        diskMiB: diskGib * 1024, changeMiBPerSecond: changeMibPerS, reduction: reduction / 100,
        overhead: overhead / 100),
      gbps: linkGbps, replicator: replicator, objectiveSeconds: rpo)
    question.vms = vms
    question.headroom = headroom / 100
    let estimate = ReplicationEstimate(question)
    switch format {
    case .text: console.answer(estimate.text)
    case .json: console.answer(estimate.json)
    }
    return estimate.isHeld ? .answered : .no
  }
}
