import Glibc
import StowageDiagnostics

/// Reads a table of samples piece by piece: memory stays the same however long the file is.
struct SampleStream {
  private let file: String
  private let delimiter: UInt8
  private let roles: [UInt8]
  private let metrics: [Int]
  private let factors: [Float]
  private let sums: [Bool]
  private let fixedName: String?
  private var line: Int
  private var vm = -1
  private var lastDate: [UInt8] = []
  private var lastDay: Int64 = 0
  private var namesNoZone = 0

  /// A stream of a table whose header ends before `line`; `fixedName` is the VM of a file that has no
  /// column for it.
  init(_ columns: UtilisationColumns, file: String, delimiter: UInt8, fixedName: String?, line: Int) {
    self.file = file
    self.delimiter = delimiter
    self.fixedName = columns.namesVM ? nil : fixedName
    self.line = line
    roles = columns.roles.map { role in
      switch role {
      case .other: 0
      case .vm: 1
      case .instant: 2
      case .metric: 3
      case .idlePercent: 4
      case .cpuNumber: 5
      }
    }
    metrics = columns.roles.map { role in
      if case .metric(let metric, _) = role { metric.rawValue } else { UtilisationMetric.cpuPercent.rawValue }
    }
    factors = columns.roles.map { if case .metric(_, let factor) = $0 { Float(factor) } else { 1 } }
    sums = columns.roles.map { if case .metric(let metric, _) = $0 { metric.isSum } else { false } }
  }

  /// Takes the whole lines of a piece in; returns how many bytes they are.
  mutating func take(
    _ piece: UnsafeBufferPointer<UInt8>, isLast: Bool, into collector: inout UtilisationCollector
  ) -> Int {
    var start = 0
    guard let base = piece.baseAddress else { return 0 }
    while start < piece.count {
      let end: Int
      if let found = memchr(base + start, 0x0A, piece.count - start) {
        end = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      } else if isLast {
        end = piece.count
      } else {
        return start
      }
      takeLine(base + start, end - start, &collector)
      line += 1
      start = end + 1
    }
    return piece.count
  }

  /// Says what was taken for granted.
  func finish(_ collector: inout UtilisationCollector) {
    if namesNoZone > 0 { collector.assumed["times without a zone taken as UTC", default: 0] += namesNoZone }
  }

  private mutating func takeLine(
    _ text: UnsafePointer<UInt8>, _ length: Int, _ collector: inout UtilisationCollector
  ) {
    var length = length
    while length > 0, text[length - 1].isBlank { length -= 1 }
    guard length > 0 else { return }
    collector.clearRow()
    var instant: Int64 = -1
    var number = fixedName == nil ? -1 : vm
    var column = 0
    var index = 0
    while column < roles.count, index <= length {
      let start = index
      var contentStart = start
      var contentEnd: Int
      if index < length, text[index] == .quote {
        contentStart = index + 1
        index += 1
        while index < length, text[index] != .quote { index += 1 }
        contentEnd = index
        while index < length, text[index] != delimiter { index += 1 }
      } else {
        while index < length, text[index] != delimiter { index += 1 }
        contentEnd = index
      }
      index += 1
      let role = roles[column]
      if role != 0 {
        while contentStart < contentEnd, text[contentStart].isBlank { contentStart += 1 }
        while contentEnd > contentStart, text[contentEnd - 1].isBlank { contentEnd -= 1 }
        let cell = UnsafeBufferPointer(start: text + contentStart, count: contentEnd - contentStart)
        if !cell.isEmpty {
          switch role {
          case 1: number = find(cell, &collector)
          case 2: instant = read(instant: cell)
          case 3: put(cell, column, &collector)
          case 4:
            if let idle = slowNumber(cell), idle <= 100 {
              collector.put(100 - idle, metrics[column], isSum: false)
            }
          default:
            if !cell.elementsEqual("-1".utf8) && !cell.elementsEqual("all".utf8) { return }
          }
        }
      }
      column += 1
    }
    if number < 0, let fixedName {
      vm = collector.number(of: fixedName)
      number = vm
    }
    guard number >= 0, instant >= 0 else {
      refuse(number < 0 ? "row without a VM" : "row whose time cannot be read", &collector)
      return
    }
    collector.add(number, at: instant)
  }

  @inline(__always)
  private mutating func find(_ cell: UnsafeBufferPointer<UInt8>, _ collector: inout UtilisationCollector)
    -> Int
  {
    vm = collector.number(of: cell, after: vm)
    return vm
  }

  /// `2026-11-22T08:05:00Z` by the quick way, everything else by the general one.
  @inline(__always)
  private mutating func read(instant cell: UnsafeBufferPointer<UInt8>) -> Int64 {
    if cell.count == 20, cell[19] == UInt8(ascii: "Z"), cell[13] == UInt8(ascii: ":"),
      cell[16] == UInt8(ascii: ":")
    {
      if lastDate.isEmpty || !Self.starts(cell, with: lastDate) {
        let year = Self.two(cell, 0) * 100 + Self.two(cell, 2)
        let (month, day) = (Self.two(cell, 5), Self.two(cell, 8))
        guard year >= 1970, year < 2200, (1...12).contains(month), (1...31).contains(day) else { return -1 }
        lastDate = Array(cell[..<10])
        lastDay = InstantText.days(year, month, day) * 86_400
      }
      let (hour, minute, second) = (Self.two(cell, 11), Self.two(cell, 14), Self.two(cell, 17))
      guard hour >= 0, hour < 25, minute >= 0, minute < 60, second >= 0, second < 61 else { return -1 }
      return lastDay + Int64(hour * 3600 + minute * 60 + second)
    }
    guard let (instant, hasZone) = InstantText.parse(cell), instant <= UtilisationCollector.lastInstant else {
      return -1
    }
    if !hasZone { namesNoZone += 1 }
    return instant
  }

  @inline(__always)
  private static func starts(_ cell: UnsafeBufferPointer<UInt8>, with bytes: [UInt8]) -> Bool {
    // From the end: names and dates differ there.
    var index = bytes.count - 1
    while index >= 0 {
      if cell[index] != bytes[index] { return false }
      index -= 1
    }
    return true
  }

  @inline(__always)
  private static func two(_ cell: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
    let (a, b) = (Int(cell[index]) - 0x30, Int(cell[index + 1]) - 0x30)
    return a >= 0 && a < 10 && b >= 0 && b < 10 ? a * 10 + b : -100_000
  }

  @inline(__always)
  private func put(_ cell: UnsafeBufferPointer<UInt8>, _ column: Int, _ collector: inout UtilisationCollector)
  {
    var whole = 0
    var fraction = 0
    var scale: Float = 1
    var index = 0
    let count = cell.count
    while index < count, index < 12, cell[index].isDigit {
      whole = whole * 10 + Int(cell[index] &- 0x30)
      index += 1
    }
    var value = Float(whole)
    if index < count, cell[index] == .dot, index > 0 {
      index += 1
      let stop = min(count, index + 6)
      while index < stop, cell[index].isDigit {
        fraction = fraction * 10 + Int(cell[index] &- 0x30)
        scale *= 10
        index += 1
      }
      while index < count, cell[index].isDigit { index += 1 }
      value += Float(fraction) / scale
    }
    if index < count {
      guard let slow = slowNumber(cell) else {
        if !isMissing(cell) { collector.unusable["value that is no number of 0 or more", default: 0] += 1 }
        return
      }
      value = slow
    }
    collector.put(value * factors[column], metrics[column], isSum: sums[column])
  }

  private func slowNumber(_ cell: UnsafeBufferPointer<UInt8>) -> Float? {
    guard cell.count <= 40 else { return nil }
    var text = String(decoding: cell, as: UTF8.self)
    if let comma = text.lastIndex(of: ",") {
      let dot = text.lastIndex(of: ".")
      // `1,791,567.26` groups by commas; so does `1,791` where commas separate the cells too.
      let groups = dot.map { $0 > comma } ?? (delimiter == .comma)
      if groups {
        text = text.replacing(",", with: "")
      } else {
        text = text.replacing(".", with: "").replacing(",", with: ".")
      }
    }
    guard let value = Float(text), value.isFinite, value >= 0, value <= 1e9 else { return nil }
    return value
  }

  private func isMissing(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = String(decoding: cell.prefix(8), as: UTF8.self).lowercased()
    return ["-", "nan", "null", "none", "n/a"].contains(text)
  }

  private func refuse(_ reason: String, _ collector: inout UtilisationCollector) {
    collector.unusable[reason, default: 0] += 1
    guard collector.log.keeps(.tableBadValue) else {
      collector.log.report(.tableBadValue, .warning, "")
      return
    }
    collector.log.report(
      .tableBadValue, .warning, at: SourcePlace(file: file, line: line), "a \(reason) is passed over",
      remedy: "write the VM and an RFC 3339 time into each row")
  }
}
