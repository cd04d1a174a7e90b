/// What copies ahead of units take of channels, in ms at what their share leaves beside changes.
struct NightSeeds {
  /// The part of a share that is reckoned with at the least, however much all disks together change.
  private static let leastPart = 0.25

  /// By channel, ascending.
  let times: [[(channel: Int, time: Double)]]
  let channels: Int

  /// Channels on which all copies are done before the first night opens need not be counted.
  init(_ units: [[Int]], _ problem: Problem, slack: Double, firstOpening: Double) {
    guard let seeds = problem.book.seeds else {
      (times, channels) = (units.map { _ in [] }, 0)
      return
    }
    let legs = problem.legs
    var changes: [Int: Double] = [:]
    for seeded in seeds.seeded.values where !seeded.isThere {
      for channel in seeded.route { changes[channel, default: 0] += seeded.changeMiBPerSecond }
    }
    // Most wait for a night or two, not for all of the weeks.
    let nights = max(1.0, Double(units.count) / 8)
    let loads = units.map { unit in
      var own: [Int: Double] = [:]
      for leg in unit {
        guard let seeded = seeds.seeded[legs[leg].vm], !seeded.isThere else { continue }
        for channel in seeded.route {
          let share = Tenths.mibPerSecond(seeds.share[channel] ?? 0)
          let rate = max(share * Self.leastPart, share - (changes[channel] ?? 0) / nights)
          own[channel, default: 0] += seeded.diskMiB / rate * 1000 * slack
        }
      }
      return own
    }
    let used = seeds.share.keys.sorted().filter { channel in
      loads.reduce(0) { $0 + ($1[channel] ?? 0) } > firstOpening
    }
    times = loads.map { own in
      used.indices.compactMap { number in own[used[number]].map { (number, $0) } }
    }
    channels = used.count
  }
}
