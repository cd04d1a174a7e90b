import StowageDiagnostics
import StowageModel

// What a plan says of cut-overs.
extension CutOverPolicy {
  func write(to writer: inout JSONWriter) {
    writer.object("cut_over") { writer in
      writer.member("convert_s", convertSeconds)
      writer.member("network_s", networkSeconds)
      writer.member("validation_s", validationSeconds)
    }
  }

  static func read(_ options: PlanFields, into log: inout DiagnosticLog) -> CutOverPolicy? {
    guard let fields = options.object("cut_over", into: &log) else { return nil }
    return CutOverPolicy(
      convertSeconds: fields.number("convert_s", greatest: 1e9, into: &log) ?? 0,
      networkSeconds: fields.number("network_s", greatest: 1e9, into: &log) ?? 0,
      validationSeconds: fields.number("validation_s", greatest: 1e9, into: &log) ?? 0)
  }
}

extension CutOver {
  func write(to writer: inout JSONWriter) {
    writer.object("cut_over") { writer in
      writer.member("shutdown_s", shutdownSeconds)
      writer.member("delta_s", deltaSeconds)
      writer.member("convert_s", convertSeconds)
      writer.member("boot_s", bootSeconds)
      writer.member("network_s", networkSeconds)
      writer.member("validation_s", validationSeconds)
    }
  }

  static func read(_ estimate: PlanFields, into log: inout DiagnosticLog) -> CutOver? {
    guard let fields = estimate.object("cut_over", into: &log) else { return nil }
    let names = ["shutdown_s", "delta_s", "convert_s", "boot_s", "network_s", "validation_s"]
    let parts = names.compactMap { fields.requiredNumber($0, into: &log) }
    guard parts.count == names.count else { return nil }
    return CutOver(
      shutdownSeconds: parts[0], deltaSeconds: parts[1], convertSeconds: parts[2], bootSeconds: parts[3],
      networkSeconds: parts[4], validationSeconds: parts[5])
  }
}
