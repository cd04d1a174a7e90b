import StowageFleet
import StowageModel

@testable import StowageSequencing

/// Fleets for the head. A unit of memory is 1096 MiB: 10 s over 1 Gb/s (109.6 MiB/s), so a VM of
/// three units moves in 30 s.
struct TinyFleet {
  static let unitMiB = 1096.0

  var hosts: [Host] = []
  var vms: [VM] = []
  var links: [Link] = []
  var rules: [Rule] = []
  var options = PlanOptions()

  /// Hosts `h1`, `h2`, … of so many units each, every one with a port of 1 Gb/s.
  init(_ units: Double..., gbps: Double? = 1) {
    for (index, units) in units.enumerated() {
      var host = Host(id: Host.ID("h\(index + 1)"), cores: 64, memoryMiB: units * Self.unitMiB)
      host.migrationNetworkGbps = gbps
      host.cluster = "c"
      hosts.append(host)
    }
  }

  /// Adds a VM of so many units to a host.
  mutating func add(_ id: String, _ units: Double, on host: Int, _ change: (inout VM) -> Void = { _ in }) {
    var vm = VM(
      id: VM.ID(id), vCPUs: 1, memoryMiB: units * Self.unitMiB, host: Host.ID("h\(host)"))
    change(&vm)
    vms.append(vm)
  }

  var inventory: Inventory { Inventory(hosts: hosts, vms: vms, links: links, rules: rules) }

  var fleet: Fleet { Fleet(inventory, options: options) }

  /// The answer for a placement that differs from the start by the given VMs and host numbers.
  func schedule(
    _ targets: [String: Int], forecaster: PlainForecaster = PlainForecaster(), attempts: Int = 8
  ) -> SequencingAnswer {
    let fleet = fleet
    let placement = fleet.vms.indices.map { vm in
      targets[fleet.vms[vm].id.rawValue].map { $0 - 1 } ?? fleet.start[vm]
    }
    do {
      return try Sequencer(fleet: fleet, forecaster: forecaster, attempts: attempts).schedule(to: placement)
    } catch {
      preconditionFailure("no solver is asked: \(error)")
    }
  }

  /// The sequence, checked; `nil` when stuck.
  func sequence(
    _ targets: [String: Int], forecaster: PlainForecaster = PlainForecaster(), attempts: Int = 8
  ) -> MoveSequence? {
    guard case .scheduled(let sequence) = schedule(targets, forecaster: forecaster, attempts: attempts) else {
      return nil
    }
    return sequence
  }
}

extension MoveSequence {
  /// The moves of a VM in short: `a h1>h2 pre-copy 0.0-10.0 @109.6`.
  var lines: [String] {
    moves.map { move in
      "\(move.vm) \(move.from)>\(move.to) \(move.technique.rawValue) "
        + "\(move.startSeconds)-\(move.endSeconds) @\(move.rateMiBPerSecond)"
    }
  }

  /// The first move of a VM.
  func move(_ vm: String) -> Move? {
    moves.first { $0.vm.rawValue == vm }
  }
}
