import Foundation
import StowageCommandLine
import Testing

/// `protect` and `sites` as a person sees them.
@Suite("Commands about sites")
struct RecoveryCommandTests {
  private static let hosts =
    "id,cores,memory_mib,site,network_gbps\na1,8,32768,a,10\na2,8,32768,a,10\nb1,8,32768,b,10\nb2,8,32768,b,10\n"
  private static let links = "id,a,b,gbps,rtt_ms\nwan,a,b,1,8\n"

  private func fleet(rpo: String, change: String = "1") throws -> CommandTests.Folder {
    try CommandTests.Folder([
      "hosts.csv": Self.hosts, "links.csv": Self.links,
      "vms.csv":
        "id,vcpus,memory_mib,host,disk_used_gib,disk_change_mib_per_s,rpo_s,rto_s\nu,2,4096,a1,20,\(change),\(rpo),3600\nv,2,4096,b1,20,1,,\n",
    ])
  }

  @Test("protect writes its six files, and verify accepts the plan and refuses it when a figure was changed")
  func protects() throws {
    let fleet = try fleet(rpo: "900")
    let out = try CommandTests.Folder()
    let done = CommandTests.run([
      "protect", fleet.path, "--platform", "vmware", "--deterministic", "--out", out.path,
    ])
    #expect(done.status == 0)
    #expect(done.out.hasSuffix("Recovery: 1 protected, 0 not, optimal; verified.\n"))
    #expect(
      out.names == [
        "failover.md", "recovery.html", "recovery.json", "replicas.csv", "setup.md", "test-failover.md",
      ])
    let path = "\(out.path)/recovery.json"
    let verified = CommandTests.run(["verify", fleet.path, path])
    #expect(verified.status == 0 && verified.out.contains("accepted"))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let forged = text.replacingOccurrences(of: "\"ready_s\": 990", with: "\"ready_s\": 600")
    #expect(forged != text)
    try forged.write(toFile: path, atomically: true, encoding: .utf8)
    let refused = CommandTests.run(["verify", fleet.path, path, "--format", "json"])
    #expect(refused.status == 1 && refused.out.contains("recovery.restart"))
  }

  @Test(
    "a VM that cannot be protected is an honest no with what would help, and the answer for programs says it too"
  )
  func refuses() throws {
    let fleet = try fleet(rpo: "5", change: "200")
    let done = CommandTests.run(["protect", fleet.path, "--with", "zerto", "--deterministic"])
    #expect(done.status == 1)
    #expect(done.out.contains("would do"))
    let json = CommandTests.run([
      "protect", fleet.path, "--with", "zerto", "--deterministic", "--format", "json",
    ])
    #expect(json.status == 1 && json.out.contains("\"schema\": \"stowage.recovery/v1\""))
    #expect(json.out.contains("\"wanted_links\""))
  }

  @Test("replication reckons for one VM: VMware's example, an RPO that is not held, limits by name")
  func reckons() throws {
    func run(_ words: String) -> (status: Int32, out: String, error: String) {
      CommandTests.run(["replication"] + words.split(separator: " ").map(String.init))
    }
    let example = run("--disk-gib 93.132 --change-mib-per-s 0 --link-gbps 0.1")
    #expect(example.status == 0 && example.out.contains("first copies     3 h 05 min"))
    // 10 MiB/s are 83.9 Mb/s, over 0.72 116.6.
    let slow = run("--disk-gib 100 --change-mib-per-s 10 --link-gbps 0.1 --with zerto --rpo 60")
    #expect(slow.status == 1 && slow.out.contains("116.6 Mb/s for that RPO"))
    #expect(slow.out.contains("never end"))
    let azure = run("--disk-gib 100 --change-mib-per-s 60 --link-gbps 10 --with azure-site-recovery --rpo 60")
    #expect(azure.status == 1 && azure.out.contains("Azure Site Recovery bears at most 54"))
    let mesh = run("--disk-gib 10 --change-mib-per-s 0.01 --link-gbps 10 --with hcx --vms 301 --format json")
    #expect(mesh.status == 1 && mesh.out.contains("300") && mesh.out.contains("200 (knowledge"))
    #expect(run("--disk-gib 10 --change-mib-per-s 1 --link-gbps 0").status == 64)
  }

  @Test("a broken recovery plan is told with its place")
  func broken() throws {
    let fleet = try fleet(rpo: "900")
    let out = try CommandTests.Folder([
      "recovery.json": "{\"schema\": \"stowage.recovery/v1\", \"terms\": {\"replicator\": \"ghost\"}}"
    ])
    let done = CommandTests.run(["verify", fleet.path, "\(out.path)/recovery.json"])
    #expect(done.status == 3 && done.error.contains("'replicator'"))
  }

  @Test("an answer whose lines end as those of a calendar is not ended twice", arguments: ["a\r\n", "a\n"])
  func lineEnds(text: String) {
    var out = ""
    Console(out: { out += $0 }, error: { _ in }).answer(text)
    #expect(Array(out.utf8) == Array(text.utf8))
  }

  @Test("sites tells the ways, for people and for programs")
  func sites() throws {
    let fleet = try fleet(rpo: "900")
    let text = CommandTests.run(["sites", fleet.path, "--platform", "vmware"])
    #expect(text.status == 0 && text.out.contains("replicated, then cut over: 1 VM"))
    let json = CommandTests.run(["sites", fleet.path, "--platform", "vmware", "--hcx", "--format", "json"])
    #expect(json.status == 0 && json.out.contains("\"way\": \"live-with-disks\""))
    #expect(CommandTests.run(["sites", fleet.path, "--hcx"]).status == 64)
  }
}
