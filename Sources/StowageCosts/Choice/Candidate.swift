import StowageModel

/// A technique under consideration.
struct Candidate {
  /// Which of equal costs wins: the first.
  enum Preference: Comparable {
    case coldOfStopped, preCopy, aidedPreCopy, hybrid, postCopy, cold
  }

  let technique: Technique
  let aid: PreCopyAid?
  let storage: StorageCopy?
  let forecast: Forecast?
  /// The first rule that it violates; `nil` when it is eligible.
  let objection: String?
  let cost: Double
  let preference: Preference

  init(
    _ technique: Technique, aid: PreCopyAid? = nil, storage: StorageCopy? = nil, forecast: Forecast? = nil,
    objection: String?, cost: Double = .infinity, preference: Preference = .cold
  ) {
    self.technique = technique
    self.aid = aid
    self.storage = storage
    self.forecast = forecast
    self.objection = objection
    self.cost = cost
    self.preference = preference
  }

  /// Why it was not chosen: its objection, or the figures by which it is worse than what was.
  func sentence(against chosen: Forecast?) -> String {
    if let objection { return objection }
    guard let forecast, let chosen else { return "not considered" }
    let drawbacks = drawbacks(of: forecast, against: chosen)
    return ([time(of: forecast, against: chosen)] + drawbacks).joined(separator: ", ")
  }

  private func time(of forecast: Forecast, against chosen: Forecast) -> String {
    let difference = forecast.totalSeconds - chosen.totalSeconds
    guard abs(difference) > max(1, 0.05 * chosen.totalSeconds) else { return "same time" }
    return Figure.seconds(abs(difference)) + (difference > 0 ? " longer" : " shorter")
  }

  private func drawbacks(of forecast: Forecast, against chosen: Forecast) -> [String] {
    var found: [String] = []
    if forecast.exposureSeconds > chosen.exposureSeconds {
      found.append(
        "\(Figure.seconds(forecast.exposureSeconds)) window in which a host failure loses the VM")
    }
    if forecast.downtimeSeconds > chosen.downtimeSeconds {
      let pause = Figure.pause(forecast.downtimeSeconds)
      found.append("pause of \(pause) instead of \(Figure.pause(chosen.downtimeSeconds))")
    }
    let isThrottled = aid?.slowsGuestDown ?? false
    if found.isEmpty || isThrottled, forecast.guestSlowdownSeconds > chosen.guestSlowdownSeconds {
      found.append("slows the guest down by \(Figure.seconds(forecast.guestSlowdownSeconds))")
    }
    if found.isEmpty, forecast.sentMiB >= chosen.sentMiB + 0.5 {
      let more = Figure.decimal(forecast.sentMiB - chosen.sentMiB, places: 0)
      found.append("sends \(more) MiB more")
    }
    return found
  }
}
