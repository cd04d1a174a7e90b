import StowageModel

/// Whether moves go in waves as the request asks: gates, sizes, move groups, what stands in for each
/// other, and hours for the whole of a wave.
struct WaveCheck {
  /// One wave of the plan.
  private struct Wave {
    let number: Int
    let movements: [Movement]
    let start: Double
    let end: Double
    let vms: Set<Int>
  }

  let roster: Roster
  let rulebook: Rulebook

  func run(_ plan: Plan, _ replay: Replay) -> [Finding] {
    guard let policy = plan.options.waves, !replay.movements.isEmpty else { return [] }
    let waves = Dictionary(grouping: replay.movements) { plan.moves[$0.position].wave }.sorted {
      $0.key < $1.key
    }.map { number, movements in
      Wave(
        number: number, movements: movements, start: movements.map(\.start).min() ?? 0,
        end: movements.map(\.end).max() ?? 0, vms: Set(movements.map(\.vm)))
    }
    let numbers = waves.map(\.number)
    return (numbers == Array(1...waves.count) ? [] : [finding(.numbers(numbers))])
      + waits(plan) + gates(waves, policy) + sizes(waves, policy) + groups(waves) + stakes(waves)
      + hours(waves, policy, plan.options.start) + nights(waves, policy)
  }

  private func finding(_ fact: WaveFact, at instant: Double? = nil) -> Finding {
    Finding(at: instant, .plan, .timing(.waves(fact)))
  }

  private func waits(_ plan: Plan) -> [Finding] {
    let waveOfMove = Dictionary(plan.moves.map { ($0.id, $0.wave) }, uniquingKeysWith: { first, _ in first })
    return plan.moves.flatMap { move in
      move.after.compactMap { other in
        guard let later = waveOfMove[other], later > move.wave else { return nil }
        return Finding(
          .move(move.id), .timing(.waves(.waitsForLater(move.id, wave: move.wave, other, later: later))))
      }
    }
  }

  private func gates(_ waves: [Wave], _ policy: WavePolicy) -> [Finding] {
    var findings: [Finding] = []
    var end = 0.0
    for (before, wave) in zip(waves, waves.dropFirst()) {
      end = max(end, before.end)
      let gate = end + policy.validationSeconds
      guard let early = wave.movements.first(where: { $0.start < gate - 1e-6 }) else { continue }
      findings.append(
        finding(
          .beforeGate(early.id, startSeconds: early.start, wave: before.number, gateSeconds: gate),
          at: early.start))
    }
    return findings
  }

  private func sizes(_ waves: [Wave], _ policy: WavePolicy) -> [Finding] {
    waves.enumerated().compactMap { position, wave in
      let most = position == 0 ? policy.pilotVMs ?? policy.mostVMs : policy.mostVMs
      guard let most, wave.vms.count > most else { return nil }
      return finding(.size(wave: wave.number, vms: wave.vms.count, most: most), at: wave.start)
    }
  }

  private func groups(_ waves: [Wave]) -> [Finding] {
    let tied = TiedVMs(roster, rulebook).group
    var first: [Int: (vm: Int, wave: Int)] = [:]
    var findings: [Finding] = []
    for wave in waves {
      for vm in wave.vms.sorted() {
        guard let known = first[tied[vm]] else {
          first[tied[vm]] = (vm, wave.number)
          continue
        }
        guard known.wave != wave.number else { continue }
        findings.append(
          finding(
            .split(roster.vms[known.vm].id, wave: known.wave, roster.vms[vm].id, otherWave: wave.number),
            at: wave.start))
      }
    }
    return findings
  }

  private func stakes(_ waves: [Wave]) -> [Finding] {
    let tied = TiedVMs(roster, rulebook).group
    return rulebook.hard.flatMap { entry -> [Finding] in
      guard case .apart(let group) = entry.meaning, group.members.count > 1 else { return [] }
      let most = max(1, (group.members.count - 1) / 2)
      return waves.compactMap { wave in
        let moved = group.members.filter(wave.vms.contains)
        guard moved.count > most, Set(moved.map { tied[$0] }).count > 1 else { return nil }
        return finding(.atStake(entry.id, wave: wave.number, vms: moved.count, most: most), at: wave.start)
      }
    }
  }

  /// At most one wave a night, whole with validation and rollback, of no more groups than people see to.
  private func nights(_ waves: [Wave], _ policy: WavePolicy) -> [Finding] {
    guard let calendar = policy.nights else { return [] }
    let tied = TiedVMs(roster, rulebook).group
    var findings: [Finding] = []
    var last = 0
    for wave in waves {
      let night = Nights.night(of: wave.start)
      let until = wave.end + policy.reservedSeconds(afterMovesOf: wave.end - wave.start)
      if until > Double(night) * NightPolicy.seconds + 1e-6 {
        findings.append(
          finding(.beyondNight(wave: wave.number, night: night, untilSeconds: until), at: wave.start))
      }
      if night <= last {
        findings.append(finding(.sameNight(wave: wave.number, night: night), at: wave.start))
      }
      last = max(last, night)
      let groups = Set(wave.vms.map { tied[$0] }).count
      if let most = calendar.mostGroups, groups > most {
        findings.append(finding(.groups(wave: wave.number, groups: groups, most: most), at: wave.start))
      }
    }
    return findings
  }

  private func hours(_ waves: [Wave], _ policy: WavePolicy, _ start: Instant?) -> [Finding] {
    // Without a start the rules themselves are found unjudged.
    guard let start else { return [] }
    return rulebook.hard.flatMap { entry -> [Finding] in
      let (members, hours, isWindow): (Set<Int>, Hours, Bool)
      switch entry.meaning {
      case .window(let vms, let within): (members, hours, isWindow) = (vms, within, true)
      case .blackout(let vms, let within): (members, hours, isWindow) = (vms, within, false)
      default: return []
      }
      let check = CalendarCheck(rule: entry.id, members: members, start: start)
      return waves.filter { !$0.vms.isDisjoint(with: members) }.compactMap { wave in
        let until = wave.end + policy.reservedSeconds(afterMovesOf: wave.end - wave.start)
        guard !check.isKept(hours, isWindow: isWindow, from: wave.start, until: until) else { return nil }
        return finding(
          .hours(entry.id, wave: wave.number, fromSeconds: wave.start, untilSeconds: until), at: wave.start)
      }
    }
  }
}
