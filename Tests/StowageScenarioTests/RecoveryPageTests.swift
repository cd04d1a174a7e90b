import StowageKit
import Testing

/// Names may hold anything; pages stay pages and commands stay commands.
@Suite("Pages of recovery plans")
struct RecoveryPageTests {
  private static let hostile = "x'; rm -rf / #`$(id)`|<script>\n"

  @Test("names of VMs, hosts and sites end no command and open no markup", arguments: Replicator.allCases)
  func hostileNames(replicator: Replicator) throws {
    var sites = TwoSites(vms: [TwoSites.vm("plain"), TwoSites.vm(Self.hostile, on: "a2")])
    for index in sites.inventory.hosts.indices where sites.inventory.hosts[index].site == "b" {
      sites.inventory.hosts[index].name = Self.hostile
    }
    let input = try sites.protect(replicator)
    #expect(input.isVerified)
    let pages = RecoveryFiles.all(input).map {
      (name: $0.name, text: String(decoding: $0.bytes, as: UTF8.self))
    }
    for page in pages where page.name.hasSuffix(".md") || page.name.hasSuffix(".html") {
      #expect(!page.text.contains("<script>\n"), "\(replicator) \(page.name)")
    }
    let failover = try #require(pages.first { $0.name == "failover.md" }).text
    for line in failover.split(separator: "\n") where line.hasPrefix("ssh ") || line.hasPrefix("virsh ") {
      #expect(!line.contains("rm -rf") || line.contains("'\\''; rm -rf"), "\(line)")
    }
  }

  @Test("commands are there where there is a command line")
  func commands() throws {
    func page(_ name: String, _ replicator: Replicator, _ vm: String = "web-1") throws -> String {
      let input = try TwoSites(vms: [TwoSites.vm(vm, rpo: 1800)]).protect(replicator)
      let file = try #require(RecoveryFiles.all(input).first { $0.name == name })
      return String(decoding: file.bytes, as: UTF8.self)
    }
    #expect(
      try page("setup.md", .hyperVReplica).contains(
        "Enable-VMReplication -ComputerName 'a1' -VMName 'web-1' -ReplicaServerName 'b1' -ReplicaServerPort 80"
          + " -AuthenticationType 'Kerberos' -ReplicationFrequencySec 900"))
    #expect(
      try page("failover.md", .hyperVReplica).contains("Start-VMFailover -ComputerName 'b1' -VMName 'web-1'"))
    #expect(try page("test-failover.md", .hyperVReplica).contains("-AsTest"))
    let proxmox = try page("setup.md", .proxmox, "101")
    #expect(proxmox.contains("pvesr create-local-job 101-0 b1 --schedule"))
    #expect(proxmox.contains("*/15"))
    #expect(try page("failover.md", .proxmox, "101").contains("qm start 101"))
    #expect(try page("setup.md", .libvirt).contains("blockcopy --domain web-1"))
    #expect(try page("setup.md", .zfs).contains("zfs receive"))
    #expect(
      try page("failover.md", .azureSiteRecovery).contains("Start-AzRecoveryServicesAsrUnplannedFailoverJob"))
    #expect(try page("failover.md", .zerto).contains("commit policy"))
    #expect(try page("recovery.html", .zerto).contains("Migration against replication"))
  }
}
