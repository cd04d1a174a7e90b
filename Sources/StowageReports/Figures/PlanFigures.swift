import StowageModel

/// What the pages say about a plan as a whole, worked out once.
struct PlanFigures {
  /// Hosts that hold a VM at the start, or that the plan switches off.
  let hostsOnAtStart: Int
  /// Hosts that hold a VM at the end.
  let hostsOnAtEnd: Int
  /// Memory of the moved VMs in MiB, each move counted.
  let movedMiB: Double
  /// Data sent over the network in MiB by the moves that have an estimate.
  let sentMiB: Double
  /// Moves without an estimate, as in a plan that was written by hand.
  let unestimatedMoves: Int
  /// VMs that move at least once.
  let movedVMs: Int
  /// Pauses of running VMs.
  let downtime: Downtime
  /// The moves by wave.
  let waves: [Wave]

  init(_ input: ReportInput) {
    let plan = input.plan
    var before = Set(plan.poweredOffHosts)
    var memory: [VM.ID: Double] = [:]
    var running: Set<VM.ID> = []
    for vm in input.inventory.vms {
      if let host = vm.host { before.insert(host) }
      if vm.powerState == .on { running.insert(vm.id) }
      memory[vm.id] = vm.memoryMiB
    }
    hostsOnAtStart = before.count
    hostsOnAtEnd = Set(plan.placement.values).count
    movedMiB = plan.moves.reduce(0) { $0 + memory[$1.vm, default: 0] }
    sentMiB = plan.moves.reduce(0) { $0 + ($1.estimate?.bytesMiB ?? 0) }
    unestimatedMoves = plan.moves.count { $0.estimate == nil }
    movedVMs = Set(plan.moves.map(\.vm)).count
    downtime = Downtime(plan.moves.filter { running.contains($0.vm) })
    waves = Wave.waves(of: plan.moves)
  }

  /// How often each technique is used, in the techniques' order, unused ones left out.
  static func techniques(of moves: [Move]) -> [(technique: Technique, count: Int)] {
    var counts: [Technique: Int] = [:]
    for move in moves { counts[move.technique, default: 0] += 1 }
    return counts.map { (technique: $0.key, count: $0.value) }.sorted { $0.technique < $1.technique }
  }
}

/// The pauses that running VMs see.
struct Downtime {
  /// All pauses together, in ms.
  let totalMilliseconds: Double
  /// The longest pause and its move, the first among equals; `nil` when no estimated move is there.
  let longest: (move: Move, milliseconds: Double)?

  init(_ moves: [Move]) {
    var total = 0.0
    var longest: (move: Move, milliseconds: Double)?
    for move in moves {
      guard let pause = move.estimate?.downtimeMilliseconds else { continue }
      total += pause
      if longest.map({ pause > $0.milliseconds }) ?? true { longest = (move, pause) }
    }
    totalMilliseconds = total
    self.longest = longest
  }
}

/// Moves that wait for the same depth of other moves, and may overlap in time with those of other waves; or,
/// where the request asks for waves, moves that go between two gates.
struct Wave {
  /// 1 for the first.
  let number: Int
  /// By start, then by id.
  let moves: [Move]
  /// First start, in s.
  let startSeconds: Double
  /// Last end, in s.
  let endSeconds: Double

  /// What follows the last move where waves were asked for.
  func gate(_ policy: WavePolicy) -> String {
    let reserved = policy.reservedSeconds(afterMovesOf: endSeconds - startSeconds)
    let gate = Units.offset(seconds: endSeconds + policy.validationSeconds)
    return "gate at \(gate), after \(Units.duration(seconds: policy.validationSeconds)) to see to its VMs; "
      + "time to go back until \(Units.offset(seconds: endSeconds + reserved))"
  }

  static func waves(of moves: [Move]) -> [Wave] {
    Dictionary(grouping: moves, by: \.wave).sorted { $0.key < $1.key }.map { number, moves in
      let sorted = moves.sorted { ($0.startSeconds, $0.id) < ($1.startSeconds, $1.id) }
      return Wave(
        number: number, moves: sorted, startSeconds: sorted.map(\.startSeconds).min() ?? 0,
        endSeconds: sorted.map(\.endSeconds).max() ?? 0)
    }
  }
}
