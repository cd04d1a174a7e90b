import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Ganeti")
struct GanetiReaderTests {
  static let text = """
    east|uuid-e|preferred|tag|
    spare|uuid-s|unallocable||

    n1|65536|1024|59392|1048576|986112|16|M|uuid-e|1|room:a,hv:new
    n2|65536|1024|64512|1048576|996352|16|N|uuid-e|1|room:b|N|0|1|2.0
    n3|?|?|?|?|?|?|N|uuid-s|1

    db1|4096|51200|2|running|Y|n1|n2|drbd|pair:db,room:b|1
    db2|1024|10240|1|ERROR_up|Y|n1||plain|pair:db|1
    old|2048|1024|1|ADMIN_down|Y|n2||ext||1
    soon|128|128|1|running|Y|n1||plain||1|-|Y

    htools:iextags:pair
    htools:nlocation:room
    htools:desiredlocation:room
    htools:migration:hv

    |128,1,1024,1,1,1|128,1,1024,1,1,1;32768,8,1048576,16,8,12|plain,drbd|8.0|32.0
    east|128,1,1024,1,1,1|128,1,1024,1,1,1;32768,8,1048576,16,8,12|plain,drbd|2.5|32.0
    """

  @Test("gives nodes, instances and what ties them")
  func fleet() throws {
    let result = try readExport(["cluster.data": Self.text])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.count == 3 && inventory.vms.count == 3)
    #expect(result.counts.skipped == ["forthcoming instance": 1])
    let first = try #require(inventory.host("n1"))
    #expect(first.cluster == "east" && first.cpuOvercommitRatio == 2.5 && first.rack == "room:a")
    // 65536 − 59392 − (4096 + 1024) MiB are taken by nobody known; Ganeti keeps 1024.
    #expect(first.memoryReservedMiB == 1024)
    // What is free and what its plain instances hold.
    #expect(first.localDiskGiB == (986112 + 10240) / 1024.0)
    #expect(inventory.host("n3")?.state == .offline && inventory.host("n3")?.isSchedulable == false)
    #expect(inventory.host("n3")?.cpuOvercommitRatio == 8)
    #expect(inventory.vm("db1")?.allowedHosts == ["n1"], "n2 lacks the migration tag of n1")
    #expect(inventory.vm("db1")?.hasLocalDisk == false && inventory.vm("db2")?.hasLocalDisk == true)
    #expect(inventory.vm("old")?.powerState == .off && inventory.vm("old")?.allowedHosts.isEmpty == true)
  }

  @Test("holds exclusion tags and desired locations")
  func rules() throws {
    let inventory = try #require(try readExport(["cluster.data": Self.text]).inventory)
    #expect(inventory.rules.map(\.id) == ["desired location room:b", "pair:db"])
    #expect(
      inventory.rule("pair:db")?.requirement == .antiAffinity(AntiAffinity(vms: Selection(["db1", "db2"]))))
    #expect(inventory.rule("desired location room:b")?.isHard == false)
  }

  @Test("says which field of which line is no number")
  func badNumber() throws {
    let result = try readExport(["c.data": Self.text.replacingFirst("4096|51200", with: "4k|51200")])
    let problem = try #require(result.log.kept.first { $0.severity == .error })
    #expect(problem.code == .tableBadValue && problem.place?.line == 8 && problem.summary.contains("'4k'"))
  }
}

extension String {
  /// With the first occurrence of a text replaced.
  func replacingFirst(_ text: String, with other: String) -> String {
    guard let range = firstRange(of: text) else { return self }
    return replacingCharacters(in: range, with: other)
  }

  private func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
