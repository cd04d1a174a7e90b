// The entry point that libFuzzer calls. Not part of the package: `.ci/fuzz` compiles it into one module
// with the readers, whose internals it calls.
import Glibc

/// Feeds bytes to the reader that the environment names; whatever they are, it must come back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  var log = DiagnosticLog()
  switch FuzzTarget.current {
  case .workbook:
    guard let workbook = Workbook.open(bytes, file: "fuzz.xlsx", log: &log) else { return 0 }
    for name in workbook.sheetNames.prefix(4) { _ = workbook.table(name, log: &log) }
  case .csv, .json, .xml, .ganeti, .govc:
    guard let source = SourceText.decode(bytes, file: "fuzz", log: &log) else { return 0 }
    read(source, &log)
  }
  return 0
}

private func read(_ source: SourceText, _ log: inout DiagnosticLog) {
  switch FuzzTarget.current {
  case .csv:
    guard let table = Table.parse(source, log: &log) else { return }
    let records = RecordTable(table)
    for record in records.records { for name in record.names { _ = record.number(name, log: &log) } }
  case .json: _ = JSONValue.parseAll(source, log: &log)
  case .xml:
    for node in XMLNode.parse(source, log: &log) ?? [] {
      var draft = FleetDraft(.libvirt)
      LibvirtDomain(node, file: "fuzz").describe(host: "h", &draft)
    }
  case .ganeti:
    guard let text = GanetiText(source) else { return }
    var draft = FleetDraft(.ganeti)
    var facts = GanetiFacts()
    facts.add(text, into: &draft)
    GanetiFleet(facts).describe(&draft)
    var assembly = FleetAssembly(draft, source: "fuzz")
    _ = assembly.assemble(withRules: true)
  case .govc:
    var text = GovcText()
    guard text.take(source) else { return }
    var draft = FleetDraft(.govc)
    text.describe(&draft, GovcPlaces([]))
    var assembly = FleetAssembly(draft, source: "fuzz")
    _ = assembly.assemble(withRules: true)
  case .workbook: break
  }
}

private enum FuzzTarget: String {
  case csv, json, workbook, xml, ganeti, govc

  static let current = FuzzTarget(rawValue: environment("STOWAGE_FUZZ") ?? "") ?? .csv

  private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
