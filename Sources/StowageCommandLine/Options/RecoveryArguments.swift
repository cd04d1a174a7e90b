import ArgumentParser
import StowageKit

/// What is taken for granted of copies and restarts.
struct RecoveryArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Part of the data that compression takes away.", valueName: "percent"))
  var reduction = 0.0

  @Option(help: ArgumentHelp("Part that headers and encryption add.", valueName: "percent"))
  var overhead = 0.0

  @Option(help: ArgumentHelp("Part of the used rate that links keep free for it.", valueName: "percent"))
  var headroom = 25.0

  @Option(help: ArgumentHelp("Part of shared links that copies may use.", valueName: "percent"))
  var sharedLinks = 50.0

  @Option(help: ArgumentHelp("rpo_s of VMs that state only rto_s.", valueName: "s"))
  var defaultRpo = 3600.0

  @Option(help: ArgumentHelp("From the failure until somebody has decided.", valueName: "minutes"))
  var decisionMinutes = 10.0

  @Option(help: ArgumentHelp("To make one copy a VM of its host.", valueName: "s"))
  var promotionSeconds = 30.0

  @Option(help: ArgumentHelp("To boot a VM until it serves.", valueName: "s"))
  var bootSeconds = 60.0

  @Option(help: ArgumentHelp("Until clients follow.", valueName: "minutes"))
  var networkMinutes = 5.0

  @Option(help: ArgumentHelp("Restarts of a host at once.", valueName: "n"))
  var restartsAtOnce = 4

  func validate() throws {
    guard reduction >= 0, reduction <= 99 else {
      throw ValidationError("--reduction must be 0 to 99 percent, not \(reduction)")
    }
    guard sharedLinks > 0, sharedLinks <= 100 else {
      throw ValidationError("--shared-links must lie above 0 and at most at 100 percent, not \(sharedLinks)")
    }
    guard restartsAtOnce >= 1, restartsAtOnce <= 1000 else {
      throw ValidationError("--restarts-at-once must be 1 to 1000, not \(restartsAtOnce)")
    }
    let values = [
      ("overhead", overhead), ("headroom", headroom), ("default-rpo", defaultRpo),
      ("decision-minutes", decisionMinutes), ("promotion-seconds", promotionSeconds),
      ("boot-seconds", bootSeconds), ("network-minutes", networkMinutes),
    ]
    for (name, value) in values where !(value >= 0 && value <= 1e6) {
      throw ValidationError("--\(name) must be 0 to 1000000, not \(value)")
    }
    for (name, value) in values.prefix(2) where value > 1000 {
      throw ValidationError("--\(name) must be at most 1000 percent, not \(value)")
    }
  }

  func terms(sizing: SizingOptions, replicator: Replicator) -> RecoveryTerms {
    var terms = RecoveryTerms(sizing: sizing, replicator: replicator)
    terms.reduction = reduction / 100
    terms.overhead = overhead / 100
    terms.headroom = headroom / 100
    terms.sharedLinkPart = sharedLinks / 100
    terms.defaultObjectiveSeconds = defaultRpo
    terms.decisionSeconds = decisionMinutes * 60
    terms.promotionSeconds = promotionSeconds
    terms.bootSeconds = bootSeconds
    terms.networkSeconds = networkMinutes * 60
    terms.restartsAtOnce = restartsAtOnce
    return terms
  }
}
