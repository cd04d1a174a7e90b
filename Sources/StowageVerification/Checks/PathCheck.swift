import StowageModel

/// Whether the moves of each VM form a path from its host in the inventory to its host in the
/// placement, one move at a time.
struct PathCheck {
  let replay: Replay
  private var roster: Roster { replay.roster }

  init(replay: Replay) {
    self.replay = replay
  }

  func run(_ plan: Plan) -> [Finding] {
    var findings = replay.movements.filter { $0.from == $0.to }.map { movement in
      finding(movement, .goesNowhere(movement.id, vmID(movement.vm), hostID(movement.to)))
    }
    for vm in replay.movementsOfVM.keys { findings += path(of: vm) }
    return findings + ends(plan)
  }

  private func path(of vm: Int) -> [Finding] {
    var findings: [Finding] = []
    var host = roster.startHost[vm]
    var earlier: Movement?
    for movement in (replay.movementsOfVM[vm] ?? []).map({ replay.movements[$0] }) {
      if let host, host != movement.from {
        let fact = MovementFact.notThere(
          movement.id, vmID(vm), from: hostID(movement.from), actual: hostID(host))
        findings.append(finding(movement, fact))
      }
      if let earlier, movement.start < earlier.end {
        let fact = MovementFact.overlaps(
          movement.id, vmID(vm), earlier: earlier.id, endSeconds: earlier.end)
        findings.append(finding(movement, fact))
      }
      host = movement.to
      // The one that ends last, not the one before: a long move may overlap several later ones.
      if movement.end >= earlier?.end ?? movement.end { earlier = movement }
    }
    return findings
  }

  private func ends(_ plan: Plan) -> [Finding] {
    roster.vms.enumerated().compactMap { index, vm in
      guard let end = replay.endHost[index], let stated = plan.placement[vm.id], hostID(end) != stated else {
        return nil
      }
      let fact = MovementFact.endsElsewhere(vm.id, placement: stated, actual: hostID(end))
      return Finding(at: replay.lastEnd, .vm(vm.id), .movement(fact))
    }
  }

  private func finding(_ movement: Movement, _ fact: MovementFact) -> Finding {
    Finding(at: movement.start, .move(movement.id), .movement(fact))
  }

  private func vmID(_ vm: Int) -> VM.ID { roster.vms[vm].id }
  private func hostID(_ host: Int) -> Host.ID { roster.hosts[host].id }
}
