import StowageFleet

/// Takes back moves that a placement does not need: residents whose home has room again, if need be
/// after others that move anyway have gone elsewhere.
struct MoveTrimming {
  let space: SearchSpace

  /// Rounds after which it ends. Chosen: each takes back at least one move; few have ten to take back.
  private static let roundLimit = 200

  func run(_ arrangement: inout Arrangement) {
    for _ in 0..<Self.roundLimit {
      let movers = (0..<space.blockCount).filter { isAway($0, arrangement) }
      // The largest first: it saves most memory, and is hardest to bring back later.
      let residents = movers.filter { home(of: $0) != nil }.sorted {
        space.price[$0] != space.price[$1] ? space.price[$0] > space.price[$1] : $0 < $1
      }
      guard residents.contains(where: { bringHome($0, movers, &arrangement) }) else { return }
    }
  }

  /// Sends a smaller resident in place of a larger one of the same host, while that is possible: the
  /// same number of moves with less memory.
  func lighten(_ arrangement: inout Arrangement) {
    for _ in 0..<Self.roundLimit {
      let movers = (0..<space.blockCount).filter { home(of: $0) != nil && isAway($0, arrangement) }
        .sorted { space.price[$0] != space.price[$1] ? space.price[$0] > space.price[$1] : $0 < $1 }
      guard movers.contains(where: { replace($0, &arrangement) }) else { return }
    }
  }

  private func replace(_ mover: Int, _ arrangement: inout Arrangement) -> Bool {
    guard let home = home(of: mover) else { return false }
    let count = space.problem.blocks[mover].count
    let residents = arrangement.residents[home].map(Int.init).filter {
      !isAway($0, arrangement) && space.price[$0] < space.price[mover]
        && space.problem.blocks[$0].count == count
    }.sorted { space.price[$0] != space.price[$1] ? space.price[$0] < space.price[$1] : $0 < $1 }
    let target = Int(arrangement.hostOf[mover])
    for resident in residents {
      arrangement.take(mover)
      arrangement.take(resident)
      if arrangement.hasRoom(for: mover, on: home) {
        arrangement.place(mover, on: home)
        if arrangement.hasRoom(for: resident, on: target) {
          arrangement.place(resident, on: target)
          return true
        }
        arrangement.take(mover)
      }
      arrangement.place(resident, on: home)
      arrangement.place(mover, on: target)
    }
    return false
  }

  private func home(of block: Int) -> Int? {
    guard let home = space.problem.candidates.remainsAt[block], space.isOpen[home] else { return nil }
    return home
  }

  private func isAway(_ block: Int, _ arrangement: Arrangement) -> Bool {
    arrangement.hostOf[block] != (home(of: block).map(Int32.init) ?? -1)
  }

  private func bringHome(_ block: Int, _ movers: [Int], _ arrangement: inout Arrangement) -> Bool {
    guard let home = home(of: block) else { return false }
    if arrangement.hasRoom(for: block, on: home) {
      arrangement.shift(block, to: home)
      return true
    }
    let from = Int(arrangement.hostOf[block])
    arrangement.take(block)
    if clear(home, for: block, movers, depth: 2, &arrangement) {
      arrangement.place(block, on: home)
      return true
    }
    arrangement.place(block, on: from)
    return false
  }

  /// Sends somebody who moves anyway elsewhere, so that a block that is nowhere has room on a host.
  private func clear(
    _ host: Int, for block: Int, _ movers: [Int], depth: Int, _ arrangement: inout Arrangement
  ) -> Bool {
    for mover in movers where Int(arrangement.hostOf[mover]) == host && mover != block {
      arrangement.take(mover)
      if arrangement.hasRoom(for: block, on: host) {
        for target in space.openHosts.map(Int.init) where target != host {
          if arrangement.hasRoom(for: mover, on: target) {
            arrangement.place(mover, on: target)
            return true
          }
        }
        if depth > 1 {
          // Room for both must not be counted twice: the block holds its place meanwhile.
          arrangement.place(block, on: host)
          for target in space.openHosts.map(Int.init) where target != host && space.allows(mover, on: target)
          {
            if clear(
              target, for: mover, movers.filter { $0 != block && $0 != mover }, depth: depth - 1, &arrangement
            ) {
              arrangement.place(mover, on: target)
              arrangement.take(block)
              return true
            }
          }
          arrangement.take(block)
        }
      }
      arrangement.place(mover, on: host)
    }
    return false
  }
}
