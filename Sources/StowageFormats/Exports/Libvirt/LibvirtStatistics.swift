import StowageDiagnostics
import StowageModel

/// What `virsh domstats` says of a domain.
struct LibvirtStatistics {
  /// The domain's name.
  let name: String
  private let place: SourcePlace
  private var values: [String: Double] = [:]

  /// The domains of a text; none when the text is of another form.
  static func all(_ source: SourceText) -> [LibvirtStatistics] {
    var all: [LibvirtStatistics] = []
    for (number, line) in source.lines.enumerated() {
      if line.hasPrefix("Domain:") {
        let name = line.dropFirst("Domain:".count).trimmedOfBlanks
        let isQuoted = name.count >= 2 && name.first == "'" && name.last == "'"
        all.append(
          LibvirtStatistics(
            name: isQuoted ? String(name.dropFirst().dropLast()) : name,
            place: SourcePlace(file: source.file, line: number + 1, column: 1)))
      } else if all.isEmpty {
        if line.allSatisfy(\.isWhitespace) { continue }
        return []
      } else if let equals = line.firstIndex(of: "="), let value = Double(line[line.index(after: equals)...])
      {
        all[all.count - 1].values[line[..<equals].trimmedOfBlanks] = value
      }
    }
    return all
  }

  private init(name: String, place: SourcePlace) {
    self.name = name
    self.place = place
  }

  /// Adds to a domain of a draft what was measured of it.
  func describe(host: String, _ draft: inout FleetDraft) {
    let position = draft.vm("\(host)/\(name)", name: name, at: place)
    let disks = (0..<Int(clamping: Int64(min(values["block.count"] ?? 0, 1000))))
    let capacity = disks.compactMap { values["block.\($0).capacity"] }.reduce(0, +)
    let allocation = disks.compactMap { values["block.\($0).allocation"] }.reduce(0, +)
    draft.update(vm: position) { entry in
      entry.hostName = entry.hostName ?? host
      if let state = values["state.state"] {
        entry.vm.powerState = [1, 2, 3, 4].contains(state) ? .on : .off
      }
      if let current = values["vcpu.current"], entry.vm.vCPUs <= 0 || current > 0 { entry.vm.vCPUs = current }
      if entry.vm.memoryMiB <= 0, let most = values["balloon.maximum"] {
        entry.vm.memoryMiB = (most / 1024).rounded(.up)
      }
      entry.vm.memoryConsumedMiB = values["balloon.rss"].map { $0 / 1024 } ?? entry.vm.memoryConsumedMiB
      // The guest knows what it uses when it has a balloon driver that reports.
      if let available = values["balloon.available"],
        let usable = values["balloon.usable"] ?? values["balloon.unused"]
      {
        entry.vm.memoryActiveMiB = max(0, (available - usable) / 1024)
      }
      if capacity > 0 { entry.vm.diskProvisionedGiB = capacity / 1_073_741_824 }
      if allocation > 0 { entry.vm.diskUsedGiB = allocation / 1_073_741_824 }
      // 2: measured. libvirt counts in MiB whatever the name says.
      if values["dirtyrate.calc_status"] == 2, let rate = values["dirtyrate.megabytes_per_second"], rate >= 0
      {
        entry.vm.dirtyRateMiBPerSecond = rate
      }
    }
  }
}
