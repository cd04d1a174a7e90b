import StowageDiagnostics

/// Collects samples of many VMs from many files.
struct UtilisationCollector {
  /// The series, in the order in which their VMs first appeared.
  private(set) var series: [VMSeries] = []
  /// Rows that held at least one value.
  private(set) var rows = 0
  /// Rows or values that could not be used, by reason.
  var unusable: [String: Int] = [:]
  /// What was taken for granted, by what it is.
  var assumed: [String: Int] = [:]
  /// Everything to tell.
  var log = DiagnosticLog()
  /// How often each number of seconds lay between two samples of a VM.
  private var steps: [Int64: Int] = [:]
  private var names = NameTable()

  /// A row of values while it is put together; negative is missing.
  let row = UnsafeMutablePointer<Float>.allocate(capacity: UtilisationMetric.allCases.count)
  static let width = UtilisationMetric.allCases.count

  /// The number of the VM with this name.
  @inline(__always)
  mutating func number(of name: UnsafeBufferPointer<UInt8>, after last: Int = -1) -> Int {
    let number = names.number(of: name, after: last)
    if number == series.count { series.append(VMSeries(name: names.names[number])) }
    return number
  }

  /// The number of the VM with this name.
  mutating func number(of name: String) -> Int {
    var copy = name
    return copy.withUTF8 { number(of: $0) }
  }

  /// Empties ``row``.
  @inline(__always)
  func clearRow() {
    for index in 0..<Self.width { row[index] = -1 }
  }

  /// Puts a value into ``row``.
  @inline(__always)
  func put(_ value: Float, _ metric: Int, isSum: Bool) {
    if row[metric] < 0 {
      row[metric] = value
    } else {
      row[metric] = isSum ? row[metric] + value : max(row[metric], value)
    }
  }

  /// Takes ``row`` as the sample of a VM at an instant.
  @inline(__always)
  mutating func add(_ vm: Int, at instant: Int64) {
    // 1970 began on a Thursday, 72 hours after Monday.
    let hours = instant / 3600 + 72
    let step = series[vm].add(at: instant, hour: Int(hours % 168), row, Self.width)
    rows += 1
    if step > 0, step <= 86_400, rows & 15 == 0 || rows < 100_000 { steps[step, default: 0] += 1 }
  }

  /// Adds one value of a VM.
  mutating func add(_ value: Double, _ metric: UtilisationMetric, of vm: Int, at instant: Int64) {
    guard value.isFinite, value >= 0, value <= 1e9, (0...Self.lastInstant).contains(instant) else {
      unusable["value that is no number of 0 or more", default: 0] += 1
      return
    }
    clearRow()
    put(Float(value), metric.rawValue, isSum: metric.isSum)
    add(vm, at: instant)
  }

  /// The year 2200.
  static let lastInstant: Int64 = 7_258_118_400

  /// The usual number of seconds between two samples; 300 where there are too few to tell.
  var interval: Int64 {
    // Jitter spreads 300 s over 299 to 301: neighbours count together.
    var best: (step: Int64, count: Int)?
    let usual = steps.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(64)
    for (step, _) in usual.sorted(by: { $0.key < $1.key }) {
      let slack = max(1, step / 50)
      let near = (step - slack...step + slack).reduce(0) { $0 + (steps[$1] ?? 0) }
      if near > best?.count ?? 0 { best = (step, near) }
    }
    return best?.step ?? 300
  }
}
