import Glibc
import StowageDiagnostics

/// A file of samples.
struct SampleFile {
  private let path: String
  /// Chosen: a few system calls for each gigabyte, and little beside the distributions.
  private static let pieceSize = 1 << 20

  /// A file at a path.
  init(_ path: String) { self.path = path }

  /// Reads it; whether it is of a form that is known.
  func read(into collector: inout UtilisationCollector) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      collector.log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path),
        "cannot be read: \(String(cString: strerror(errno)))",
        remedy: "check the path and its permissions")
      return true
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
    var held = Self.fill(descriptor, &buffer, from: 0)
    guard held > 0 else { return false }
    if let answer = readWhole(buffer[..<held], &collector) { return answer }
    guard let (columns, delimiter, headerEnd, lines) = header(buffer[..<held]) else {
      return readTable(buffer[..<min(held, 65_536)], &collector)
    }
    var stream = SampleStream(
      columns, file: path, delimiter: delimiter, fixedName: stem, line: lines + 1)
    var start = headerEnd
    while true {
      let isLast = held < buffer.count
      let used = buffer.withUnsafeBufferPointer { all in
        stream.take(UnsafeBufferPointer(rebasing: all[start..<held]), isLast: isLast, into: &collector)
      }
      if isLast { break }
      let rest = held - start - used
      guard rest < buffer.count else {
        collector.log.report(
          .fileTooLarge, .error, at: SourcePlace(file: path), "a row is longer than \(buffer.count) bytes",
          remedy: "check that this is a table with one sample a line")
        return true
      }
      buffer.withUnsafeMutableBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        memmove(base, base + start + used, rest)
      }
      start = 0
      held = Self.fill(descriptor, &buffer, from: rest)
    }
    stream.finish(&collector)
    return true
  }

  private var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// Reads until the buffer is full or the file ends; how much is in it then.
  private static func fill(_ descriptor: CInt, _ buffer: inout [UInt8], from start: Int) -> Int {
    var held = start
    buffer.withUnsafeMutableBytes { bytes in
      while held < bytes.count {
        let count = Glibc.read(descriptor, bytes.baseAddress.map { $0 + held }, bytes.count - held)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { break }
        held += count
      }
    }
    return held
  }

  /// The columns of a table, if its first line is a header with a time and a metric.
  private func header(_ start: ArraySlice<UInt8>) -> (UtilisationColumns, UInt8, end: Int, lines: Int)? {
    var bytes = start.prefix(65_536)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    var lines = 0
    // Some tools say a word before the header.
    while lines < 5 {
      guard let end = bytes.firstIndex(of: .lineFeed) else { return nil }
      var line = Array(bytes[bytes.startIndex..<end])
      lines += 1
      while line.last == .carriageReturn { line.removeLast() }
      let delimiter = line.withUnsafeBufferPointer { Delimiter.sniff($0, from: 0) }
      let cells = Self.cells(line, delimiter)
      if cells.count > 1, let columns = UtilisationColumns(cells, of: MetricName.prometheus(stem)) {
        return (columns, delimiter, end + 1, lines)
      }
      bytes = bytes[(end + 1)...]
    }
    return nil
  }

  private static func cells(_ line: [UInt8], _ delimiter: UInt8) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isQuoted = false
    for byte in line {
      if byte == .quote {
        isQuoted.toggle()
      } else if byte == delimiter && !isQuoted {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
    }
    return cells.map { String(decoding: $0, as: UTF8.self).trimmedOfBlanks }
  }

  /// Reads JSON and UTF-16, which need the whole file; `nil` when it is neither.
  private func readWhole(_ start: ArraySlice<UInt8>, _ collector: inout UtilisationCollector) -> Bool? {
    let first = start.first { !$0.isBlank && ![0xEF, 0xBB, 0xBF].contains($0) }
    let isWide = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
    guard isWide || first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else { return nil }
    guard let source = SourceText.read(path, log: &collector.log) else { return true }
    let head = source.bytes.first { !$0.isBlank }
    if head == UInt8(ascii: "{") || head == UInt8(ascii: "[") {
      guard let values = JSONValue.parseAll(source, log: &collector.log) else { return true }
      return SampleDocument(path, stem: stem).read(values, into: &collector)
    }
    guard let (columns, delimiter, end, lines) = header(source.bytes[...]) else {
      return readTable(source.bytes[...], &collector)
    }
    var stream = SampleStream(columns, file: path, delimiter: delimiter, fixedName: stem, line: lines + 1)
    source.bytes.withUnsafeBufferPointer { all in
      _ = stream.take(UnsafeBufferPointer(rebasing: all[end...]), isLast: true, into: &collector)
    }
    stream.finish(&collector)
    return true
  }

  /// Reads tables whose rows name their metric: PowerCLI's `Get-Stat`.
  private func readTable(_ start: ArraySlice<UInt8>, _ collector: inout UtilisationCollector) -> Bool {
    let head = String(decoding: start.prefix(400), as: UTF8.self)
    guard head.contains("MetricId"), head.contains("Value") else { return false }
    guard let source = SourceText.read(path, log: &collector.log),
      let table = Table.parse(source, log: &collector.log)
    else { return true }
    let records = RecordTable(table)
    guard records.has("Entity", "MetricId", "Timestamp", "Value") else { return false }
    for record in records.records {
      guard let vm = record.text("Entity"), let metric = record.text("MetricId").flatMap(MetricName.vSphere),
        metric.metric == .diskIOPS || record.text("Instance") == nil,
        let time = record.text("Timestamp"), let value = record.number("Value", log: &collector.log)
      else { continue }
      guard let (instant, hasZone) = MetricName.instant(time) else {
        collector.unusable["row whose time cannot be read", default: 0] += 1
        continue
      }
      if !hasZone { collector.assumed["times without a zone taken as UTC", default: 0] += 1 }
      collector.add(value * metric.factor, metric.metric, of: collector.number(of: vm), at: instant)
    }
    return true
  }
}
