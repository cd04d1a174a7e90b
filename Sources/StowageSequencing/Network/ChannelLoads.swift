import StowageModel

/// The rates of the moves under way on every channel, in tenths of MiB/s.
struct ChannelLoads {
  private struct Use {
    var leg: Int
    var rate: Int
    var end: Int
  }

  /// What is left of each channel.
  private(set) var free: [Int]
  private var uses: [[Use]]

  init(capacity: [Int]) {
    free = capacity
    uses = Array(repeating: [], count: capacity.count)
  }

  /// The channel of a route with the least left.
  func tightest(_ route: [Int]) -> (channel: Int, free: Int) {
    var tightest = (channel: route[0], free: free[route[0]])
    for channel in route.dropFirst() where free[channel] < tightest.free {
      tightest = (channel, free[channel])
    }
    return tightest
  }

  mutating func take(_ route: [Int], leg: Int, rate: Int, until end: Int) {
    guard rate > 0 else { return }
    for channel in route {
      free[channel] -= rate
      uses[channel].append(Use(leg: leg, rate: rate, end: end))
      precondition(free[channel] >= 0, "channel \(channel) is overdrawn by \(-free[channel])")
    }
  }

  mutating func giveBack(_ route: [Int], leg: Int, rate: Int) {
    guard rate > 0 else { return }
    for channel in route {
      free[channel] += rate
      uses[channel].removeAll { $0.leg == leg }
    }
  }

  /// The first instant at which every channel of a route has `rate` left if nothing else starts;
  /// `nil` when a channel never has so much.
  func whenFree(_ rate: Int, on route: [Int], now: Int) -> Int? {
    var latest = now
    for channel in route where free[channel] < rate {
      guard let instant = whenFree(rate, channel) else { return nil }
      latest = max(latest, instant)
    }
    return latest
  }

  private func whenFree(_ rate: Int, _ channel: Int) -> Int? {
    var left = free[channel]
    for use in uses[channel].sorted(by: { $0.end < $1.end }) {
      left += use.rate
      if left >= rate { return use.end }
    }
    return nil
  }
}
