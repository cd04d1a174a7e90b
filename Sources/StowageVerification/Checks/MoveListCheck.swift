import StowageModel

/// Whether moves have names of their own and speak of hosts and VMs that exist.
struct MoveListCheck {
  let roster: Roster

  func run(_ plan: Plan) -> [Finding] {
    var seen: Set<Move.ID> = []
    var repeated: Set<Move.ID> = []
    var findings: [Finding] = []
    for move in plan.moves {
      if !seen.insert(move.id).inserted, repeated.insert(move.id).inserted {
        findings.append(Finding(.move(move.id), .document(.duplicateMove(move.id))))
      }
      findings += strangers(in: move).map { Finding(.move(move.id), $0) }
    }
    return findings
  }

  private func strangers(in move: Move) -> [Fact] {
    let place = "move \(Words.name(move.id))"
    var facts: [Fact] = []
    if let vm = roster.vmIndex[move.vm] {
      if roster.startHost[vm] == nil { facts.append(.movement(.fromNowhere(move.id, move.vm))) }
    } else {
      facts.append(.document(.unknownVM(move.vm, place: place)))
    }
    for host in [move.from, move.to] where roster.hostIndex[host] == nil {
      facts.append(.document(.unknownHost(host, place: place)))
    }
    return facts
  }
}
