import StowageCosts
import StowageDiagnostics
import StowageFleet
import StowageModel
import StowagePlacement
import StowageReports
import StowageSequencing

/// Turns what planner and sequencer know about a failure into the words of ``NoPlan``.
struct NoPlanWords {
  let request: PlanRequest
  let inventory: Inventory
  let fleet: Fleet

  func infeasible(_ infeasibility: Infeasibility) -> NoPlan {
    var noPlan = page(
      .infeasible(proof: infeasibility.conflicts.first.map(proof) ?? "the program of all rules"))
    noPlan.conflict = infeasibility.conflicts.map(sentence)
    noPlan.refusals = infeasibility.conflicts.compactMap { conflict in
      if case .nowhere(let vm, let obstacles) = conflict { refusal(vm, obstacles) } else { nil }
    }
    return noPlan
  }

  func undecided(_ undecided: Undecided) -> NoPlan {
    var noPlan = page(.undecided(limit: "the limits of the search"))
    noPlan.progress = [
      undecided.vms.isEmpty
        ? nobodyLeft : "\(undecided.vms.count) of \(fleet.vms.count) VMs were left without a host"
    ]
    noPlan.refusals = undecided.vms.prefix(1).map { refusal($0, undecided.obstacles) }
    noPlan.remedies = ["give it more time (--time-limit), or relax a rule that is named above"]
    return noPlan
  }

  /// What was not found where every VM alone has a host.
  private var nobodyLeft: String {
    let rules = Set(fleet.failovers.filter(\.isHard).map(\.rule)).sorted().map {
      Diagnostic.quoted($0.rawValue)
    }
    let found = "every VM has a host, but no placement that was found"
    guard !rules.isEmpty else { return "\(found) keeps all rules" }
    let names = rules.joined(separator: ", ")
    return "\(found) is shown to survive failures as \(names) asks"
  }

  /// No order of moves. `isGiven` says whether the placement was given: then a proof that it cannot be
  /// reached is the answer; where it was sought, there may be another.
  func stuck(_ stuck: Stuck, isGiven: Bool) -> NoPlan {
    if let obstacle = stuck.waveObstacle { return noWaves(obstacle, stuck.blockages) }
    let limit =
      isGiven
      ? "no legal order of moves to the given placement was found"
      : "placements were found, but no legal order of moves to any of them"
    var noPlan = page(.undecided(limit: limit))
    if isGiven, stuck.certainty == .proved {
      noPlan.finding = .infeasible(
        proof:
          "every order of live moves, over third hosts too, while VMs that the placement leaves alone stay")
    }
    noPlan.progress = stuck.blockages.prefix(10).map(sentence)
    let offers = stuck.blockages.compactMap(coldOffer).sorted {
      ($0.seconds, $0.text) < ($1.seconds, $1.text)
    }
    noPlan.remedies =
      offers.prefix(3).map(\.text)
      + [
        offers.isEmpty
          ? "free a little room on a host, or let one of them move by another technique (column techniques)"
          : "or free a little room on a host"
      ]
    return noPlan
  }

  /// No order of moves to any placement that was found.
  func stuck(_ stuck: Stuck) -> NoPlan { self.stuck(stuck, isGiven: false) }

  /// What it would cost to stop a VM for its move, where only its owner forbids that.
  private func coldOffer(_ blockage: Stuck.Blockage) -> (seconds: Double, text: String)? {
    var vm = fleet.vms[blockage.vm]
    let (from, to) = (fleet.start[blockage.vm], blockage.host)
    let isListed = vm.allowedTechniques?.contains(.cold) ?? true
    let most = vm.maxDowntimeMilliseconds
    guard !isListed || most != nil, from != to, let route = fleet.network.route(from: from, to: to) else {
      return nil
    }
    vm.allowedTechniques = nil
    let engine = MigrationEngine.of(request.options)
    let (source, target) = (fleet.hosts[from], fleet.hosts[to])
    let verdicts = Feasibility.verdicts(vm: vm, from: source, to: target, engine: engine)
    guard let storage = verdicts[.cold]?.storage else { return nil }
    let gbps = route.compactMap { fleet.network.channels[$0].gbps }.min()
    let rate = gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown
    let forecast = MigrationModel(engine: engine).forecast(
      vm, technique: .cold, storage: storage, path: MigrationPath(payloadMiBPerSecond: rate))
    let milliseconds = forecast.planned.estimate.downtimeMilliseconds
    guard forecast.isPossible, !isListed || milliseconds > most ?? .infinity else { return nil }
    let permission =
      isListed ? "raise its max_downtime_ms to \(Int(milliseconds))" : "add cold to its techniques"
    return (
      milliseconds,
      "stop \(quoted(vm.id.rawValue)) for its move to \(quoted(target.id.rawValue)): a pause of "
        + "\(Units.duration(milliseconds: milliseconds)); \(permission)"
    )
  }

  /// Every order that was found needs detours, and with them more moves than the limits allow.
  var detours: NoPlan {
    var noPlan = page(
      .undecided(limit: "placements were found, but every order needs detours beyond the limits on moves"))
    noPlan.remedies = [
      "allow more moves (--max-moves, --move-budget, max_moves, move_budget), or free a little room on a host"
    ]
    return noPlan
  }

  func refused(_ findings: [String]) -> NoPlan {
    var noPlan = page(
      .undecided(limit: "the verifier refused the plan that was found; this is a fault of the planner"))
    noPlan.progress = ["the verifier's findings:"] + findings.prefix(10)
    noPlan.remedies = ["report it together with the inventory; another --seed may avoid it"]
    return noPlan
  }

  func notHeld(_ goal: Goal) -> NoPlan {
    page(.undecided(limit: "this version does not plan for '\(goal.rawValue)' yet"))
  }

  func because(_ pin: PinReason) -> String {
    switch pin {
    case .stay(let rule): "rule \(Diagnostic.quoted(rule.rawValue))"
    case .notSelected: "it is not among the VMs to take to the other site (--vms)"
    case .notMovable: "the inventory says movable=false"
    case .noTechnique(let because): because
    }
  }

  func page(_ finding: NoPlan.Finding) -> NoPlan {
    NoPlan(goal: request.goal, hosts: inventory.hosts.count, vms: inventory.vms.count, finding: finding)
  }

  private func refusal(_ vm: VM.ID, _ obstacles: [ObstacleCount]) -> NoPlan.Refusal {
    NoPlan.Refusal(vm: vm, causes: obstacles.map { .init(cause($0.obstacle, of: vm), hosts: $0.count) })
  }

  private func cause(_ obstacle: Obstacle, of vm: VM.ID) -> NoPlan.Cause {
    switch obstacle {
    case .resource(let resource): .resource(resource)
    case .rule(let rule):
      .rule(rule, kind: inventory.rules.first { $0.id == rule }?.requirement.kind ?? "rule")
    case .hostNotUsable: .other("not usable")
    case .drained: .other("drained")
    case .hostColumns: .other("barred by the VM's own allowed_hosts or forbidden_hosts")
    case .unsuitable: .other("without a network or GPU that it needs, or in another cluster")
    case .noRoute: .other("not reachable over the links")
    case .noTechnique: .other("reached by no technique" + (tooShortHours(vm) ?? ""))
    case .pinned(let pin): .other("out of reach: \(because(pin))")
    case .excluded: .other("ruled out for want of a legal order")
    }
  }

  /// The rules that leave a VM too little time for its move, where with more of it some technique would do.
  private func tooShortHours(_ id: VM.ID) -> String? {
    let calendar = fleet.timeRules.calendar
    guard let vm = fleet.vms.firstIndex(where: { $0.id == id }), let entry = calendar.entry(of: vm),
      let most = fleet.longestMoveSeconds(of: vm)
    else { return nil }
    let chooser = TechniqueChooser(engine: MigrationEngine.of(request.options))
    let start = fleet.start[vm]
    let wouldMove = fleet.hosts.indices.contains { host in
      guard host != start, let path = fleet.migrationPath(from: start, to: host) else { return false }
      return chooser.choose(vm: fleet.vms[vm], from: fleet.hosts[start], to: fleet.hosts[host], path: path)
        != nil
    }
    guard wouldMove else { return nil }
    let rules = list(calendar.entries[entry].rules.map(\.rawValue))
    return " in \(Figure.duration(most, .down)), the most that it has under \(rules)"
  }

  private func proof(_ conflict: Conflict) -> String {
    switch conflict {
    case .volume: "demand against capacity"
    case .nowhere, .cannotLeave, .nowhereTogether, .togetherAndApart, .pinnedTogether, .tooFewDomains,
      .tooManyMoves, .tooMuchMoved, .tooFewPlaces, .boundToStranger, .overCap:
      "the rules alone"
    case .noRoom: "weights for sizes of VMs, against all that hosts could take in"
    case .program: "the integer program with all rules has no solution"
    }
  }

  private func sentence(_ conflict: Conflict) -> String {
    switch conflict {
    case .volume(let resource, let demand, let capacity):
      return
        "all VMs ask \(amount(demand, resource)) of \(resource.rawValue), and the hosts offer \(amount(capacity, resource))"
    case .nowhere(let vm, _):
      return "no host may hold \(quoted(vm.rawValue))"
    case .cannotLeave(let vm, let host, let pin, let obstacle):
      return
        "\(quoted(vm.rawValue)) does not move (\(because(pin))) and must leave \(quoted(host.rawValue)): \(words(obstacle))"
    case .nowhereTogether(let rules, let vms):
      return "no host may hold \(list(vms.map(\.rawValue))) together, as \(list(rules.map(\.rawValue))) asks"
    case .togetherAndApart(let together, let apart, let vms):
      return
        "\(list(together.map(\.rawValue))) keeps \(list(vms.map(\.rawValue))) together and \(quoted(apart.rawValue)) keeps them apart"
    case .pinnedTogether(let rule, let vms):
      return "\(list(vms.map(\.rawValue))) do not move and are nearer than \(quoted(rule.rawValue)) allows"
    case .tooFewDomains(let rule, let scope, let vms, let domains):
      return "\(quoted(rule.rawValue)) keeps \(vms) VMs apart by \(scope.rawValue), and there are \(domains)"
    case .tooManyMoves(let least, let most):
      return "at least \(Units.count(least, "VM")) must move, and \(Units.count(most, "move")) are allowed"
    case .noRoom(let vms):
      return vms > 0
        ? "\(Units.count(vms, "VM")) must leave, and however the others are rearranged, they do not all find room"
        : "however VMs are rearranged, some host holds more than it offers"
    case .tooMuchMoved(let rule, let least, let most):
      return
        "at least \(Units.gibibytes(fromMiB: least)) of memory must move, and \(quoted(rule.rawValue)) allows \(Units.gibibytes(fromMiB: most))"
    case .tooFewPlaces(let rule, let scope, let needed, let places):
      return
        "\(quoted(rule.rawValue)) needs its VMs in \(Units.count(needed, scope.rawValue)), and they can be in \(Units.count(places))"
    case .boundToStranger(let together, let dedicated, let vms):
      return
        "\(list(together.map(\.rawValue))) keeps \(list(vms.map(\.rawValue))) together and \(quoted(dedicated.rawValue)) lets the first share with its own members only"
    case .overCap(let rule, let resource, let demand, let limit):
      return
        "VMs that can be only on the hosts of \(quoted(rule.rawValue)) ask \(amount(demand, resource)) of \(resource.rawValue), and it allows \(amount(limit, resource))"
    case .program(let rules, let resources):
      let parts = rules.map { quoted($0.rawValue) } + resources.map(\.rawValue)
      return "these cannot hold together: \(parts.joined(separator: ", "))"
    }
  }

  private func words(_ obstacle: Obstacle) -> String {
    switch obstacle {
    case .drained(let rule):
      rule.map { "rule \(quoted($0.rawValue)) empties the host" } ?? "the host is to be emptied"
    case .rule(let rule): "rule \(quoted(rule.rawValue)) bars it there"
    default: "it may not remain there"
    }
  }

  private func sentence(_ blockage: Stuck.Blockage) -> String {
    let vm = quoted(fleet.vms[blockage.vm].id.rawValue)
    let host = quoted(fleet.hosts[blockage.host].id.rawValue)
    switch blockage.obstacle {
    case .noRoute: return "\(vm) has no route to \(host)"
    case .noTechnique: return "no technique brings \(vm) to \(host)"
    case .resource(let resource): return "\(vm) waits for \(resource.rawValue) on \(host)"
    case .apart(let rule):
      return "\(vm) waits for another member of \(quoted(rule.rawValue)) to leave the place of \(host)"
    case .rule(let rule):
      return "\(vm) waits until \(quoted(rule.rawValue)) allows it on \(host)"
    case .waits(let rule): return "\(vm) cannot start before \(quoted(rule.rawValue)) lets it"
    case .wave(let obstacle): return sentence(obstacle, of: [fleet.vms[blockage.vm]])
    case .failover: return "moving \(vm) to \(host) would leave fewer failures covered than at the start"
    case .others: return "\(vm) waits for others that move with it to \(host)"
    }
  }

  private func amount(_ value: Int64, _ resource: Resource) -> String {
    switch resource {
    case .cpu:
      Units.decimal(Double(value) / 1000, digits: 1)
        + (request.options.sizing.cpu == .vcpu ? " vCPUs" : " MHz")
    case .memory, .localDisk: Units.gibibytes(fromMiB: Double(value) / 1024)
    case .network: Units.decimal(Double(value) / 1000) + " Mb/s"
    case .slots, .gpus: Units.count(Int(value))
    }
  }

  func quoted(_ text: String) -> String { Diagnostic.quoted(text) }

  func list(_ names: [String]) -> String {
    let shown = names.prefix(5).map { quoted($0) }.joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}
