import Foundation
import StowageDiagnostics
import StowageFormats
import StowageModel
import Testing

@Suite("Calibration files")
struct CalibrationDocumentTests {
  private static let document = CalibrationDocument(
    generator: "stowage 0.1.0", platform: .openstack, measuredSHA256: "ab12", moves: 40, guests: 8,
    constants: [.setUp: 6.5, .goodput: 0.87, .stream: 440],
    errors: [
      CalibrationError(
        technique: .preCopy, figure: .time, moves: 40, before: 0.12, fitted: 0.02, crossValidated: 0.03)
    ])

  private static func text(_ change: (String) -> String) -> [UInt8] {
    Array(change(String(decoding: document.bytes, as: UTF8.self)).utf8)
  }

  @Test("what was written is read again")
  func roundTrip() throws {
    let (read, log) = CalibrationDocument.decode(Self.document.bytes)
    #expect(!log.hasErrors)
    let document = try #require(read)
    #expect(document.constants == Self.document.constants)
    #expect(document.errors == Self.document.errors)
    #expect(document.platform == .openstack)
    #expect(document.calibration == Self.document.calibration)
  }

  @Test("the digest is that of the file, not of what it means")
  func digest() throws {
    let spaced = try #require(CalibrationDocument.decode(Self.document.bytes + [10]).document)
    #expect(spaced.calibration.constants == Self.document.calibration.constants)
    #expect(spaced.calibration.sha256 != Self.document.calibration.sha256)
  }

  @Test("constants out of range, misspelt, not numbers; platforms and schemas that are not known are told")
  func badValues() {
    let cases: [(String, String, DiagnosticCode)] = [
      ("0.87", "1.5", .calibrationBadValue), ("0.87", "-1", .calibrationBadValue),
      ("0.87", "\"fast\"", .calibrationBadValue), ("goodput_share", "goodput", .calibrationBadValue),
      ("openstack", "xen", .calibrationBadValue), ("calibration/v1", "calibration/v2", .calibrationSchema),
      ("\"errors\": [", "\"errors\": [ 7, ", .calibrationBadValue),
      ("\"constants\"", "\"constant\"", .calibrationBadValue),
    ]
    for (old, new, code) in cases {
      let (document, log) = CalibrationDocument.decode(
        Self.text { $0.replacingOccurrences(of: old, with: new) })
      #expect(document == nil, "\(new)")
      #expect(log.kept.contains { $0.code == code && $0.severity == .error }, "\(new)")
    }
  }

  @Test("settings of the site are read for platforms that have them, and refused for others")
  func settings() {
    let stated = "\"auto_converge\": 1, \"cap_mib_per_s\": 64, \"completion_s_per_gib\": 800, \"set_up_s\""
    for (platform, foreign) in [
      ("openstack", 0), ("kubevirt", 0), ("ganeti", 1), ("proxmox", 2), ("libvirt", 3), ("vmware", 3),
    ] {
      let (document, log) = CalibrationDocument.decode(
        Self.text {
          $0.replacingOccurrences(of: "\"set_up_s\"", with: stated)
            .replacingOccurrences(of: "openstack", with: platform)
        })
      #expect(log.kept.count { $0.summary.contains("is no setting of a site with \(platform)") } == foreign)
      #expect((document == nil) == (foreign > 0))
      if let document { #expect(document.constants[.completion] == 800) }
    }
  }

  @Test("a file cut off anywhere is refused without a crash")
  func truncated() {
    let bytes = Self.document.bytes
    for length in stride(from: 0, to: bytes.count - 2, by: 7) {
      #expect(CalibrationDocument.decode(Array(bytes.prefix(length))).document == nil)
    }
  }

  @Test("the table of measured migrations: every bad cell and missing column is told with its place")
  func table() throws {
    let path = NSTemporaryDirectory() + "stowage-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try """
    vm,technique,memory_mib,link_gbps,total_s,downtime_ms,disk_copied_gib
    a,precopy,4096,10,12.5,300,
    a,warp,4096,10,12.5,300,
    b,cold,0,10,12.5,,20
    b,cold,4096,ten,,,20
    """.write(toFile: path, atomically: true, encoding: .utf8)
    let bad = MeasuredMigrationReader.read(path)
    #expect(bad.migrations.isEmpty)
    #expect(bad.log.kept.map { $0.place?.line ?? 0 } == [3, 4, 5, 5])
    try
      "vm,technique,memory_mib,link_gbps,total_s,downtime_ms,disk_copied_gib\na,precopy,4096,10,12.5,300,20\n"
      .write(toFile: path, atomically: true, encoding: .utf8)
    let good = MeasuredMigrationReader.read(path)
    let migration = try #require(good.migrations.first)
    #expect(migration.technique == .preCopy)
    #expect(migration.downtimeSeconds == 0.3)
    #expect(migration.copiesDisks)
    #expect(good.sha256.count == 64)
    try "technique,memory_mib\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(
      MeasuredMigrationReader.read(path).log.kept.map(\.code) == [.tableMissingColumn, .tableMissingColumn])
  }
}
