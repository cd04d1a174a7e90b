import StowageModel
import StowageReports

extension Room {
  static let plan = Plan(
    generator: "stowage 0.1.0",
    inventory: .init(
      sha256: "5f0c0ffee5f0c0ffee5f0c0ffee5f0c0ffee5f0c0ffee5f0c0ffee5f0c0ffee0", hosts: 6, vms: 11),
    goal: .consolidate, seed: 1, options: PlanOptions(), outcome: .feasible,
    objectives: [
      Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial),
      Objective(.hostsOn, value: 4, lowerBound: 4, proof: .mix),
      Objective(.movedMiB, value: 135_168, lowerBound: 122_880, proof: .mustMove),
    ],
    placement: placement, poweredOffHosts: ["r1-h03", "r2-h03"], moves: moves,
    schedule: .init(
      makespanSeconds: 163.2, lowerBoundSeconds: 150.9, binding: "r2-h03 out: 64.2 GiB at 9.2 Gb/s"),
    unplaced: [],
    violationsAtStart: [.init(rule: "licence", detail: "db-2 runs on r2-h01, which has no licence")],
    assumptions: ["dirty rate of 5 VMs unknown: taken as that of an ordinary server"])

  private static let placement: [VM.ID: Host.ID] = {
    var placement: [VM.ID: Host.ID] = [:]
    for vm in inventory.vms { placement[vm.id] = vm.host }
    for move in moves { placement[move.vm] = move.to }
    return placement
  }()

  private static let moves: [Move] = [
    Move(
      id: "m0001", vm: "web-1", from: "r1-h03", to: "r1-h02", technique: .preCopy, wave: 1,
      startSeconds: 0, endSeconds: 9.412, sourceReleasedSeconds: 9.412, targetReservedSeconds: 0,
      rateMiBPerSecond: 1096.7, links: ["r1-h03:out", "r1-h02:in"], after: [],
      estimate: estimate(mib: 8417, pause: 287, rounds: 3, low: 8.9, high: 10.6), reason: "r1-h03 is emptied",
      rejected: [
        RejectedTechnique(
          .postCopy, because: "same time, 7.5 s window in which a host failure loses the VM")
      ]),
    Move(
      id: "m0002", vm: "install-media", from: "r2-h03", to: "r2-h01", technique: .cold, wave: 1,
      startSeconds: 0, endSeconds: 91.5, sourceReleasedSeconds: 30, targetReservedSeconds: 31.5,
      rateMiBPerSecond: 0, links: ["r2-h03:out", "r2-h01:in"], after: [],
      estimate: estimate(mib: 0, pause: 91_500, rounds: 0, low: 80, high: 120), reason: "r2-h03 is emptied",
      rejected: [RejectedTechnique(.preCopy, because: "a CD image is attached: eject it to move live")]),
    Move(
      id: "m0003", vm: "old-erp", from: "r2-h03", to: "r2-h02", technique: .cold, wave: 1,
      startSeconds: 0, endSeconds: 1.5, sourceReleasedSeconds: 0, targetReservedSeconds: 1.5,
      rateMiBPerSecond: 0, links: ["r2-h03:out", "r2-h02:in"], after: [],
      estimate: estimate(mib: 0, pause: 0, rounds: 0, low: 1.5, high: 1.5), reason: "r2-h03 is emptied",
      rejected: []),
    Move(
      id: "m0004", vm: "queue-1", from: "r2-h03", to: "r2-h02", technique: .postCopy, wave: 1,
      startSeconds: 1.5, endSeconds: 19.2, sourceReleasedSeconds: 19.2, targetReservedSeconds: 1.5,
      rateMiBPerSecond: 1096.7, links: ["r2-h03:out", "r2-h02:in"], after: [],
      estimate: estimate(
        mib: 16_384, pause: 1083, rounds: 1, low: 17.1, high: 21.4, slowdown: 3.1, loss: 0.000012),
      reason: "r2-h03 is emptied",
      rejected: [
        RejectedTechnique(
          .preCopy, because: "does not converge: dirties 1,200 MiB/s, path carries 1,097 MiB/s")
      ]),
    Move(
      id: "m0005", vm: "app-1", from: "r1-h03", to: "r1-h02", technique: .preCopy, wave: 2,
      startSeconds: 9.412, endSeconds: 43.2, sourceReleasedSeconds: 43.2, targetReservedSeconds: 9.412,
      rateMiBPerSecond: 1096.7, links: ["r1-h03:out", "r1-h02:in"], after: ["m0001"],
      estimate: estimate(mib: 35_338, pause: 295, rounds: 4, low: 32.9, high: 37.7),
      reason: "r1-h03 is emptied",
      rejected: []),
    Move(
      id: "m0006", vm: "files-1", from: "r2-h03", to: "r2-h02", technique: .preCopy, wave: 2,
      startSeconds: 19.2, endSeconds: 65.8, sourceReleasedSeconds: 65.8, targetReservedSeconds: 19.2,
      rateMiBPerSecond: 1096.7, links: ["r2-h03:out", "r2-h02:in"], after: ["m0004"],
      estimate: estimate(mib: 49_200, pause: 210, rounds: 2, low: 44.0, high: 52.0),
      reason: "r2-h03 is emptied",
      rejected: []),
    Move(
      id: "m0007", vm: "cache-1", from: "r1-h03", to: "r1-h01", technique: .hybrid, wave: 3,
      startSeconds: 43.2, endSeconds: 163.2, sourceReleasedSeconds: 163.2, targetReservedSeconds: 43.2,
      rateMiBPerSecond: 1096.7, links: ["r1-h03:out", "r1-h01:in"], after: ["m0005"],
      estimate: estimate(
        mib: 79_872, pause: 573, rounds: 2, low: 110, high: 131, slowdown: 27.4, loss: 0.00002),
      reason: "r1-h03 is emptied",
      rejected: [
        RejectedTechnique(
          .preCopy, because: "does not converge: dirties 2,560 MiB/s, path carries 1,097 MiB/s"),
        RejectedTechnique(.postCopy, because: "84 s window, hybrid's is 28 s"),
      ]),
  ]

  private static func estimate(
    mib: Double, pause: Double, rounds: Int, low: Double, high: Double, slowdown: Double = 0, loss: Double = 0
  ) -> MoveEstimate {
    MoveEstimate(
      bytesMiB: mib, downtimeMilliseconds: pause, rounds: rounds, lowSeconds: low, highSeconds: high,
      guestSlowdownSeconds: slowdown, lossProbability: loss)
  }

  /// Demand as the sizing rules count it: an off VM keeps its slot and nothing else.
  static func loads(_ inventory: Inventory, _ plan: Plan) -> [HostLoad] {
    inventory.hosts.map { host in
      var capacity = Capacity()
      capacity[.cpu] = Int64(host.cores * (host.cpuOvercommitRatio ?? 1) * 1000)
      capacity[.memory] = Int64(host.memoryMiB * 1024)
      return HostLoad(
        host: host.id, capacity: capacity,
        start: demand(of: inventory.vms.filter { $0.host == host.id }),
        end: demand(of: inventory.vms.filter { plan.placement[$0.id] == host.id }))
    }
  }

  private static func demand(of vms: [VM]) -> Amounts {
    vms.reduce(Amounts.zero) { sum, vm in
      let runs = vm.powerState == .on
      return sum
        + Amounts(
          cpu: runs ? Int64(vm.vCPUs * 1000) : 0, memory: runs ? Int64(vm.memoryMiB * 1024) : 0, slots: 1)
    }
  }
}
