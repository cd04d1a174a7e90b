public import StowageModel

/// Reads the clock every second of every move, and holds the rules of hours, dates and deadlines against it.
///
/// Deliberately slow: no spans are made, no edges looked for.
public struct NaiveClock {
  private let inventory: Inventory
  private let start: Instant

  private let hasDeadlines: Bool

  /// A clock for the rules of an inventory.
  public init(_ inventory: Inventory, start: Instant) {
    self.init(inventory, start: start, hasDeadlines: true)
  }

  private init(_ inventory: Inventory, start: Instant, hasDeadlines: Bool) {
    self.inventory = inventory
    self.start = start
    self.hasDeadlines = hasDeadlines
  }

  /// Everything that is wrong with the times of some moves.
  public func problems(_ moves: [Move]) -> [String] {
    let vms = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0) })
    return inventory.rules.flatMap { rule in
      moves.compactMap { move -> String? in
        guard let vm = vms[move.vm] else { return nil }
        switch rule.requirement {
        case .window(let window) where window.vms.includes(vm):
          return seconds(of: move).allSatisfy { isWithin($0, window.hours) }
            ? nil : "\(move.id) outside \(rule.id)"
        case .blackout(let blackout) where blackout.vms.includes(vm):
          return seconds(of: move).contains { isWithin($0, blackout.hours) }
            ? "\(move.id) in \(rule.id)" : nil
        case .deadline(let deadline) where hasDeadlines && deadline.vms.includes(vm):
          return move.endSeconds > due(deadline.due) ? "\(move.id) after \(rule.id)" : nil
        default:
          return nil
        }
      }
    }
  }

  /// Everything that is wrong with the times of moves and of the waves in which they go: each wave is taken
  /// for a move of each of its VMs, from the first start until it could have been taken back.
  public func problems(_ moves: [Move], _ policy: WavePolicy?) -> [String] {
    guard let policy else { return problems(moves) }
    let waves = Dictionary(grouping: moves, by: \.wave).flatMap { wave, own -> [Move] in
      let (start, end) = (own.map(\.startSeconds).min() ?? 0, own.map(\.endSeconds).max() ?? 0)
      return own.map { move in
        var whole = move
        whole.startSeconds = start
        whole.endSeconds = end + policy.validationSeconds + (policy.rollbackSeconds ?? end - start)
        return whole
      }
    }
    // What is due is so by the end of its move.
    return problems(moves)
      + NaiveClock(inventory, start: start, hasDeadlines: false).problems(waves).map { "wave of \($0)" }
  }

  private func due(_ due: Deadline.Due) -> Double {
    switch due {
    case .within(let seconds): seconds
    case .by(let instant): Double(instant.secondsSince1970 - start.secondsSince1970)
    }
  }

  /// The start, every whole second on the way, and a moment before the end.
  private func seconds(of move: Move) -> [Double] {
    var instants = [move.startSeconds]
    var next = move.startSeconds.rounded(.down) + 1
    while next < move.endSeconds {
      instants.append(next)
      next += 1
    }
    return (instants + [max(move.startSeconds, move.endSeconds - 0.0005)]).map {
      Double(start.secondsSince1970) + $0
    }
  }

  private func isWithin(_ instant: Double, _ hours: Hours) -> Bool {
    switch hours {
    case .dated(let from, let to):
      return instant >= Double(from.secondsSince1970) && instant < Double(to.secondsSince1970)
    case .weekly(let weekly):
      let offset = weekly.zone.changes.last { Double($0.since) <= instant } ?? weekly.zone.changes[0]
      let local = Int((instant + Double(offset.seconds)).rounded(.down))
      let (day, minute) = (local / 86_400, local % 86_400 / 60)
      // Minute by minute from when the hours began, today or yesterday.
      return [day, day - 1].contains { begun in
        let since = (day - begun) * 1440 + minute - weekly.from
        let length = weekly.to > weekly.from ? weekly.to - weekly.from : weekly.to - weekly.from + 1440
        return weekly.days.contains(WeeklyHours.Day(daysSince1970: begun)) && since >= 0 && since < length
      }
    }
  }
}
