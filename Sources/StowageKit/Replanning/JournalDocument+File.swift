public import StowageDiagnostics
public import StowageFormats
public import StowageModel

extension JournalDocument {
  /// The entries of a journal file for a plan, and all that is to be told about it.
  public static func read(path: String, of plan: Plan) -> (entries: [JournalEntry], log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let bytes = FileBytes.read(path, log: &log) else { return ([], log) }
    let (entries, decoded) = decode(bytes, file: path, steps: plan.moves.map(\.id))
    log.merge(decoded)
    return (entries, log)
  }
}
