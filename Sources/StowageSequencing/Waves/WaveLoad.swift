/// How long the moves of a wave take at least, as far as ports, links and slots tell, in ms.
struct WaveLoad {
  private(set) var milliseconds = 0
  private var channels: [Int: Double] = [:]
  private var out: [Int: Double] = [:]
  private var into: [Int: Double] = [:]
  private var all = 0.0

  mutating func add(_ leg: Leg, _ problem: Problem) {
    let duration = Double(leg.preferred.duration)
    var longest = max(Double(milliseconds), duration)
    if leg.preferred.rateTenths > 0 {
      let capacity = problem.book.routes.capacityTenths
      for channel in leg.route where capacity[channel] > 0 {
        channels[channel, default: 0] +=
          Double(leg.preferred.rateTenths) * duration / Double(capacity[channel])
        longest = max(longest, channels[channel] ?? 0)
      }
    }
    let slots = Double(leg.preferred.slots) * duration
    out[leg.from, default: 0] += slots
    into[leg.to, default: 0] += slots
    all += slots
    let limits = problem.slotLimits
    for (time, limit) in [
      (out[leg.from], limits.out), (into[leg.to], limits.into), (all, limits.fleet),
      ((out[leg.from] ?? 0) + (into[leg.from] ?? 0), limits.host),
      ((out[leg.to] ?? 0) + (into[leg.to] ?? 0), limits.host),
    ] {
      if let time, let limit { longest = max(longest, time / Double(max(1, limit))) }
    }
    milliseconds = Int(longest.rounded(.up))
  }
}
