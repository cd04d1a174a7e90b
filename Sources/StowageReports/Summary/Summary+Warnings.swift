import StowageModel

// What the operator must know before saying yes.
extension Summary {
  func addWarnings(to page: inout TextPage) {
    let texts = ReportWarnings(input, names: names).texts
    guard !texts.isEmpty else { return }
    page.section("Warnings (\(Units.count(texts.count)))", as: .attention)
    for text in texts { page.item(text, mark: "!") }
  }
}

/// The risks of a plan, as sentences that the summary and the report share.
struct ReportWarnings {
  /// One sentence for each kind of risk, and one for each of the worst VMs.
  let texts: [String]

  /// VMs named one by one; the rest is counted.
  private static let vmLimit = 5

  init(_ input: ReportInput, names: Names) {
    texts =
      Self.fastWriters(in: input, names: names) + Self.stoppedVMs(in: input, names: names)
      + Self.windowsWithoutReturn(in: input)
  }

  private static func fastWriters(in input: ReportInput, names: Names) -> [String] {
    let writers = FastWriter.all(in: input, names: names)
    var texts = writers.prefix(vmLimit).map { writer in
      "\(VisibleText.name(writer.move.vm.rawValue)) dirties \(Units.rate(mibPerSecond: writer.dirtyMiBPerSecond)) "
        + "and its move carries \(Units.rate(mibPerSecond: writer.move.rateMiBPerSecond)): pre-copy would not "
        + "converge\(writer.move.aid == nil ? "" : " by itself"); \(writer.move.manner) is used"
    }
    if writers.count > vmLimit {
      texts.append("\(Units.count(writers.count - vmLimit, "more VM")) would not converge in pre-copy")
    }
    return texts
  }

  private static func stoppedVMs(in input: ReportInput, names: Names) -> [String] {
    let stopped = input.plan.moves.filter { $0.technique == .cold && names.runs($0.vm) }
    guard let longest = Downtime(stopped).longest else { return [] }
    return [
      "\(Units.count(stopped.count, "running VM")) \(stopped.count == 1 ? "is" : "are") stopped for the move, "
        + "for up to \(Units.duration(milliseconds: longest.milliseconds)) "
        + "(\(VisibleText.name(longest.move.vm.rawValue)))"
    ]
  }

  private static func windowsWithoutReturn(in input: ReportInput) -> [String] {
    let moves = input.plan.moves.filter(\.technique.hasPointOfNoReturn)
    guard !moves.isEmpty else { return [] }
    let risk = moves.reduce(0) { $0 + ($1.estimate?.lossProbability ?? 0) }
    let odds = risk > 0 ? ": one in \(Units.decimal(1 / risk)) such plans loses one" : ""
    return [
      "\(Units.count(moves.count, "move")) \(moves.count == 1 ? "has" : "have") a window in which a failing host or "
        + "network loses the VM\(odds)"
    ]
  }
}
