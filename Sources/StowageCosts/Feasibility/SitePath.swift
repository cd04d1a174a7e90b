import StowageModel

/// What the way between two hosts rules out: a running VM bears no round trip beyond what its platform supports, and
/// keeps its addresses only where its network is there.
struct SitePath {
  let path: MigrationPath
  let engine: MigrationEngine

  /// Why no running VM can take the way, and what to do; `nil` when it can.
  var objection: (because: String, remedy: String)? {
    if let most = engine.mostRoundTripMilliseconds, path.roundTripMilliseconds > most {
      let trip = Figure.decimal(path.roundTripMilliseconds, places: 1)
      return (
        "the round trip to the target is \(trip) ms and the platform moves running VMs over at most"
          + " \(Figure.decimal(most, places: 1)) ms",
        "move it cold, or replicate it and cut over"
      )
    }
    if path.isStretched == false {
      return (
        "its network does not reach the target's site (a link on the way is not stretched)",
        "stretch the network over the link, or move it cold and give it new addresses"
      )
    }
    return nil
  }
}
