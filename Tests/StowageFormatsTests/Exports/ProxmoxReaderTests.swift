import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Proxmox VE")
struct ProxmoxReaderTests {
  static let resources = """
    {"data": [
      {"id": "node/alpha", "type": "node", "node": "alpha", "status": "online", "maxcpu": 16, "maxmem": 68719476736},
      {"id": "node/beta", "type": "node", "node": "beta", "status": "online", "maxcpu": 8, "maxmem": 34359738368,
       "hastate": "maintenance"},
      {"id": "qemu/100", "type": "qemu", "vmid": 100, "name": "web", "node": "alpha", "status": "running", "maxcpu": 4,
       "maxmem": 4294967296, "mem": 2147483648, "maxdisk": 34359738368, "tags": "prod;plb_anti_affinity_web"},
      {"id": "qemu/101", "type": "qemu", "vmid": 101, "name": "web", "node": "beta", "status": "stopped", "maxcpu": 4,
       "maxmem": 4294967296, "tags": "plb_anti_affinity_web;plb_pin_beta"},
      {"id": "lxc/102", "type": "lxc", "vmid": 102, "name": "proxy", "node": "alpha", "status": "running", "maxcpu": 1,
       "maxmem": 536870912, "tags": "plb_ignore_all"},
      {"id": "qemu/900", "type": "qemu", "vmid": 900, "name": "golden", "node": "alpha", "template": 1, "maxcpu": 1},
      {"id": "storage/alpha/ceph", "type": "storage", "storage": "ceph", "node": "alpha", "shared": 1,
       "plugintype": "rbd", "maxdisk": 1099511627776, "disk": 10737418240},
      {"id": "storage/alpha/local-lvm", "type": "storage", "storage": "local-lvm", "node": "alpha", "shared": 0}
    ]}
    """

  static let files = [
    "cluster-resources.json": resources,
    "alpha-status.json": """
    {"cpuinfo": {"cpus": 16, "cores": 4, "sockets": 2, "mhz": "2600.000", "model": "CPU"}, "memory": {"total": 68719476736},
     "pveversion": "pve-manager/9.0.3"}
    """,
    "qemu-100-config.json": """
    {"cores": 4, "memory": "4096", "scsi0": "ceph:vm-100-disk-0,size=32G", "ide2": "local:iso/os.iso,media=cdrom",
     "hostpci0": "0000:01:00", "net0": "virtio=AA:BB,bridge=vmbr0", "cpu": "host", "digest": "x"}
    """,
    "101.conf":
      "cores: 4\nmemory: 4096\nscsi0: local-lvm:vm-101-disk-0,size=8G\nboot: order=scsi0\n\n[before]\nmemory: 1\n",
    "rules.cfg": """
    node-affinity: licence
    \tresources vm:100,vm:101
    \tnodes alpha:2,beta:1
    \tstrict 1

    resource-affinity: together
    \tresources vm:100,ct:102
    \taffinity positive

    resource-affinity: off
    \tresources vm:100,ct:102
    \taffinity negative
    \tdisable 1
    """,
  ]

  @Test("of API answers, configs and rules gives one fleet")
  func fleet() throws {
    let result = try readExport(Self.files)
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.sourceKind == "proxmox")
    #expect(result.counts.templates == 1 && result.counts.vms == 4)
    #expect(inventory.host("alpha")?.cores == 8 && inventory.host("beta")?.cores == 8)
    #expect(inventory.host("alpha")?.cpuMHz == 2600 && inventory.host("alpha")?.memoryMiB == 65536)
    #expect(inventory.host("beta")?.isInMaintenance == true)
    #expect(
      result.counts.assumed["host: its cores taken as its hardware threads, for want of its node status"] == 1
    )
    let web = try #require(inventory.vm("web [100]"))
    #expect(web.host == "alpha" && web.vCPUs == 4 && web.memoryMiB == 4096 && web.memoryConsumedMiB == 2048)
    #expect(web.blockers == [.passthrough, .hostCPUModel, .iso] && web.hasLocalDisk == false)
    #expect(web.datastores == ["ceph"] && web.networks == ["vmbr0"] && web.labels["tag.prod"] == "1")
    let other = try #require(inventory.vm("web [101]"))
    #expect(other.powerState == .off && other.hasLocalDisk == true && other.blockers == [.snapshot])
    #expect(other.diskProvisionedGiB == 8)
    #expect(inventory.vm("proxy")?.blockers == [.container])
  }

  @Test("holds the rules of high availability and ProxLB's tags")
  func rules() throws {
    let result = try readExport(Self.files)
    let inventory = try #require(result.inventory)
    #expect(
      inventory.rules.map(\.id) == [
        "licence", "licence (priority)", "plb_anti_affinity_web", "plb_ignore", "plb_pin web", "together",
      ])
    #expect(inventory.rule("licence (priority)")?.isHard == false)
    #expect(
      inventory.rule("licence (priority)")?.requirement
        == .onlyOn(OnlyOn(vms: Selection(["web [100]", "web [101]"]), hosts: Selection(["alpha"]))))
    #expect(result.counts.skipped["rule that is switched off"] == 1)
    #expect(inventory.notes.contains("Left out, rule that is switched off: 1."))
  }

  @Test("takes groups of versions up to 8")
  func groups() throws {
    let result = try readExport([
      "r.json": Self.resources, "ha-groups.json": #"[{"group": "g", "nodes": "beta", "restricted": 1}]"#,
      "ha-resources.json": #"[{"sid": "vm:101", "group": "g", "type": "vm", "state": "started"}]"#,
    ])
    #expect(
      result.inventory?.rule("g")?.requirement
        == .onlyOn(OnlyOn(vms: Selection(["web [101]"]), hosts: Selection(["beta"]))))
  }

  @Test("reports a file that is cut off, with line and column")
  func truncated() throws {
    let result = try readExport(["r.json": String(Self.resources.prefix(300))])
    #expect(result.inventory == nil)
    #expect(
      result.log.kept.contains { $0.code == .fileTruncated && $0.place?.line != nil && $0.remedy != nil })
  }
}
