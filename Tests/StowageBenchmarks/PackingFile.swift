import Foundation
import StowagePlacement

/// A vector bin packing problem in the `.vbp` format.
enum PackingFile {
  /// A file that is not as it must be.
  struct Flaw: Error, CustomStringConvertible {
    let file: String
    let what: String

    var description: String { "\(file): \(what)" }
  }

  static func read(_ file: String) throws -> VectorPacking {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    var numbers: [Int64] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard let number = Int64(word) else { throw Flaw(file: file, what: "'\(word)' is no whole number") }
      numbers.append(number)
    }
    guard let first = numbers.first, (1...Int64(VectorPacking.mostDimensions)).contains(first) else {
      throw Flaw(
        file: file, what: "it must begin with a number of dimensions, 1 to \(VectorPacking.mostDimensions)")
    }
    let dimensions = Int(first)
    let items = numbers.dropFirst(dimensions + 2)
    guard numbers.count >= dimensions + 2, items.count % (dimensions + 1) == 0,
      Int64(items.count / (dimensions + 1)) == numbers[dimensions + 1]
    else { throw Flaw(file: file, what: "the number of items is not the one stated") }
    do {
      return try VectorPacking(
        capacity: Array(numbers[1...dimensions]),
        items: stride(from: items.startIndex, to: items.endIndex, by: dimensions + 1).map { start in
          VectorPacking.Item(
            size: Array(items[start..<(start + dimensions)]), count: Int(items[start + dimensions]))
        })
    } catch {
      throw Flaw(file: file, what: "refused: \(error)")
    }
  }

  /// Whether bins hold every item once and none too much.
  static func isPacked(_ answer: VectorPackingAnswer, _ problem: VectorPacking) -> Bool {
    var packed = [Int](repeating: 0, count: problem.items.count)
    for bin in answer.bins {
      for dimension in problem.capacity.indices {
        let load = bin.reduce(Int64(0)) { $0 + problem.items[$1.item].size[dimension] * Int64($1.count) }
        if load > problem.capacity[dimension] { return false }
      }
      for entry in bin { packed[entry.item] += entry.count }
    }
    return packed == problem.items.map(\.count)
  }
}

/// A table of known optima; see ``PackingSuite``.
struct KnownOptima {
  struct Record {
    let optimum: Int?
    let bestHeuristic: Int?
  }

  private let folder: String
  private let records: [String: Record]

  init(_ file: String) throws {
    let name = (file as NSString).lastPathComponent
    folder = String(name.prefix { $0 != "_" && $0 != "." })
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline)
    let columns = (lines.first ?? "").split(separator: "\t").map(String.init)
    guard let named = columns.firstIndex(of: "instance_name"), let optimum = columns.firstIndex(of: "OPT"),
      let best = columns.firstIndex(of: "best_overall")
    else {
      throw PackingFile.Flaw(file: file, what: "columns instance_name, OPT and best_overall are needed")
    }
    var records: [String: Record] = [:]
    for line in lines.dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == columns.count else { continue }
      records[String(fields[named])] = Record(
        optimum: Int(fields[optimum]).flatMap { $0 > 0 ? $0 : nil }, bestHeuristic: Int(fields[best]))
    }
    self.records = records
  }

  /// What is known of a file: the table holds for folders whose names begin like its own.
  func record(of file: String) -> Record? {
    let path = file as NSString
    guard path.pathComponents.dropLast().contains(where: { $0.hasPrefix(folder) }) else { return nil }
    return records[(path.lastPathComponent as NSString).deletingPathExtension]
  }
}
