import StowageModel

/// The waves of a plan as the file that AWS Application Migration Service imports.
///
/// Columns as AWS's user guide names them ("Inventory import parameters"): wave, application, server. Account and Region
/// are the operator's, and what is launched is set in the service: those columns are left to it.
struct MigrationServiceTable {
  let input: ReportInput
  let names: Names

  private static let header = [
    "mgn:account-id", "mgn:region", "mgn:wave:name", "mgn:wave:description", "mgn:app:name",
    "mgn:app:description", "mgn:server:user-provided-id", "mgn:server:platform", "mgn:server:tag:Name",
  ]

  /// The file. A program reads it: names stay as they are.
  var text: String {
    var seen: Set<VM.ID> = []
    var lines = [Self.header.joined(separator: ",")]
    for wave in Wave.waves(of: input.plan.moves) {
      for move in wave.moves where seen.insert(move.vm).inserted {
        lines.append(row(move, wave).map(Self.cell).joined(separator: ","))
      }
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private func row(_ move: Move, _ wave: Wave) -> [String] {
    let vm = names.vm(move.vm)
    let app = vm?.app ?? move.vm.rawValue
    let times = Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds)
    return [
      "", "", "wave-\(wave.number)", "\(Units.count(wave.moves.count, "move")), \(times) after the start",
      app,
      vm?.app == nil ? "a VM on its own" : "application of the inventory", move.vm.rawValue,
      Self.platform(vm?.operatingSystem), vm?.name ?? move.vm.rawValue,
    ]
  }

  /// `WINDOWS` or `LINUX`; empty where the inventory does not say.
  private static func platform(_ system: String?) -> String {
    guard let system = system?.lowercased(), !system.isEmpty else { return "" }
    return system.contains("windows") ? "WINDOWS" : "LINUX"
  }

  /// A cell by RFC 4180.
  private static func cell(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
  }
}
