import Foundation

/// One case and what was measured.
struct Measurement {
  /// The case.
  var name: String
  /// The quantity that the case is about, such as hosts on.
  var value: Double?
  /// What is proved about it.
  var lowerBound: Double?
  /// CPU seconds of all threads.
  var cpuSeconds: Double
  /// Seconds on the wall.
  var wallSeconds: Double
  /// Most memory that the process has held so far, in MiB.
  var peakMiB: Double
  /// The suite's own figures.
  var extra: [(name: String, value: String)] = []

  /// Runs `body` and measures it.
  static func of<Result>(_ body: () throws -> Result) rethrows -> (Result, Measurement) {
    let cpu = cpuSecondsNow()
    let wall = DispatchTime.now().uptimeNanoseconds
    let result = try body()
    let elapsed = Double(DispatchTime.now().uptimeNanoseconds - wall) / 1e9
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return (
      result,
      Measurement(
        name: "", cpuSeconds: cpuSecondsNow() - cpu, wallSeconds: elapsed,
        peakMiB: Double(usage.ru_maxrss) / 1024)
    )
  }

  /// CPU seconds of this process so far, all threads.
  static func cpuSecondsNow() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

extension Measurement {
  /// Tells on the standard error that something took long: a generated case that stands still is a fault.
  func warn(of what: String, from seconds: Double) {
    guard cpuSeconds >= seconds else { return }
    let line = String(format: "%.1f s of CPU\n", cpuSeconds)
    FileHandle.standardError.write(Data("\(what) took \(line)".utf8))
  }

  /// One line for people.
  var text: String {
    var parts = [name]
    if let value { parts.append("value \(value)") }
    if let lowerBound { parts.append("bound \(lowerBound)") }
    parts.append(String(format: "cpu %.3f s  wall %.3f s  peak %.0f MiB", cpuSeconds, wallSeconds, peakMiB))
    parts += extra.map { "\($0.name) \($0.value)" }
    return parts.joined(separator: "  ")
  }

  /// One object for programs.
  var json: String {
    var fields = ["\"name\": \"\(name)\""]
    if let value { fields.append("\"value\": \(value)") }
    if let lowerBound { fields.append("\"lower_bound\": \(lowerBound)") }
    if let value, let lowerBound { fields.append("\"proven\": \(value == lowerBound)") }
    fields.append(
      String(
        format: "\"cpu_s\": %.3f, \"wall_s\": %.3f, \"peak_mib\": %.0f", cpuSeconds, wallSeconds, peakMiB))
    fields += extra.map { "\"\($0.name)\": \($0.value)" }
    return "{\(fields.joined(separator: ", "))}"
  }

  /// Prints measurements as text or as a JSON array.
  static func show(_ measurements: [Measurement], asJSON: Bool) {
    if asJSON {
      print("[\n" + measurements.map { "  " + $0.json }.joined(separator: ",\n") + "\n]")
    } else {
      for measurement in measurements { print(measurement.text) }
    }
  }
}
