import StowageModel

/// How many nights waves need at the least, by prices of move groups.
///
/// Written from the guide *Proofs* ("Nights"), for the verifier alone. A night is worth at most what the best choice of
/// groups is that its VMs, its groups and the time of the busiest channel allow, with sizes rounded down to cells; so many
/// nights are too few when all groups are worth more than these nights are.
struct NightsBound {
  private struct Group {
    let name: VM.ID
    var vms = 0
    /// The longest of the shortest times of its moves, in s.
    var least = 0.0
    /// What it takes of the busiest channel at the least, in s.
    var work = 0.0
    var rules: [Int] = []
    var price = 0
  }

  private struct Offer: Hashable {
    let open: [Int]
    let seconds: Double
  }

  private let policy: WavePolicy
  private let nights: Nights
  private let groups: [Group]
  private let shortest: Double

  /// `nil` when waves do not go by the calendar.
  init?(
    _ plan: Plan, _ replay: Replay, _ rulebook: Rulebook, _ passages: [Passage], _ channels: Channels,
    prices: Certificate.NightPrices
  ) {
    guard let policy = plan.options.waves, policy.nights != nil else { return nil }
    self.policy = policy
    nights = Nights(rulebook, start: plan.options.start)
    let tied = TiedVMs(replay.roster, rulebook).group
    let busiest = Self.busiest(passages, channels)
    var groups: [Int: Group] = [:]
    var members: [Int: [Int]] = [:]
    for passage in passages {
      let vm = passage.vm
      let id = replay.roster.vms[vm].id
      var group = groups[tied[vm]] ?? Group(name: id)
      group.vms += 1
      group.least = max(group.least, passage.shortest)
      if let busiest, passage.path.contains(busiest) {
        group.work += Self.seconds(passage, busiest, channels)
      }
      if let price = prices.ofGroup[id], (0...1_000_000_000).contains(price) { group.price = price }
      groups[tied[vm]] = group
      members[tied[vm], default: []].append(vm)
    }
    var known = groups
    for (key, vms) in members { known[key]?.rules = nights.rules(of: vms) }
    self.groups = known.sorted { $0.key < $1.key }.map(\.value)
    shortest = passages.map(\.shortest).min() ?? 0
  }

  private static func seconds(_ passage: Passage, _ channel: Channels.Channel, _ channels: Channels) -> Double
  {
    guard let rate = channels.payload(channel), rate > 0 else { return 0 }
    return passage.traffic(lasting: .infinity) / rate
  }

  /// The channel that all moves together take most of, the first by name of equal ones.
  private static func busiest(_ passages: [Passage], _ channels: Channels) -> Channels.Channel? {
    var seconds: [Channels.Channel: Double] = [:]
    for passage in passages {
      for channel in passage.path { seconds[channel, default: 0] += self.seconds(passage, channel, channels) }
    }
    return seconds.min { ($1.value, channels.name($0.key)) < ($0.value, channels.name($1.key)) }?.key
  }

  /// Whether fewer nights than `stated` are worth less than all groups.
  func proves(_ stated: Int) -> Bool {
    guard stated > 1 else { return stated >= 0 && !groups.isEmpty || stated <= 0 }
    guard stated <= 100_000 else { return false }
    let worth = groups.reduce(0) { $0 + $1.price }
    var known: [Offer: (all: Int, pilot: Int)] = [:]
    var most: Int? = policy.pilotVMs == nil ? 0 : nil
    for night in 1..<stated {
      let offer = offer(night)
      let value = known[offer] ?? (self.value(offer, policy.mostVMs), pilotValue(offer))
      known[offer] = value
      var candidates = most.map { [$0 + value.all] } ?? []
      if policy.pilotVMs != nil, !offer.open.isEmpty { candidates.append(value.pilot) }
      most = candidates.max()
      if let most, most >= worth { return false }
    }
    return true
  }

  /// When waves whose last night is no earlier than this one end at the earliest, in s.
  func end(ofNight night: Int) -> Double {
    guard night >= 1 else { return 0 }
    let openings = Set(groups.map(\.rules)).compactMap { rules in
      // Hours that do not come within four weeks of that night bound nothing more.
      (night...night + 28).lazy.compactMap { nights.open(rules, night: $0).first?.lowerBound }.first
    }
    return (openings.min() ?? 0) + shortest
  }

  private func offer(_ night: Int) -> Offer {
    var seconds: [[Int]: Double] = [:]
    for rules in Set(groups.map(\.rules)) {
      let longest = nights.open(rules, night: night).map { $0.upperBound - $0.lowerBound }.max() ?? 0
      seconds[rules] = usable(longest)
    }
    let open = groups.indices.filter { group in
      let time = seconds[groups[group].rules] ?? 0
      return time > 0 && groups[group].least <= time + 1e-3
    }
    return Offer(open: open, seconds: open.compactMap { seconds[groups[$0].rules] }.max() ?? 0)
  }

  /// What hours leave for moves when these, validation and rollback must lie within them.
  private func usable(_ seconds: Double) -> Double {
    let left = seconds - policy.validationSeconds
    return max(0, policy.rollbackSeconds.map { left - $0 } ?? left / 2)
  }

  private func pilotValue(_ offer: Offer) -> Int {
    policy.pilotVMs.map { value(offer, min($0, policy.mostVMs ?? $0)) } ?? 0
  }

  /// The worth of the best groups for a night: with few VMs and a coarse time, and with a fine time, whichever is less.
  private func value(_ offer: Offer, _ mostVMs: Int?) -> Int {
    min(packed(offer, mostVMs), packed(offer, nil))
  }

  private func packed(_ offer: Offer, _ mostVMs: Int?) -> Int {
    let items = offer.open.map { groups[$0] }.filter { $0.price > 0 }
    let mostGroups = policy.nights?.mostGroups
    let cells = (
      vms: mostVMs.map { min(max(0, $0), 200) } ?? 0, groups: mostGroups.map { min(max(0, $0), 50) } ?? 0
    )
    let isTimed = items.reduce(0) { $0 + $1.work } > offer.seconds
    let times = isTimed ? max(16, min(4000, 20_000 / ((cells.vms + 1) * (cells.groups + 1)))) : 0
    var best = [Int](repeating: 0, count: (cells.vms + 1) * (cells.groups + 1) * (times + 1))
    for item in items {
      let vms = mostVMs.map { cells.vms * item.vms / max(1, $0) } ?? 0
      let groups = mostGroups.map { cells.groups / max(1, $0) } ?? 0
      let time = isTimed ? Int((Double(times) * item.work / offer.seconds).rounded(.down)) : 0
      guard vms <= cells.vms, groups <= cells.groups, time <= times else { continue }
      for left in (vms...cells.vms).reversed() {
        for people in (groups...cells.groups).reversed() {
          let row = (left * (cells.groups + 1) + people) * (times + 1)
          let from = ((left - vms) * (cells.groups + 1) + people - groups) * (times + 1)
          for instant in (time...times).reversed() {
            best[row + instant] = max(best[row + instant], best[from + instant - time] + item.price)
          }
        }
      }
    }
    return best.last ?? 0
  }
}
