import StowageModel

/// Tries every placement of a tiny fleet.
struct EveryPlacement {
  let inventory: Inventory
  var drained: Set<Host.ID> = []
  /// Whether VMs are counted by what was measured in each quarter of the day.
  var isMeasured = false

  /// Calls `body` with each placement that breaks nothing and exceeds no capacity proper.
  ///
  /// A VM is tried on every host in turn; a branch ends as soon as a host is over.
  func forEach(_ body: ([VM.ID: Host.ID]) -> Void) {
    var placement: [VM.ID: Host.ID] = [:]
    place(inventory.vms[...], &placement, body)
  }

  private func place(
    _ rest: ArraySlice<VM>, _ placement: inout [VM.ID: Host.ID], _ body: ([VM.ID: Host.ID]) -> Void
  ) {
    guard let vm = rest.first else {
      if RuleKeeper(inventory: inventory, drained: drained, isMeasured: isMeasured).faults(placement).isEmpty
      {
        body(placement)
      }
      return
    }
    for host in inventory.hosts {
      placement[vm.id] = host.id
      if hasRoom(host, placement) { place(rest.dropFirst(), &placement, body) }
    }
    placement[vm.id] = nil
  }

  private func hasRoom(_ host: Host, _ placement: [VM.ID: Host.ID]) -> Bool {
    let there = inventory.vms.filter { placement[$0.id] == host.id }
    if isMeasured {
      return there.count <= host.maxVMs ?? 9999
        && [0, 6, 12, 18].allSatisfy { hour in
          let (cpu, memory) = RuleKeeper.asked(there, hour: hour)
          return cpu <= host.cores * (host.cpuMHz ?? 0) && memory <= host.memoryMiB
        }
    }
    let running = there.filter { $0.powerState == .on }
    return running.reduce(0) { $0 + $1.vCPUs } <= host.cores
      && running.reduce(0) { $0 + $1.memoryMiB } <= host.memoryMiB && there.count <= host.maxVMs ?? 9999
  }

  /// Fewest hosts on, then the least cost of soft rules, then least memory moved; `nil` when no
  /// placement exists.
  var leastHostsThenMiB: (hosts: Int, softCost: Double, movedMiB: Double)? {
    let soft = SoftCost(inventory: inventory)
    var best: (hosts: Int, softCost: Double, movedMiB: Double)?
    forEach { placement in
      let found = (
        hosts: Set(placement.values).union(keptOn).count, softCost: soft.total(placement),
        movedMiB: movedMiB(placement)
      )
      if best.map({ found < $0 }) ?? true { best = found }
    }
    return best
  }

  /// Hosts that count as on whatever they hold.
  var keptOn: [Host.ID] {
    inventory.hosts.filter { host in
      host.state == .online
        && inventory.rules.contains { rule in
          if rule.isHard, case .keepOn(let keep) = rule.requirement {
            keep.hosts.includes(host)
          } else {
            false
          }
        }
    }.map(\.id)
  }

  /// The least cost of soft rules, then fewest moves, then least memory moved; `nil` when no placement
  /// exists.
  var leastMovesThenMiB: (softCost: Double, moves: Int, movedMiB: Double)? {
    let soft = SoftCost(inventory: inventory)
    var best: (softCost: Double, moves: Int, movedMiB: Double)?
    forEach { placement in
      let moves = inventory.vms.count { placement[$0.id] != $0.host }
      let found = (softCost: soft.total(placement), moves: moves, movedMiB: movedMiB(placement))
      if best.map({ found < $0 }) ?? true { best = found }
    }
    return best
  }

  func movedMiB(_ placement: [VM.ID: Host.ID]) -> Double {
    inventory.vms.reduce(0) { $0 + (placement[$1.id] == $1.host ? 0 : $1.memoryMiB) }
  }
}
