import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("libvirt")
struct LibvirtReaderTests {
  static let nodeinfo = """
    CPU model:           x86_64
    CPU(s):              32
    CPU frequency:       2600 MHz
    CPU socket(s):       1
    Core(s) per socket:  8
    Thread(s) per core:  2
    NUMA cell(s):        2
    Memory size:         65536000 KiB
    """
  static let domain = """
    <domain type='kvm' id='3'>
      <name>db</name><uuid>u-1</uuid>
      <memory unit='MiB'>8192</memory><currentMemory unit='KiB'>4194304</currentMemory>
      <memoryBacking><hugepages/></memoryBacking>
      <vcpu placement='static' current='6'>8</vcpu>
      <cputune><vcpupin vcpu='0' cpuset='2'/></cputune>
      <cpu mode='host-passthrough'/>
      <devices>
        <disk type='network' device='disk'><source protocol='rbd' name='p/v'/></disk>
        <disk type='file' device='cdrom'><source file='/iso/a.iso'/></disk>
        <interface type='bridge'><source bridge='br0'/></interface>
        <hostdev mode='subsystem' type='pci'/>
        <filesystem type='mount'><source dir='/srv'/></filesystem>
      </devices>
    </domain>
    """

  @Test("takes each host's files from a folder of its own")
  func folders() throws {
    let result = try readExport([
      "kvm1/nodeinfo.txt": Self.nodeinfo, "kvm1/db.xml": Self.domain, "kvm2/nodeinfo.txt": Self.nodeinfo,
      "kvm2/all.xml":
        "<domain type='kvm'><name>off</name><memory>1048576</memory><vcpu>1</vcpu></domain>\n<?xml version='1.0'?>\n"
        + "<domain type='kvm' id='9'><name>web</name><memory>1048576</memory><vcpu>2</vcpu></domain>",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.map(\.id) == ["kvm1", "kvm2"])
    // 32 threads, two of a core; memory in KiB.
    #expect(
      inventory.hosts[0].cores == 16 && inventory.hosts[0].cpuMHz == 2600 && inventory.hosts[0].sockets == 2)
    #expect(inventory.hosts[0].memoryMiB == 64000)
    #expect(inventory.vms.map(\.id) == ["db", "off", "web"])
    #expect(inventory.vms.map(\.host) == ["kvm1", "kvm2", "kvm2"])
    #expect(inventory.vms.map(\.powerState) == [.on, .off, .on])
    let db = inventory.vms[0]
    #expect(db.vCPUs == 6 && db.memoryMiB == 8192 && db.networks == ["br0"] && db.hasLocalDisk == false)
    #expect(db.blockers == [.passthrough, .hostCPUModel, .pinnedCPU, .hugepages, .iso, .filesystemShare])
  }

  @Test("takes each host's files by the start of their names")
  func prefixes() throws {
    let result = try readExport([
      "a-nodeinfo.txt": Self.nodeinfo, "b-nodeinfo.txt": Self.nodeinfo, "b-db.xml": Self.domain,
    ])
    #expect(result.inventory?.hosts.map(\.id) == ["a", "b"])
    #expect(result.inventory?.vm("db")?.host == "b")
  }

  @Test("adds what was measured, the dirty rate among it")
  func statistics() throws {
    let stats = """
      Domain: 'db'
        state.state=1
        balloon.rss=2097152
        balloon.available=8388608
        balloon.usable=7340032
        vcpu.current=4
        block.count=1
        block.0.capacity=10737418240
        block.0.allocation=1073741824
        dirtyrate.calc_status=2
        dirtyrate.megabytes_per_second=37
      """
    let result = try readExport([
      "kvm1/nodeinfo.txt": Self.nodeinfo, "kvm1/db.xml": Self.domain, "kvm1/stats.txt": stats,
    ])
    let db = try #require(result.inventory?.vm("db"), "\(result.log.kept)")
    #expect(db.dirtyRateMiBPerSecond == 37 && db.vCPUs == 4 && db.memoryConsumedMiB == 2048)
    #expect(db.memoryActiveMiB == 1024 && db.diskProvisionedGiB == 10 && db.diskUsedGiB == 1)
  }
}
