import StowageModel

/// A curve of ``Tradeoff`` as rows for people.
struct TradeoffWords {
  static let note = "Each is a plan that the verifier accepted; --hosts-on makes the one of your choice."

  let rows: [[String]]

  static let titles = ["Hosts on", "Moves", "Memory moved", "No less than", "Time", "No less than"]

  init(_ tradeoffs: [Tradeoff]) {
    rows = tradeoffs.map { one in
      [
        Units.count(one.hostsOn) + (one.isChosen ? " (this plan)" : ""), Units.count(one.moves),
        Units.gibibytes(fromMiB: one.movedMiB),
        one.leastMovedMiB.map(Units.gibibytes(fromMiB:)) ?? "not proved",
        Units.duration(seconds: one.makespanSeconds), Units.duration(seconds: one.leastMakespanSeconds),
      ]
    }
  }
}
