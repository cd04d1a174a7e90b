import StowageDiagnostics

/// Reads samples from JSON: Prometheus, `sadf -j`, Proxmox VE, and govc.
struct SampleDocument {
  private let path: String
  private let stem: String

  /// A document of a file.
  init(_ path: String, stem: String) {
    self.path = path
    self.stem = stem
  }

  /// Reads the values of the document; whether they are of a form that is known.
  func read(_ values: [JSONValue], into collector: inout UtilisationCollector) -> Bool {
    var isKnown = false
    for value in values {
      if let record = ExportRecord(value, file: path) {
        isKnown = readPrometheus(record, &collector) || isKnown
        isKnown = readSar(record, &collector) || isKnown
        isKnown = readGovc(record, &collector) || isKnown
      }
      let rows = value.array ?? value.object?["data"]?.array ?? []
      isKnown = readProxmox(rows, &collector) || isKnown
    }
    return isKnown
  }

  // MARK: Prometheus

  private func readPrometheus(_ record: ExportRecord, _ collector: inout UtilisationCollector) -> Bool {
    guard record.json("data/result") != nil || record.has("resultType", "result") else { return false }
    for series in record.children("data/result") + record.children("result") {
      guard let labels = series.json("metric")?.object, let name = Self.vm(labels) else {
        collector.unusable["series that names no VM", default: 0] += 1
        continue
      }
      guard !Self.isPart(labels) else {
        collector.unusable["series of one CPU or one mode of it: export their sum", default: 0] += 1
        continue
      }
      guard let meaning = MetricName.prometheus(labels["__name__"]?.string ?? stem) else {
        collector.unusable["series of an unknown metric", default: 0] += 1
        continue
      }
      readPoints(series.json("values")?.array ?? [], meaning, collector.number(of: name), &collector)
    }
    return true
  }

  private func readPoints(
    _ points: [JSONValue], _ meaning: MetricName.Meaning, _ vm: Int, _ collector: inout UtilisationCollector
  ) {
    var before: (instant: Int64, value: Double)?
    for point in points {
      guard let pair = point.array, pair.count == 2, let time = pair[0].number,
        let value = pair[1].number ?? pair[1].string.flatMap(Double.init), value.isFinite
      else {
        collector.unusable["value that is no number of 0 or more", default: 0] += 1
        continue
      }
      let instant = InstantText.epoch(Int64(max(0, min(time, 1e15))))
      guard meaning.isCounter else {
        collector.add(value * meaning.factor, meaning.metric, of: vm, at: instant)
        continue
      }
      // A counter that falls was started again: what it shows is what it counted since.
      if let before, instant > before.instant {
        let growth = value >= before.value ? value - before.value : value
        collector.add(
          growth / Double(instant - before.instant) * meaning.factor, meaning.metric, of: vm, at: instant)
      }
      before = (instant, value)
    }
  }

  /// Whether a series is about a part of the VM's CPU, idle time among them.
  private static func isPart(_ labels: JSONObject) -> Bool {
    ["cpu", "vcpu", "core", "mode"].contains { labels[$0] != nil }
  }

  /// The VM by the labels that exporters give it.
  private static func vm(_ labels: JSONObject) -> String? {
    for label in ["vm_name", "vm", "domain", "name", "vmid", "id", "instance", "nodename", "hostname"] {
      guard let text = labels[label]?.string, !text.isEmpty else { continue }
      if text.hasPrefix("qemu/") || text.hasPrefix("lxc/") {
        return text.split(separator: "/").last.map(String.init)
      }
      // `web01:9100` is the exporter of web01.
      if label == "instance", let colon = text.lastIndex(of: ":") { return String(text[..<colon]) }
      return text
    }
    return nil
  }

  // MARK: sysstat

  private func readSar(_ record: ExportRecord, _ collector: inout UtilisationCollector) -> Bool {
    guard record.json("sysstat/hosts") != nil else { return false }
    for host in record.children("sysstat/hosts") {
      let vm = collector.number(of: host.text("nodename") ?? stem)
      for entry in host.children("statistics") {
        guard let date = entry.text("timestamp/date"), let time = entry.text("timestamp/time"),
          let (instant, _) = MetricName.instant("\(date) \(time)")
        else {
          collector.unusable["row whose time cannot be read", default: 0] += 1
          continue
        }
        var log = DiagnosticLog()
        collector.clearRow()
        let loads = entry.children("cpu-load") + entry.children("cpu-load-all")
        if let all = loads.first(where: { $0.text("cpu") == "all" || $0.text("cpu") == "-1" }),
          let idle = all.number("idle", log: &log), (0...100).contains(idle)
        {
          collector.put(Float(100 - idle), UtilisationMetric.cpuPercent.rawValue, isSum: false)
        }
        if let used = entry.number("memory/memused", log: &log), used >= 0 {
          collector.put(Float(used / 1024), UtilisationMetric.memoryActiveMiB.rawValue, isSum: false)
        }
        collector.add(vm, at: instant)
      }
    }
    return true
  }

  // MARK: Proxmox VE

  /// `rrddata` of a VM; rows of times at which it was off lack what is measured.
  private func readProxmox(_ rows: [JSONValue], _ collector: inout UtilisationCollector) -> Bool {
    let records = rows.compactMap { ExportRecord($0, file: path) }
    // Of a time at which the node did not run, there is nothing but the time.
    guard records.contains(where: { $0.has("time") && ($0.has("maxcpu") || $0.has("maxmem")) }) else {
      return false
    }
    let numbers = stem.split { !$0.isNumber }.map(String.init)
    let name = numbers.last { $0.count >= 3 } ?? numbers.last ?? stem
    let vm = collector.number(of: name)
    var log = DiagnosticLog()
    for record in records {
      guard let time = record.number("time", log: &log), time >= 0, time < 7e9 else {
        collector.unusable["row whose time cannot be read", default: 0] += 1
        continue
      }
      collector.clearRow()
      func put(_ value: Double?, _ factor: Double, _ metric: UtilisationMetric) {
        guard let value, value >= 0, value * factor <= 1e9 else { return }
        collector.put(Float(value * factor), metric.rawValue, isSum: metric.isSum)
      }
      put(record.number("cpu", log: &log), 100, .cpuPercent)
      put(record.number("mem", log: &log), 1 / 1_048_576.0, .memoryActiveMiB)
      put(record.number("memhost", log: &log), 1 / 1_048_576.0, .memoryConsumedMiB)
      put(record.number("netin", log: &log), 8e-6, .networkMbps)
      put(record.number("netout", log: &log), 8e-6, .networkMbps)
      collector.add(vm, at: Int64(time))
    }
    collector.log.merge(log)
    return true
  }

  // MARK: govc

  private func readGovc(_ record: ExportRecord, _ collector: inout UtilisationCollector) -> Bool {
    let samples = record.children("sample")
    guard let first = samples.first, first.has("sampleInfo", "value") else { return false }
    for sample in samples {
      guard let name = sample.text("entity/value", "entity/name") else { continue }
      let vm = collector.number(of: name)
      let times = sample.children("sampleInfo").map {
        $0.text("timestamp").flatMap(MetricName.instant)?.instant
      }
      for series in sample.children("value") {
        guard let meaning = series.text("name").flatMap(MetricName.vSphere) else {
          collector.unusable["series of an unknown metric", default: 0] += 1
          continue
        }
        // Of a single core, say; the VM as a whole has a series of its own.
        if meaning.metric != .diskIOPS, ![nil, "*"].contains(series.text("instance")) { continue }
        // Percent come in hundredths.
        let scale = series.text("unit") == "percent" ? 0.01 : 1
        let points = zip(times, series.json("value")?.array ?? []).compactMap { time, value in
          time.flatMap { time in value.number.map { (time, $0) } }
        }
        for (time, value) in points.sorted(by: { $0.0 < $1.0 }) {
          collector.add(value * meaning.factor * scale, meaning.metric, of: vm, at: time)
        }
      }
    }
    return true
  }
}
