public import ArgumentParser
public import StowageKit

/// What a balance lowers, and when it stops.
struct BalanceArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What a balance lowers first: the highest utilisation, or the spread of every resource over all hosts.",
      valueName: "highest|spread"))
  var first = BalanceOrder.highest

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Move only what brings hosts under so many percent of a resource: cpu=70,memory=80 (goal balance).",
      valueName: "resource=percent"))
  var target: [UtilisationTargets] = []

  @Option(
    help: ArgumentHelp(
      "Percentage points by which each move must lower what is lowered first (goal balance).",
      valueName: "points"))
  var minGain: Double?

  func validate() throws {
    if let minGain, !(minGain > 0 && minGain <= 100) {
      throw ValidationError("--min-gain must be above 0 and at most 100 points, not \(minGain)")
    }
    let names = target.flatMap { $0.percent.keys }
    if let twice = names.sorted().first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError("--target names \(twice.rawValue) twice")
    }
    if !target.isEmpty, first == .spread || minGain != nil {
      throw ValidationError(
        "--target is all that a balance then lowers: it does not go with --first or --min-gain")
    }
  }

  /// Refuses what only a balance can be asked.
  func demandGoal(_ goal: Goal) throws {
    guard goal != .balance else { return }
    for (name, isGiven) in [
      ("--min-gain", minGain != nil), ("--first", first != .highest), ("--target", !target.isEmpty),
    ] where isGiven {
      throw ValidationError("\(name) goes with --goal balance")
    }
  }

  /// Enters what was asked.
  func enter(in options: inout PlanOptions) {
    options.leastGainPercent = minGain
    options.balanceFirst = first
    for targets in target { options.targetPercent.merge(targets.percent) { $1 } }
  }
}

extension BalanceOrder: ExpressibleByArgument {}

/// `cpu=70,memory=80`
struct UtilisationTargets: ExpressibleByArgument {
  let percent: [Resource: Double]

  /// Every part must name a resource, each once, with a percentage above 0 and at most 100.
  init?(argument: String) {
    var percent: [Resource: Double] = [:]
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let resource = Resource(rawValue: String(sides[0])),
        let value = Double(sides[1]), value > 0, value <= 100, percent[resource] == nil
      else { return nil }
      percent[resource] = value
    }
    self.percent = percent
  }
}
