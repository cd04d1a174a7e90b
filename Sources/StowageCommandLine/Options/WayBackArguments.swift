import ArgumentParser
import StowageKit

/// Whether the way back of an evacuation is planned with it.
struct WayBackArguments: ParsableArguments {
  @Flag(
    name: .customLong("return"),
    help: "Plan the way back too, into the folder return of --out (goal evacuate).")
  var isAsked = false

  @Option(
    name: .customLong("return-start"),
    help: ArgumentHelp(
      "When the way back starts, with its zone. Needed when the evacuation says when it starts.",
      valueName: "instant"))
  var start: Instant?

  /// Refuses what does not go together.
  func demand(_ goal: Goal, start evacuation: Instant?, out: String?) throws {
    guard isAsked else {
      if start != nil { throw ValidationError("--return-start goes with --return") }
      return
    }
    if goal != .evacuate { throw ValidationError("--return goes with --goal evacuate") }
    if out == nil { throw ValidationError("--return writes a second plan beside the first: give --out DIR") }
    if evacuation != nil, start == nil {
      throw ValidationError("--return with --start needs --return-start: when the hosts are ready again")
    }
    if let evacuation, let start, start < evacuation {
      throw ValidationError("--return-start is before --start")
    }
  }

  /// The files of a way back that was planned.
  func files(_ answer: ReturnPlanner.Answer?, zone: TimeZoneOffsets?) -> [(name: String, bytes: [UInt8])] {
    guard let answer, case .planned(let planned) = answer.planning else { return [] }
    var input = planned.reportInput(for: answer.inventory)
    input.zone = zone
    return RestartFiles.all(input, from: answer.inventory, in: "return")
  }
}
