import StowageModel

extension EstimateReport {
  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("Techniques over a path that carries \(Units.rate(mibPerSecond: payloadMiBPerSecond))")
    let tables = [
      table(["technique", "time", "range", "pause", "range"]) { $0.times },
      table(["technique", "sent", "range", "energy", "range"]) { $0.burdens },
      table(["technique", "guest slowed", "range", "window", "range"]) { $0.losses },
      table(["technique", "loss of the VM", "range"]) { $0.odds },
    ]
    for (index, table) in tables.enumerated() {
      if index > 0 { page.add("") }
      page.add(table.lines(fitting: layout.width))
    }
    page.section(
      chosenRow.map { "Use \($0.name)" } ?? "No technique is left", as: chosen == nil ? .bad : .good)
    for sentence in objections { page.item(sentence) }
    add(remediesTo: &page)
    add(variantsTo: &page, width: layout.width)
    return page.text
  }

  /// Why the others are not to be used; techniques with one reason share a sentence.
  var objections: [String] {
    var groups: [(because: String, techniques: [String])] = []
    for row in rows {
      guard let because = row.because else { continue }
      if let known = groups.firstIndex(where: { $0.because == because }) {
        groups[known].techniques.append(turnedDown(row))
      } else {
        groups.append((because, [turnedDown(row)]))
      }
    }
    return groups.map { "not \($0.techniques.joined(separator: ", ")): \(VisibleText.line($0.because))" }
  }

  /// A row that was turned down: beside a pre-copy that is helped along, one that is not is plain.
  private func turnedDown(_ row: Row) -> String {
    row.technique == chosen ? "plain \(row.name)" : row.name
  }

  private func table(_ heads: [String], _ cells: (Row) -> [String]) -> TextTable {
    var table = TextTable(
      heads.indices.map { TextTable.Column(isRightAligned: $0 > 0 && !$0.isMultiple(of: 2)) })
    table.add(heads)
    for row in rows { table.add([row.name] + cells(row)) }
    return table
  }

  private func add(remediesTo page: inout TextPage) {
    guard !remedies.isEmpty else { return }
    page.section("What would make pre-copy come to an end")
    for remedy in remedies { page.item(remedy) }
  }

  private func add(variantsTo page: inout TextPage, width: Int) {
    guard !variants.isEmpty else { return }
    page.section("What else the platform can do, where it is switched on")
    var table = TextTable([
      .init(), .init(isRightAligned: true), .init(), .init(isRightAligned: true), .init(isRightAligned: true),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ])
    table.add(["variant", "time", "range", "pause", "sent", "guest slowed", "CPU"])
    for variant in variants { table.add(variant.cells) }
    page.add(table.lines(fitting: width))
  }
}

extension EstimateReport.Figure {
  /// The figure and its range, by a way of writing one.
  func cells(_ text: (Double) -> String) -> [String] {
    let (least, most) = (text(low), text(high))
    return [text(expected), least == most ? least : "\(least) to \(most)"]
  }
}

extension EstimateReport.Row {
  /// The technique with what helps it along.
  var name: String { technique.name(with: aid) }

  /// Time and its range, pause and its range.
  var times: [String] {
    guard isEnding else {
      return ["no end", "", "\(Units.duration(seconds: downtimeSeconds.expected))", "at best"]
    }
    return seconds.cells(Units.duration(seconds:)) + downtimeSeconds.cells(Units.duration(seconds:))
  }

  /// Bytes and energy, each with its range.
  var burdens: [String] {
    sentMiB.cells(Units.gibibytes(fromMiB:)) + energyJoules.cells(Self.kilojoules)
  }

  /// Slowdown and window, each with its range.
  var losses: [String] {
    guestSlowdownSeconds.cells(Units.duration(seconds:)) + exposureSeconds.cells(Units.duration(seconds:))
  }

  /// The probability of losing the VM, with its range.
  var odds: [String] { lossProbability.cells(Self.odds) }

  /// Time and its range, pause, bytes, risk.
  var line: [String] {
    times.prefix(3) + [Units.gibibytes(fromMiB: sentMiB.expected), Self.odds(lossProbability.expected)]
  }

  private static func kilojoules(_ joules: Double) -> String {
    joules.isFinite ? "\(Units.decimal(joules / 1000, digits: 1)) kJ" : "unknown"
  }

  /// To two digits: more are not known of the failures of hosts.
  private static func odds(_ probability: Double) -> String {
    guard probability > 0 else { return "none" }
    let odds = 1 / probability
    var unit = 1.0
    while odds / unit >= 100 { unit *= 10 }
    return "1 in \(Units.decimal((odds / unit).rounded() * unit))"
  }
}

extension EstimateReport.Variant {
  /// Its name and figures; of one that does not end, what pause it would have at best.
  var cells: [String] {
    let pause = Units.duration(seconds: downtimeSeconds.expected)
    guard isEnding else { return [name, "no end", "", "\(pause) at best", "", "", ""] }
    return [name] + seconds.cells(Units.duration(seconds:)) + [
      pause, Units.gibibytes(fromMiB: sentMiB.expected),
      Units.duration(seconds: guestSlowdownSeconds.expected), Units.duration(seconds: encodingSeconds),
    ]
  }
}
