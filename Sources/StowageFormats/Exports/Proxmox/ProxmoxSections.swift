import StowageDiagnostics

/// Reads files of `/etc/pve`.
enum ProxmoxSections {
  private static let availabilityKinds: Set = [
    "group", "node-affinity", "resource-affinity", "vm", "ct", "service",
  ]

  /// The sections of `ha/groups.cfg`, `ha/rules.cfg` or `ha/resources.cfg`: a line `kind: name`, then
  /// indented lines of a key and a value. `nil` when the text is something else.
  static func availability(_ source: SourceText) -> [ExportRecord]? {
    var records: [ExportRecord] = []
    var members: [JSONMember] = []
    var start = TextPosition(line: 1, column: 1)
    func close() {
      if !members.isEmpty { records.append(ExportRecord(members, at: start, file: source.file)) }
      members = []
    }
    for (number, line) in source.lines.enumerated() {
      let position = TextPosition(line: number + 1, column: 1)
      let text = line.trimmedOfBlanks
      if text.isEmpty || text.hasPrefix("#") { continue }
      func member(_ key: String, _ value: String) -> JSONMember {
        JSONMember(key, at: position, JSONValue(.string(value), at: position))
      }
      if line.first?.isWhitespace == true {
        guard !members.isEmpty else { return nil }
        let parts = text.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        members.append(member(String(parts[0]), parts.count > 1 ? parts[1].trimmedOfBlanks : "1"))
      } else {
        guard let (kind, name) = Stanzas.pair(line), availabilityKinds.contains(kind), !name.isEmpty else {
          return nil
        }
        close()
        start = position
        let isMember = kind == "vm" || kind == "ct"
        members = [
          member("type", kind),
          member(kind == "group" ? "group" : isMember ? "sid" : "rule", isMember ? "\(kind):\(name)" : name),
        ]
      }
    }
    close()
    return records.isEmpty ? nil : records
  }

  /// The current settings of `qemu-server/100.conf` or `lxc/101.conf`; what follows a line `[…]` are
  /// those of snapshots. `nil` when the text is something else.
  static func config(_ source: SourceText) -> ExportRecord? {
    var members: [JSONMember] = []
    for (number, line) in source.lines.enumerated() {
      let position = TextPosition(line: number + 1, column: 1)
      let text = line.trimmedOfBlanks
      if text.isEmpty || text.hasPrefix("#") { continue }
      if text.hasPrefix("[") {
        members.append(JSONMember("snapshots", at: position, JSONValue(.boolean(true), at: position)))
        break
      }
      guard let (key, value) = Stanzas.pair(line),
        key.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." })
      else { return nil }
      members.append(JSONMember(key, at: position, JSONValue(.string(value), at: position)))
    }
    let keys = Set(members.map(\.key))
    let isMachine =
      keys.contains { ProxmoxConfig.isDisk($0) } || keys.contains("net0") || keys.contains("rootfs")
    guard isMachine,
      keys.contains("memory") || keys.contains("cores") || keys.contains("boot") || keys.contains("arch")
    else { return nil }
    return ExportRecord(members, at: TextPosition(line: 1, column: 1), file: source.file)
  }
}
