import ArgumentParser
import StowageKit

/// `stowage estimate`
struct EstimateCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "The technique table for one VM or an inventory: time, pause, bytes, slowdown, risk.",
    discussion: """
      With INVENTORY, each VM between its host and one like it, over the port of its host or --link-gbps; otherwise \
      the one VM that the options describe. With --out, writes estimate.json, estimate.csv and estimate.svg: time and \
      pause of the four techniques against the dirty rate, of that VM or of one with the medians of the inventory.

      Exit status 0: every VM can move. 1: some cannot, by no technique. 3: a file cannot be read.

      Examples, the first a cache that dirties memory faster than its link carries:
        stowage estimate --memory-mib 65536 --link-gbps 10 --working-set-mib 40960 \\
          --dirty-rate-mib-per-s 2560
        stowage estimate Inventories/enterprise --vms 'db-*' --out estimate/
      """)

  @Argument(help: "Folder, inventory.json, or export to read.", completion: .file())
  var inventory: String?

  @OptionGroup var reading: ReadingOptions

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("VMs to estimate; ids or globs.", valueName: "vm"))
  var vms: [String] = []

  @OptionGroup var machine: MachineArguments

  @Option(
    help: ArgumentHelp(
      "Bandwidth between the hosts; that of their ports for an inventory.", valueName: "gbps"))
  var linkGbps: Double?

  @Option(help: ArgumentHelp("Round trip between the hosts.", valueName: "ms"))
  var rttMs = 0.2

  @Option(help: "Platform that moves the VMs.")
  var platform = Platform.libvirt

  @OptionGroup var measured: CalibrationArguments

  @Option(help: ArgumentHelp("Folder for the estimate's files.", valueName: "dir"), completion: .directory)
  var out: String?

  @Option(help: "Answer for people or for programs.")
  var format = AnswerFormat.text

  func validate() throws {
    try Self.validate(positive: [("--link-gbps", linkGbps)], notNegative: [("--rtt-ms", rttMs)])
    guard inventory == nil else {
      if machine.isGiven { throw ValidationError("give an inventory, or the figures of one VM, not both") }
      return
    }
    if machine.memoryMib == nil { throw ValidationError("give an inventory, or --memory-mib of one VM") }
    if linkGbps == nil { throw ValidationError("--memory-mib needs --link-gbps") }
    if !vms.isEmpty { throw ValidationError("--vms goes with an inventory") }
    if reading.areGiven {
      throw ValidationError(
        "--also, --utilisation, --rules and --from say how an inventory is read: give one")
    }
  }

  static func validate(positive: [(String, Double?)], notNegative: [(String, Double?)]) throws {
    for (name, value) in positive {
      if let value, !(value > 0 && value < 1e9) {
        throw ValidationError("\(name) must be above 0, not \(value)")
      }
    }
    for (name, value) in notNegative {
      if let value, !(value >= 0 && value < 1e9) {
        throw ValidationError("\(name) must not be negative: \(value)")
      }
    }
  }

  func answer(on console: Console) -> ExitStatus {
    let (isUsable, calibration) = measured.load(for: platform, on: console)
    guard isUsable else { return .badInput }
    let estimator = Estimator(
      engine: .of(PlanOptions(platform: platform, calibration: calibration)), gbps: linkGbps,
      roundTripMilliseconds: rttMs)
    guard let estimate = estimate(by: estimator, on: console) else { return .badInput }
    if let out, !console.write(estimate.files, to: out) { return .badInput }
    let layout = Summary.Layout(style: console.usesColor ? .ansi : .plain)
    switch (format, estimate.machines.count) {
    case (.json, _): console.answer(estimate.json)
    case (.text, 1): console.answer(estimate.machines[0].estimate.text(layout: layout))
    case (.text, _): console.answer(estimate.text(layout: layout))
    }
    return estimate.machines.allSatisfy { $0.estimate.chosen != nil } ? .answered : .no
  }

  private func estimate(by estimator: Estimator, on console: Console) -> FleetEstimate? {
    guard let inventory else { return machine.vm.map { estimator.estimate($0) } }
    guard let fleet = reading.load(inventory, on: console).inventory else { return nil }
    let problems = PlanRequest.problems(PlanOptions(vms: vms), in: fleet)
    for problem in problems { console.note(problem.description) }
    return problems.isEmpty ? estimator.estimate(fleet, vms: vms) : nil
  }
}
