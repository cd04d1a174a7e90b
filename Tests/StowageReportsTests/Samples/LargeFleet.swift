import StowageModel
import StowageReports

/// A fleet with as many moves as wanted, from a seed. Its plan is not legal: it only has the size
/// and shape of one.
enum LargeFleet {
  static func input(hosts: Int, moves: Int, seed: UInt64) -> ReportInput {
    var generator = SeededGenerator(seed: seed)
    let fleet = (0..<hosts).map { number in
      var host = Host(id: Host.ID("host-\(padded(number, 4))"), cores: 64, memoryMiB: 1_048_576)
      host.cpuOvercommitRatio = 4
      host.powerIdleWatts = 210
      host.networkGbps = 25
      return host
    }
    let kept = hosts * 3 / 5
    let vms = (0..<(moves * 2)).map { number in
      var vm = VM(
        id: VM.ID("vm-\(padded(number, 5))"), vCPUs: Double(Int.random(in: 1...8, using: &generator)),
        memoryMiB: Double(1 << Int.random(in: 11...15, using: &generator)))
      // What does not move is on a host that stays on.
      vm.host = fleet[Int.random(in: 0..<(number < moves ? hosts : kept), using: &generator)].id
      vm.dirtyRateMiBPerSecond =
        number.isMultiple(of: 3) ? Double.random(in: 1...1500, using: &generator) : nil
      return vm
    }
    let plannedMoves = (0..<moves).map { number in
      move(
        number, vm: vms[number], to: fleet[Int.random(in: 0..<kept, using: &generator)].id, using: &generator)
    }
    return input(fleet: fleet, vms: vms, moves: plannedMoves, off: fleet.suffix(hosts - kept).map(\.id))
  }

  private static func move(
    _ number: Int, vm: VM, to: Host.ID, using generator: inout SeededGenerator
  ) -> Move {
    let start = Double(number) * 2.5 + Double.random(in: 0...20, using: &generator)
    let length = Double.random(in: 4...90, using: &generator)
    let techniques: [Technique] = [.preCopy, .preCopy, .preCopy, .preCopy, .hybrid, .postCopy, .cold]
    let technique = techniques[Int.random(in: 0..<techniques.count, using: &generator)]
    return Move(
      id: Move.ID("m\(padded(number + 1, 4))"), vm: vm.id, from: vm.host ?? "host-0000", to: to,
      technique: technique,
      wave: 1 + number / 40, startSeconds: start, endSeconds: start + length,
      sourceReleasedSeconds: start + length,
      targetReservedSeconds: start, rateMiBPerSecond: technique == .cold ? 0 : 1096.7, links: [],
      after: number < 40 ? [] : [Move.ID("m\(padded(number - 39, 4))")],
      estimate: MoveEstimate(
        bytesMiB: vm.memoryMiB * 1.1, downtimeMilliseconds: technique == .cold ? 90_000 : 300, rounds: 3,
        lowSeconds: length * 0.9, highSeconds: length * 1.2, guestSlowdownSeconds: 0, lossProbability: 0),
      reason: "emptied",
      rejected: technique == .preCopy ? [] : [RejectedTechnique(.preCopy, because: "does not converge")])
  }

  private static func input(fleet: [Host], vms: [VM], moves: [Move], off: [Host.ID]) -> ReportInput {
    let inventory = Inventory(hosts: fleet, vms: vms)
    var placement: [VM.ID: Host.ID] = [:]
    for vm in vms { placement[vm.id] = vm.host }
    for move in moves { placement[move.vm] = move.to }
    let end = moves.map(\.endSeconds).max() ?? 0
    let plan = Plan(
      generator: "stowage 0.1.0",
      inventory: .init(sha256: String(repeating: "0", count: 64), hosts: fleet.count, vms: vms.count),
      goal: .consolidate, seed: 1, options: PlanOptions(), outcome: .feasible,
      objectives: [
        Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial),
        Objective(
          .hostsOn, value: Double(fleet.count - off.count), lowerBound: Double(fleet.count - off.count - 3),
          proof: .volume),
      ], placement: placement, poweredOffHosts: off, moves: moves,
      schedule: .init(
        makespanSeconds: end, lowerBoundSeconds: end * 0.8, binding: "spine: 40 TiB at 36.8 Gb/s"),
      unplaced: [], violationsAtStart: [], assumptions: [])
    return ReportInput(
      inventory: inventory, plan: plan, hostLoads: Room.loads(inventory, plan), isVerified: true)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
