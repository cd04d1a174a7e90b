import StowageModel

/// The waves of a plan as a calendar (RFC 5545), one event a wave and one its gate.
///
/// Times are in UTC. Nothing in it depends on when it is written: the stamp of each event is the start of the plan.
struct WaveCalendarFile {
  let input: ReportInput
  let gate: CommitGate
  let keptDays: Int?
  let start: Instant

  /// The file: lines end with CRLF and hold at most 75 octets (3.1).
  var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stowage//\(Self.escaped(input.plan.generator))//EN",
      "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
    ]
    for wave in Wave.waves(of: input.plan.moves) { lines += events(wave) }
    lines.append("END:VCALENDAR")
    return lines.map { Self.folded($0) + "\r\n" }.joined()
  }

  private func events(_ wave: Wave) -> [String] {
    let count = Units.count(Set(wave.moves.map(\.vm)).count, "VM")
    let length = wave.endSeconds - wave.startSeconds
    let sources = Set(wave.moves.map(\.from)).count
    let names = Summary.list(
      Set(wave.moves.map(\.vm)).sorted().map { VisibleText.name($0.rawValue) }, limit: 20)
    var notes = [
      "\(Units.count(wave.moves.count, "move")) from \(Units.count(sources, "host")), \(Units.duration(seconds: length)).",
      "VMs: \(names).", "Commit gate: \(gate.meaning).",
    ]
    if let keptDays { notes.append("Sources are kept for \(Units.count(keptDays, "day")).") }
    var lines = event(
      "wave-\(wave.number)", from: wave.startSeconds, to: wave.endSeconds,
      summary: "Wave \(wave.number): \(count) move", notes: notes)
    let seeds = wave.moves.compactMap(\.seed)
    if let first = seeds.map(\.startSeconds).min(), let last = seeds.map(\.endSeconds).max() {
      lines += event(
        "seeds-\(wave.number)", from: first, to: last, summary: "Wave \(wave.number): disks are copied ahead",
        notes: [
          "\(Units.count(seeds.count, "VM")), \(Units.gibibytes(fromMiB: seeds.reduce(0) { $0 + $1.mib }))."
        ])
    }
    if let policy = input.plan.options.waves, policy.validationSeconds > 0 {
      let opened = wave.endSeconds + policy.validationSeconds
      lines += event(
        "gate-\(wave.number)", from: wave.endSeconds, to: opened,
        summary: "Wave \(wave.number): see to its VMs, gate",
        notes: [
          "Commit gate: \(gate.meaning).",
          "To go back: \(Units.duration(seconds: policy.rollbackSeconds ?? length)).",
        ])
    }
    if let keptDays {
      let until = wave.endSeconds + Double(keptDays) * 86_400
      lines += event(
        "sources-\(wave.number)", from: until, to: until + 3600,
        summary: "Wave \(wave.number): remove what was kept at the sources",
        notes: ["VMs: \(names)."])
    }
    return lines
  }

  private func event(
    _ name: String, from: Double, to: Double, summary: String, notes: [String]
  ) -> [String] {
    guard let begins = utc(from), let ends = utc(to), let stamp = utc(0) else { return [] }
    return [
      "BEGIN:VEVENT",
      "UID:\(name)-\(input.plan.inventory.sha256.prefix(16).filter(\.isHexDigit))-\(start.secondsSince1970)@stowage",
      "DTSTAMP:\(stamp)", "DTSTART:\(begins)", "DTEND:\(ends)", "SUMMARY:\(Self.escaped(summary))",
      "DESCRIPTION:\(notes.map(Self.escaped).joined(separator: "\\n"))", "TRANSP:OPAQUE", "END:VEVENT",
    ]
  }

  /// `20261127T210041Z`; `nil` for what no calendar holds.
  private func utc(_ seconds: Double) -> String? {
    guard seconds.isFinite, seconds.magnitude < 1e10 else { return nil }
    let instant = Instant(secondsSince1970: start.secondsSince1970 + Int(seconds.rounded()))
    let digits = instant.description.prefix(19).filter { $0 != "-" && $0 != ":" }
    return "\(digits)Z"
  }

  /// Text with what means something escaped (3.3.11), on one line.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in VisibleText.line(text, limit: 2000).unicodeScalars {
      if scalar == "\\" || scalar == ";" || scalar == "," { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// A line of at most 75 octets, what is beyond on lines that begin with a blank; no character is cut.
  static func folded(_ line: String) -> String {
    var result = ""
    var length = 0
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if length + size > 75 {
        result += "\r\n "
        length = 1
      }
      result.unicodeScalars.append(scalar)
      length += size
    }
    return result
  }
}
