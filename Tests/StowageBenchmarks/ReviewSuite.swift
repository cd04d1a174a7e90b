import ArgumentParser
import StowageKit

/// The capacity review of a fleet, its ten what-ifs included, and its pages.
struct ReviewSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Reviews a generated fleet and renders all of its pages.")

  @Option(help: "Hosts of the generated fleet; about ten VMs each.")
  var hosts = 1000

  @Option(help: "Seed of the generated fleet.")
  var seed: UInt64 = 1

  @Option(help: "Review this inventory instead of a generated one.")
  var inventory: String?

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let fleet: Inventory
    if let inventory {
      guard let read = InventoryReader.read(inventory).inventory else { throw ExitCode(3) }
      fleet = read
    } else {
      fleet = GeneratedFleet(hosts: hosts, seed: seed).inventory
    }
    var (review, computed) = Measurement.of {
      Reviewer().review(fleet, options: PlanOptions())
    }
    computed.name = "review"
    computed.value = Double(review.whatIfs.count)
    computed.extra = [("hosts", "\(fleet.hosts.count)"), ("vms", "\(fleet.vms.count)")]
    var (files, rendered) = Measurement.of { ReviewFiles.all(review) }
    rendered.name = "pages"
    rendered.value = Double(files.count)
    rendered.extra = [("html_kib", "\(files[0].bytes.count / 1024)")]
    Measurement.show([computed, rendered], asJSON: format == .json)
  }
}

/// The runbook of a plan of many moves, in every format.
struct RunbookSuite: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runbook", abstract: "Renders the runbook of many moves in every format.")

  @Option(help: "Moves; half as many VMs again stay.")
  var moves = 5000

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    let input = Self.input(moves: moves)
    var measurements: [Measurement] = []
    for kind in RunbookFormat.allCases where kind.holdsCommands {
      var (text, measurement) = try Measurement.of { try Runbook(input).text(kind) }
      measurement.name = "runbook-\(kind.rawValue)"
      measurement.value = Double(moves)
      measurement.extra = [("kib", "\(text.utf8.count / 1024)")]
      measurements.append(measurement)
    }
    Measurement.show(measurements, asJSON: format == .json)
  }

  /// A plan that moves every VM of a generated fleet to the host two further on. It need not be legal: it
  /// has the size and shape of one.
  private static func input(moves count: Int) -> ReportInput {
    let inventory = GeneratedFleet(hosts: max(3, count / 8), seed: 1).inventory
    let hosts = inventory.hosts.map(\.id)
    let positions = Dictionary(uniqueKeysWithValues: hosts.enumerated().map { ($1, $0) })
    var placement: [VM.ID: Host.ID] = [:]
    var moves: [Move] = []
    for vm in inventory.vms {
      guard let from = vm.host, let position = positions[from] else { continue }
      placement[vm.id] = from
      guard moves.count < count else { continue }
      let to = hosts[(position + 2) % hosts.count]
      let number = moves.count
      let start = Double(number / 40 * 30)
      placement[vm.id] = to
      moves.append(
        Move(
          id: Move.ID("m\(number + 1)"), vm: vm.id, from: from, to: to,
          technique: [.preCopy, .preCopy, .preCopy, .hybrid, .cold][number % 5], wave: 1 + number / 400,
          startSeconds: start, endSeconds: start + 25, sourceReleasedSeconds: start + 25,
          targetReservedSeconds: start, rateMiBPerSecond: 1096.7, links: ["\(from):out", "\(to):in"],
          after: number >= 40 ? [Move.ID("m\(number - 39)")] : [],
          estimate: MoveEstimate(
            bytesMiB: vm.memoryMiB, downtimeMilliseconds: 300, rounds: 3, lowSeconds: 20, highSeconds: 30,
            guestSlowdownSeconds: 0, lossProbability: 0), reason: "emptied", rejected: []))
    }
    let plan = Plan(
      generator: ProgramVersion.generator,
      inventory: .init(
        sha256: String(repeating: "0", count: 64), hosts: inventory.hosts.count, vms: inventory.vms.count),
      goal: .consolidate, seed: 1, options: PlanOptions(), outcome: .feasible, objectives: [],
      placement: placement, poweredOffHosts: [], moves: moves,
      schedule: .init(makespanSeconds: moves.map(\.endSeconds).max() ?? 0, lowerBoundSeconds: 0, binding: ""),
      unplaced: [], violationsAtStart: [], assumptions: [])
    return ReportInput(inventory: inventory, plan: plan, isVerified: true)
  }
}
