import StowageModel
import StowageReports

extension ReportInput {
  /// The same input with every name and every free text replaced by what `rename` makes of it.
  func renamed(_ rename: (String) -> String) -> ReportInput {
    var input = self
    func vm(_ id: VM.ID) -> VM.ID { VM.ID(rename(id.rawValue)) }
    func host(_ id: Host.ID) -> Host.ID { Host.ID(rename(id.rawValue)) }
    input.inventory.hosts = inventory.hosts.map {
      var copy = $0
      copy.id = host($0.id)
      copy.name = rename($0.id.rawValue + " name")
      return copy
    }
    input.inventory.vms = inventory.vms.map {
      var copy = $0
      copy.id = vm($0.id)
      copy.host = $0.host.map(host)
      copy.name = rename($0.id.rawValue + " name")
      return copy
    }
    input.inventory.rules = inventory.rules.map {
      Rule(id: Rule.ID(rename($0.id.rawValue)), $0.requirement, isHard: $0.isHard, weight: $0.weight)
    }
    input.hostLoads = hostLoads.map {
      HostLoad(host: host($0.host), capacity: $0.capacity, start: $0.start, end: $0.end)
    }
    input.pinnedVMs = pinnedVMs.map {
      PinnedVM(vm: vm($0.vm), because: rename($0.because), remedy: $0.remedy.map(rename))
    }
    input.facility.currency = rename("EUR")
    input.hours.entries = hours.entries.map {
      .init(rules: $0.rules.map { Rule.ID(rename($0.rawValue)) }, spans: $0.spans)
    }
    input.hours.entryOfMove = Dictionary(
      hours.entryOfMove.map { (Move.ID(rename($0.key.rawValue)), $0.value) }
    ) { first, _ in first }
    input.plan = plan.renamed(rename)
    return input
  }
}

extension Plan {
  fileprivate func renamed(_ rename: (String) -> String) -> Plan {
    var plan = self
    plan.generator = rename(generator)
    plan.inventory.sha256 = rename(inventory.sha256)
    plan.placement = Dictionary(
      placement.map { (VM.ID(rename($0.key.rawValue)), Host.ID(rename($0.value.rawValue))) }
    ) { first, _ in first }
    plan.poweredOffHosts = poweredOffHosts.map { Host.ID(rename($0.rawValue)) }
    plan.moves = moves.map { move in
      var copy = move
      copy.id = Move.ID(rename(move.id.rawValue))
      copy.vm = VM.ID(rename(move.vm.rawValue))
      copy.from = Host.ID(rename(move.from.rawValue))
      copy.to = Host.ID(rename(move.to.rawValue))
      copy.after = move.after.map { Move.ID(rename($0.rawValue)) }
      copy.links = move.links.map(rename)
      copy.reason = rename(move.reason)
      copy.rejected = move.rejected.map { RejectedTechnique($0.technique, because: rename($0.because)) }
      return copy
    }
    plan.schedule.binding = rename(schedule.binding)
    plan.assumptions = assumptions.map(rename)
    plan.violationsAtStart = violationsAtStart.map { .init(rule: rename($0.rule), detail: rename($0.detail)) }
    plan.unplaced = [.init(vm: VM.ID(rename("unplaced")), because: rename("because"))]
    return plan
  }
}
