import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// Each case spoils one thing of an inventory of two hosts and two VMs.
@Suite("A native folder with something wrong in it")
struct BadInputTests {
  @Test("says what, where and what to do", arguments: cases)
  func badInput(_ example: BadInput) throws {
    var files = BadInput.good
    for (name, text) in example.files { files[name] = text }
    for name in example.removed { files[name] = nil }
    let folder = try TemporaryFolder(files)
    let log = InventoryReader.read(folder.path).log
    let found = log.kept.filter { $0.code == example.code }
    let diagnostic = try #require(found.first, "\(log.kept)")
    #expect(diagnostic.severity == example.severity)
    #expect(diagnostic.place?.file == (example.file.isEmpty ? folder.path : "\(folder.path)/\(example.file)"))
    #expect(diagnostic.place?.line == example.line)
    #expect(diagnostic.place?.column == example.column)
    #expect(diagnostic.summary.contains(example.words), "\(diagnostic)")
    if let remedy = example.remedy {
      #expect(diagnostic.remedy?.contains(remedy) == true, "\(diagnostic)")
    }
    #expect(diagnostic.remedy != nil || diagnostic.severity == .notice)
  }

  @Test("is usable after warnings, and not after errors", arguments: cases)
  func usable(_ example: BadInput) throws {
    var files = BadInput.good
    for (name, text) in example.files { files[name] = text }
    for name in example.removed { files[name] = nil }
    let folder = try TemporaryFolder(files)
    let result = InventoryReader.read(folder.path)
    #expect((result.inventory == nil) == (example.severity == .error), "\(result.log.kept)")
  }

  static let cases: [BadInput] = headers + hostRows + vmRows + references + otherTables + rules + wholeFiles

  // MARK: Headers

  static let headers = [
    BadInput.hosts("id,memory_mib\nh1,64\nh2,64\n", .tableMissingColumn, 1, nil, "no column cores"),
    .hosts(
      "id,cores,memory_mb\nh1,4,64\nh2,4,64\n", .tableMissingColumn, 1, nil, "memory_mib",
      remedy: "rename 'memory_mb'"),
    .vms("id,host,memory_mib\na,h1,1\n", .tableMissingColumn, 1, nil, "no column vcpus"),
    .hosts("id,cores,cores,memory_mib\nh1,4,4,64\nh2,4,4,64\n", .tableDuplicateColumn, 1, 10, "'cores'"),
    .hosts("id,cores,Cores,memory_mib\nh1,4,4,64\nh2,4,4,64\n", .tableDuplicateColumn, 1, 10, "'Cores'"),
    .hosts(
      "id,cores,memory_mib,rak\nh1,4,64,r\nh2,4,64,r\n", .tableUnknownColumn, 1, 21, "'rak'",
      severity: .warning,
      remedy: "rename it to rack"),
    .hosts(
      "id,cores,memory_mib,colour\nh1,4,64,red\nh2,4,64,blue\n", .tableUnknownColumn, 1, 21, "'colour'",
      severity: .notice),
  ]

  // MARK: Rows

  static let hostRows = [
    BadInput.hosts(
      "id,cores,memory_mib\nh1,4,64\nh2,4,64\nh1,8,64\n", .inventoryDuplicateHost, 4, 1, "first on line 2"),
    .hosts(
      "id,cores,memory_mib\nh1,4,-64\nh2,4,64\n", .tableBadValue, 2, 6, "memory_mib is -64", remedy: "above 0"
    ),
    .hosts("id,cores,memory_mib\nh1,4,64\nh2,0,64\n", .tableBadValue, 3, 4, "cores is 0"),
    .hosts("id,cores,memory_mib\nh1,4,NaN\nh2,4,64\n", .tableBadValue, 2, 6, "'NaN', not a number"),
    .hosts("id,cores,memory_mib\nh1,inf,64\nh2,4,64\n", .tableBadValue, 2, 4, "'inf', not a number"),
    .hosts("id,cores,memory_mib\nh1,1e999,64\nh2,4,64\n", .tableBadValue, 2, 4, "'1e999'"),
    .hosts("id,cores,memory_mib\nh1,4,1.234\nh2,4,64\n", .tableAmbiguousNumber, 2, 6, "'1.234'"),
    .hosts("id,cores,memory_mib\nh1,four,64\nh2,4,64\n", .tableBadValue, 2, 4, "'four'"),
    .hosts("id,cores,memory_mib\nh1,,64\nh2,4,64\n", .tableMissingValue, 2, 4, "host 'h1' has no cores"),
    .hosts("id,cores,memory_mib\n,4,64\nh2,4,64\n", .tableMissingValue, 2, 1, "the host has no id"),
    .hosts("id,cores,memory_mib\nh1,4,64,9\nh2,4,64\n", .tableRaggedRow, 2, nil, "4 cells"),
    .hosts(
      "id,cores,memory_mib,rack\nh1,4,64\nh2,4,64,r\n", .tableRaggedRow, 2, nil, "3 cells", severity: .warning
    ),
    .hosts(
      "id,cores,memory_mib,state\nh1,4,64,onlin\nh2,4,64,\n", .tableBadValue, 2, 9, "state is 'onlin'",
      remedy: "'online'"),
    .hosts(
      "id,cores,memory_mib,maintenance\nh1,4,64,maybe\nh2,4,64,\n", .tableBadValue, 2, 9, "not true or false"),
    .hosts(
      "id,cores,memory_mib,max_vms\nh1,4,64,2.5\nh2,4,64,\n", .tableBadValue, 2, 9, "max_vms is 2.5",
      remedy: "whole"),
    .hosts(
      "id,cores,memory_mib,labels\nh1,4,64,gold\nh2,4,64,\n", .tableBadValue, 2, 9, "'gold'",
      remedy: "key=value"),
    .hosts("id,cores,memory_mib,cpu_overcommit_ratio\nh1,4,64,0\nh2,4,64,\n", .tableBadValue, 2, 9, "is 0"),
    .hosts("id,cores,memory_mib\n\"h1,4,64\nh2,4,64\n", .tableUnclosedQuote, 2, 1, "is not closed"),
    .hosts("id,cores,memory_mib\nh1,4,64\nh2,4", .fileTruncated, 3, nil, "ends within a row"),
    .hosts(
      "id,cores,memory_mib\n\(String(repeating: "h", count: 256)),4,64\n", .tableBadValue, 2, 1,
      "256 characters"),
    .hosts(
      "id,cores,memory_mib,memory_reserved_mib\nh1,4,64,65\nh2,4,64,\n", .inventoryContradiction, 2, 9,
      "more than its memory_mib 64", severity: .warning),
    .hosts("id,cores,memory_mib\n", .inventoryNoHosts, nil, nil, "no rows", severity: .warning, file: ""),
  ]

  static let vmRows = [
    BadInput.vms(
      "id,host,vcpus,memory_mib\na,h1,1,1\na,h2,1,1\n", .inventoryDuplicateVM, 3, 1, "first on line 2"),
    .vms("id,host,vcpus,memory_mib\na,h1,-1,1\n", .tableBadValue, 2, 6, "vcpus is -1"),
    .vms("id,host,vcpus,memory_mib\na,h1,1,0\n", .tableBadValue, 2, 8, "memory_mib is 0"),
    .vms("id,host,vcpus,memory_mib\na,h1,\"1,5\",1\n", .tableBadValue, 2, 6, "',' as decimal sign"),
    .vms(
      "id,host,vcpus,memory_mib,blockers\na,h1,1,1,usb;ussb\n", .tableBadValue, 2, 10, "'ussb'",
      remedy: "'usb'"),
    .vms(
      "id,host,vcpus,memory_mib,techniques\na,h1,1,1,precopy\n", .tableBadValue, 2, 10, "'precopy'",
      remedy: "'pre-copy'"),
    .vms(
      "id,host,vcpus,memory_mib,power_state\na,h1,1,1,running\n", .tableBadValue, 2, 10, "'running'",
      remedy: "on, off"),
    .vms("id,host,vcpus,memory_mib,template\na,h1,1,1,true\nb,h1,1,1,oui\n", .tableBadValue, 3, 10, "'oui'"),
    .vms(
      "id,host,vcpus,memory_mib,cpu_mhz_p95,cpu_mhz_max\na,h1,1,1,900,800\n", .inventoryContradiction, 2, 10,
      "cpu_mhz_p95 900", severity: .warning),
    .vms(
      "id,host,vcpus,memory_mib,cpu_mhz_by_hour\na,h1,1,1,1;2;3\n", .tableBadValue, 2, 10,
      "has 3 figures, not 168"),
    .vms(
      "id,host,vcpus,memory_mib,cpu_mhz_by_hour\na,h1,1,1,"
        + String(repeating: "1;", count: 165) + "1;-1;1\n", .tableBadValue, 2, 10,
      "no number 0 or above at place 167"),
  ]

  static let references = [
    BadInput.vms(
      "id,host,vcpus,memory_mib\na,h1,1,1\nb,h3,1,1\n", .inventoryUnknownHost, 3, 3, "'h3'",
      severity: .warning),
    .vms("id,host,vcpus,memory_mib\na,,1,1\n", .inventoryAssumed, 2, 3, "names no host", severity: .notice),
    .vms(
      "id,host,vcpus,memory_mib,allowed_hosts\na,h1,1,1,h1;h9\n", .inventoryUnknownReference, 2, 10, "'h9'",
      severity: .warning),
    .vms(
      "id,host,vcpus,memory_mib,cluster\na,h1,1,1,c9\n", .inventoryContradiction, 2, 10, "cluster 'c9'",
      severity: .warning),
  ]

  static let otherTables = [
    BadInput("links.csv", "id,a,b,gbps\nl,h1,h9,10\n", .inventoryUnknownReference, 2, 6, "'h9'"),
    BadInput("links.csv", "id,a,b,gbps\nl,h1,h1,10\n", .inventoryContradiction, 2, 6, "starts and ends"),
    BadInput("links.csv", "id,a,b,gbps\nl,h1,h2,10\nl,h1,h2,1\n", .inventoryDuplicateID, 3, 1, "link 'l'"),
    BadInput("dependencies.csv", "from,to\na,z\n", .inventoryUnknownReference, 2, 3, "'z'"),
    BadInput("dependencies.csv", "from,to\na,a\n", .inventoryContradiction, 2, 3, "depends on itself"),
    BadInput("dependencies.csv", "from,to\na,b\na,b\n", .inventoryDuplicateID, 3, 1, "'a to b'"),
    BadInput(
      "datastores.csv", "id,hosts\nd,h1;h9\n", .inventoryUnknownReference, 2, 3, "'h9'", severity: .warning),
    BadInput("clusters.csv", "id\nc9\n", .inventoryUnknownReference, 2, 1, "'c9'", severity: .warning),
    BadInput(
      "utilisation.csv", "vm_id,timestamp\n", .inventorySkipped, nil, nil, "not looked into",
      severity: .notice
    ),
  ]

  static let rules = [
    BadInput(
      "rules.json", "{\"schema\": \"stowage.rules/v1\", \"rules\": [", .fileTruncated, 1, 42, "ends within"),
    BadInput("rules.json", "[]", .ruleSchema, 1, 1, "a list"),
    BadInput.rule(
      "{\"id\": \"r\", \"kind\": \"stay\", \"vms\": [\"z\"]}", .ruleSelectsNobody, 2, 1, "selects no VM"),
    .rule(
      "{\"id\": \"r\", \"kind\": \"stay\", \"vms\": [\"a\", \"z\"]}", .ruleSelectsNobody, 2, 1, "'z'",
      severity: .warning),
    .rule(
      "{\"id\": \"r\", \"kind\": \"stay\", \"vms\": [7]}", .ruleSelectsNobody, 2, 1, "'7'", severity: .error),
    .rule(
      "{\"id\": \"r\", \"kind\": \"affinity\", \"vms\": [\"*\"]},\n{\"id\": \"s\", \"kind\": \"anti_affinity\", \"vms\": [\"*\"]}",
      .ruleContradiction, 3, 1, "'r'"),
    .rule(
      "{\"id\": \"r\", \"kind\": \"together\", \"vms\": [\"*\"]},\n{\"id\": \"s\", \"kind\": \"serialize\", \"vms\": [\"*\"]}",
      .ruleContradiction, 3, 1, "at one moment by rule 'r' and to move one at a time by rule 's'",
      severity: .warning),
    .rule(
      "{\"id\": \"r\", \"kind\": \"stay\", \"vms\": [\"a\"]},\n{\"id\": \"s\", \"kind\": \"drain\", \"hosts\": [\"h1\"]}",
      .ruleContradiction, 3, 1, "VM 'a'"),
  ]

  static let wholeFiles = [
    BadInput(removing: "hosts.csv", .inventoryNoHosts, "no table of hosts"),
    BadInput(removing: "vms.csv", .fileUnreadable, "no table of VMs"),
    BadInput("hosts.csv", "", .tableEmpty, nil, nil, "is empty"),
    BadInput("rules.yml", "schema: [", .fileSyntax, 2, 1, "YAML"),
  ]
}

/// One thing that is wrong, and what is to be said about it.
struct BadInput: Sendable, CustomTestStringConvertible {
  var files: [String: String] = [:]
  var removed: [String] = []
  let code: DiagnosticCode
  var severity = Severity.error
  var file: String
  var line: Int?
  var column: Int?
  let words: String
  var remedy: String?

  /// What is right before it is spoilt.
  static let good = [
    "hosts.csv": "id,cores,memory_mib,cluster\nh1,4,64,c1\nh2,4,64,c1\n",
    "vms.csv": "id,host,vcpus,memory_mib\na,h1,1,1\nb,h2,1,1\n",
  ]

  init(
    _ file: String, _ text: String, _ code: DiagnosticCode, _ line: Int?, _ column: Int?, _ words: String,
    severity: Severity = .error, remedy: String? = nil
  ) {
    files = [file: text]
    self.code = code
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.words = words
    self.remedy = remedy
  }

  init(removing name: String, _ code: DiagnosticCode, _ words: String) {
    removed = [name]
    self.code = code
    file = ""
    self.words = words
  }

  static func hosts(
    _ text: String, _ code: DiagnosticCode, _ line: Int?, _ column: Int?, _ words: String,
    severity: Severity = .error, remedy: String? = nil, file: String = "hosts.csv"
  ) -> BadInput {
    var example = BadInput("hosts.csv", text, code, line, column, words, severity: severity, remedy: remedy)
    example.file = file
    return example
  }

  static func vms(
    _ text: String, _ code: DiagnosticCode, _ line: Int?, _ column: Int?, _ words: String,
    severity: Severity = .error, remedy: String? = nil
  ) -> BadInput {
    BadInput("vms.csv", text, code, line, column, words, severity: severity, remedy: remedy)
  }

  static func rule(
    _ text: String, _ code: DiagnosticCode, _ line: Int?, _ column: Int?, _ words: String,
    severity: Severity = .error
  ) -> BadInput {
    BadInput(
      "rules.json", "{\"schema\": \"stowage.rules/v1\", \"rules\": [\n\(text)\n]}", code, line, column, words,
      severity: severity)
  }

  var testDescription: String {
    "\(code.rawValue): \(words)"
  }
}
