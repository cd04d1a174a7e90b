public import StowageModel

extension Comparison {
  /// Two plans.
  public init(_ first: Plan, _ second: Plan, names: (String, String)) {
    var figures = [
      Self.figure("moves", "moves", Double(first.moves.count), Double(second.moves.count)) {
        Units.decimal($0)
      },
      Self.figure(
        "moved_vms", "VMs that move", Double(Set(first.moves.map(\.vm)).count),
        Double(Set(second.moves.map(\.vm)).count)
      ) { Units.decimal($0) },
      Self.figure(
        "hosts_off", "hosts switched off", Double(first.poweredOffHosts.count),
        Double(second.poweredOffHosts.count)
      ) { Units.decimal($0) },
      Self.figure(
        "makespan_s", "makespan", first.schedule.makespanSeconds, second.schedule.makespanSeconds
      ) { Units.duration(seconds: $0) },
      Self.figure(
        "lower_bound_s", "bound on the makespan", first.schedule.lowerBoundSeconds,
        second.schedule.lowerBoundSeconds
      ) { Units.duration(seconds: $0) },
      Self.figure("sent_mib", "data sent", Self.sent(first), Self.sent(second)) {
        Units.gibibytes(fromMiB: $0)
      },
      Self.figure("downtime_ms", "pauses together", Self.downtime(first), Self.downtime(second)) {
        Units.duration(milliseconds: $0)
      },
    ]
    for name in Objective.Name.allCases where name != .moves {
      let values = [first, second].map { plan in plan.objectives.first { $0.name == name }?.value }
      guard values.contains(where: { $0 != nil }) else { continue }
      figures.append(
        Self.figure(name.rawValue, name.title, values[0], values[1]) { name.text($0, currency: nil) })
    }
    self.init(
      kind: "plan", names: names, figures: figures, sections: Self.sections(first, second),
      plans: Pair(first: first, second: second))
  }

  private static func sent(_ plan: Plan) -> Double {
    plan.moves.reduce(0) { $0 + ($1.estimate?.bytesMiB ?? 0) }
  }

  private static func downtime(_ plan: Plan) -> Double {
    plan.moves.reduce(0) { $0 + ($1.estimate?.downtimeMilliseconds ?? 0) }
  }

  private static func sections(_ first: Plan, _ second: Plan) -> [Explanation.Section] {
    var (elsewhere, onlyFirst, onlySecond, otherwise): ([String], [String], [String], [String]) = (
      [], [], [], []
    )
    let (before, after) = (ways(first), ways(second))
    for vm in Set(before.keys).union(after.keys).sorted() {
      switch (before[vm], after[vm]) {
      case (let one?, let two?):
        if one.to != two.to {
          elsewhere.append("\(vm): to \(one.to) in A, to \(two.to) in B")
        } else if one.how != two.how {
          otherwise.append("\(vm) to \(one.to): \(one.how) in A, \(two.how) in B")
        }
      case (let one?, nil): onlyFirst.append("\(vm): \(one.from) to \(one.to)")
      case (nil, let two?): onlySecond.append("\(vm): \(two.from) to \(two.to)")
      case (nil, nil): break
      }
    }
    let ends = Set(first.placement.keys).union(second.placement.keys).sorted().filter {
      before[$0] == nil && after[$0] == nil && first.placement[$0] != second.placement[$0]
    }
    let off = (Set(first.poweredOffHosts), Set(second.poweredOffHosts))
    return [
      Explanation.Section("other_targets", "VMs that go elsewhere", elsewhere),
      Explanation.Section("only_a", "VMs that move only in A", onlyFirst),
      Explanation.Section("only_b", "VMs that move only in B", onlySecond),
      Explanation.Section("other_ways", "VMs that go there otherwise", otherwise),
      Explanation.Section(
        "other_starts", "VMs that do not move and start elsewhere",
        ends.map {
          "\($0): \(first.placement[$0]?.rawValue ?? "nowhere") in A, \(second.placement[$0]?.rawValue ?? "nowhere") in B"
        }),
      Explanation.Section(
        "off_only_a", "Hosts switched off only in A", off.0.subtracting(off.1).sorted().map(\.rawValue)),
      Explanation.Section(
        "off_only_b", "Hosts switched off only in B", off.1.subtracting(off.0).sorted().map(\.rawValue)),
    ]
  }

  private static func ways(_ plan: Plan) -> [VM.ID: (from: Host.ID, to: Host.ID, how: String)] {
    var ways: [VM.ID: (from: Host.ID, to: Host.ID, how: String)] = [:]
    for move in plan.moves.sorted(by: { ($0.startSeconds, $0.id) < ($1.startSeconds, $1.id) }) {
      let how = move.manner
      let known = ways[move.vm]
      ways[move.vm] = (known?.from ?? move.from, move.to, known.map { "\($0.how) and \(how)" } ?? how)
    }
    return ways
  }
}
