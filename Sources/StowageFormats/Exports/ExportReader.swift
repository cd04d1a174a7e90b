import Foundation
import StowageDiagnostics
import StowageModel

/// Reads the files of an export, of one platform or of several, into one inventory.
struct ExportReader {
  private let source: String
  private let wanted: InventoryFormat?
  private var log: DiagnosticLog

  /// Prepares to read what the operator pointed at, after what is already reported.
  init(_ source: String, wanted: InventoryFormat?, log: DiagnosticLog) {
    self.source = source
    self.wanted = wanted
    self.log = log
  }

  /// The inventory; `nil` when no file is of a form that is known.
  mutating func read(_ paths: [String], rules: String?) -> ReadResult? {
    var readers = PlatformReaders.all(wanted)
    var taken = [Int](repeating: 0, count: readers.count)
    var others: [String] = []
    for path in paths {
      guard let file = ExportFile.read(path, log: &log) else { continue }
      if let index = readers.indices.first(where: { readers[$0].take(file) }) {
        taken[index] += 1
        log.merge(file.log)
      } else {
        others.append(path)
      }
    }
    guard taken.contains(where: { $0 > 0 }) else {
      return log.hasErrors ? ReadResult(inventory: nil, log: log) : nil
    }
    note(others)
    var parts: [(label: String, result: ReadResult)] = []
    for (index, reader) in readers.enumerated() where taken[index] > 0 {
      let format = type(of: reader).format
      var draft = FleetDraft(format)
      reader.read(into: &draft)
      var assembly = FleetAssembly(draft, source: source)
      parts.append((format.rawValue, assembly.assemble(withRules: rules == nil)))
    }
    return InventoryMerge(log: log).merge(parts, rules: rules)
  }

  private mutating func note(_ others: [String]) {
    guard !others.isEmpty else { return }
    let shown = others.prefix(3).map {
      Diagnostic.quoted($0.split(separator: "/").last.map(String.init) ?? $0)
    }
    log.report(
      .inventorySkipped, .notice, at: SourcePlace(file: source),
      "\(counted(others.count, "file")) without hosts or VMs in a form that is known, such as "
        + "\(shown.joined(separator: ", ")): passed over")
  }
}
