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
  private var steps = StepCounts()
  private var names = NameTable()
  private var waiting = SampleBatches()

  /// A row of values while it is put together; negative is missing.
  private let row = UnsafeMutablePointer<Float>.allocate(capacity: SampleBatches.width)

  /// The number of the VM with this name.
  @inline(__always)
  mutating func number(of name: UnsafeBufferPointer<UInt8>, after last: Int = -1) -> Int {
    let number = names.number(of: name, after: last)
    if number == series.count { addSeries() }
    return number
  }

  private mutating func addSeries() {
    waiting.makeRoom(for: series.count)
    series.append(VMSeries(name: names.names[series.count]))
  }

  /// The number of the VM with this name.
  mutating func number(of name: String) -> Int {
    var copy = name
    return copy.withUTF8 { number(of: $0) }
  }

  /// Empties ``row``.
  @inline(__always)
  func clearRow() {
    for index in 0..<SampleBatches.width { row[index] = -1 }
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
    rows += 1
    if waiting.append(row, at: instant, of: vm) { count(vm) }
  }

  private mutating func count(_ vm: Int) {
    series[vm].add(waiting.take(vm), steps: &steps)
  }

  /// Counts the samples that wait; nothing can be added afterwards.
  mutating func finish() {
    for vm in series.indices { count(vm) }
    waiting.deallocate()
    row.deallocate()
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
  var interval: Int64 { steps.interval }
}
