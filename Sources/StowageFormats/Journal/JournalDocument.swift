public import StowageDiagnostics
public import StowageModel

/// Reads the journal of a plan's execution: JSON lines or a list of `{"step", "outcome", "instant"}`, or a
/// table with the columns `step`, `outcome`, `instant`.
public enum JournalDocument {
  /// The entries in the order of the file, and everything that is wrong with them.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - file: its name, for messages.
  ///   - steps: the steps of the plan; an entry for any other is an error.
  /// - Returns: the entries that could be read, and the log.
  public static func decode(
    _ bytes: [UInt8], file: String = "journal", steps: [Move.ID]
  ) -> (entries: [JournalEntry], log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let source = SourceText.decode(bytes, file: file, log: &log) else { return ([], log) }
    var reader = JournalReader(steps: steps, log: log)
    switch source.bytes.first(where: { !$0.isBlank }) {
    case nil: break
    case UInt8(ascii: "["): reader.readList(source)
    case UInt8(ascii: "{"): reader.readLines(source)
    default: reader.readTable(source)
    }
    return (reader.entries, reader.log)
  }
}

/// Collects entries and what is wrong with them.
private struct JournalReader {
  /// Words of other tools and people, and what they mean here.
  private static let synonyms: [String: JournalEntry.Outcome] = [
    "completed": .done, "complete": .done, "ok": .done, "success": .done, "succeeded": .done,
    "finished": .done, "error": .failed, "aborted": .failed, "cancelled": .failed, "canceled": .failed,
    "started": .underWay, "running": .underWay, "under-way": .underWay, "active": .underWay,
    "in_progress": .underWay, "omitted": .skipped,
  ]

  let steps: [Move.ID]
  var log: DiagnosticLog
  private(set) var entries: [JournalEntry] = []
  private let known: Set<Move.ID>

  init(steps: [Move.ID], log: DiagnosticLog) {
    self.steps = steps
    self.log = log
    known = Set(steps)
  }

  mutating func readList(_ source: SourceText) {
    guard let root = JSONValue.parse(source, log: &log) else { return }
    for value in root.array ?? [] { read(DocumentNode(value, file: source.file)) }
  }

  mutating func readLines(_ source: SourceText) {
    // Blank lines before a line keep its number right in messages.
    for (number, line) in source.bytes.split(separator: .lineFeed, omittingEmptySubsequences: false)
      .enumerated()
    where line.contains(where: { !$0.isBlank }) {
      let padding = String(repeating: "\n", count: number)
      let text = SourceText(padding + String(decoding: line, as: UTF8.self), file: source.file)
      if let value = JSONValue.parse(text, log: &log) { read(DocumentNode(value, file: source.file)) }
    }
  }

  private mutating func read(_ node: DocumentNode) {
    guard case .object(let members) = node.value else {
      report(node.place, "an entry is \(node.noun), not an object", "write {\"step\": …, \"outcome\": …}")
      return
    }
    let fields = ObjectFields(members: members, place: node.place)
    guard let step = text("step", fields), let outcome = text("outcome", fields) else { return }
    add(
      step: step.text, at: step.place, outcome: outcome.text, at: outcome.place,
      instant: fields["instant"] == nil ? nil : text("instant", fields)?.text)
  }

  private mutating func text(_ key: String, _ fields: ObjectFields) -> (text: String, place: SourcePlace)? {
    guard let node = fields[key] else {
      report(fields.place, "an entry has no '\(key)'", "add \"\(key)\"")
      return nil
    }
    switch node.value {
    case .text(let text): return (text, node.place)
    case .number(_, let text): return (text, node.place)
    default:
      report(node.place, "'\(key)' of an entry is \(node.noun), not text", "write it in quotes")
      return nil
    }
  }

  mutating func readTable(_ source: SourceText) {
    guard let table = Table.parse(source, log: &log) else { return }
    let reader = TableReader(table, numbers: .native)
    guard let stepColumn = reader.column("step", "id", "move"),
      let outcomeColumn = reader.column("outcome", "state")
    else {
      log.report(
        .journalBadValue, .error, at: SourcePlace(file: source.file, line: table.headerLine),
        "the journal has the columns \(table.columns.map { Diagnostic.quoted($0.name) }.joined(separator: ", "))",
        remedy: "name its columns step, outcome, instant; or write one JSON object a line")
      return
    }
    let instantColumn = reader.column("instant", "time", "at")
    for row in reader.rows {
      guard let step = reader.requiredString(row, stepColumn, log: &log),
        let outcome = reader.requiredString(row, outcomeColumn, log: &log)
      else { continue }
      add(
        step: step, at: table.place(row, stepColumn), outcome: outcome, at: table.place(row, outcomeColumn),
        instant: reader.string(row, instantColumn))
    }
  }

  private mutating func add(
    step: String, at stepPlace: SourcePlace, outcome: String, at outcomePlace: SourcePlace, instant: String?
  ) {
    let id = Move.ID(step)
    if !known.contains(id) {
      log.report(
        .journalUnknownStep, .error, at: stepPlace, "the plan has no step \(Diagnostic.quoted(step))",
        remedy: Suggestion.remedy(
          for: step, among: steps.map(\.rawValue), otherwise: "name steps by the id of the plan's moves"))
    }
    let word = outcome.lowercased()
    guard let meaning = JournalEntry.Outcome(rawValue: word) ?? Self.synonyms[word] else {
      let words = JournalEntry.Outcome.allCases.map(\.rawValue)
      report(
        outcomePlace, "the outcome of step \(Diagnostic.quoted(step)) is \(Diagnostic.quoted(outcome))",
        Suggestion.remedy(for: outcome, among: words, otherwise: "write \(words.joined(separator: ", "))"))
      return
    }
    if known.contains(id) { entries.append(JournalEntry(step: id, outcome: meaning, instant: instant)) }
  }

  private mutating func report(_ place: SourcePlace, _ summary: String, _ remedy: String) {
    log.report(.journalBadValue, .error, at: place, summary, remedy: remedy)
  }
}
