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

  /// What stands in the way of moves, and what a host has for them.
  @Test("reads sizes of pages, counters, ports, jobs, snapshots and the hypervisor")
  func abilities() throws {
    let result = try readExport([
      "kvm1/nodeinfo.txt": Self.nodeinfo,
      "kvm1/version.txt":
        "Using API: QEMU 9.0.0\nCompiled against library: libvirt 9.0.0\nRunning hypervisor: QEMU 7.2.22\n",
      "kvm1/capabilities.xml": """
      <capabilities><host><topology><cells><cell id='0'><memory unit='KiB'>65536000</memory>
        <pages unit='KiB' size='4'>100</pages><pages unit='KiB' size='2048'>512</pages>
        <pages unit='KiB' size='1048576'>0</pages></cell></cells></topology></host></capabilities>
      """,
      "kvm1/snapshot-list-db.txt":
        " Name   Creation Time               State\n-----\n pre   2026-11-22 22:26:57 +0000   disk-snapshot\n",
      "kvm1/snapshot-list-web.txt": " Name   Creation Time               State\n-----\n",
      "kvm1/all.xml": """
      <domain type='kvm' id='1'><name>db</name><memory>1048576</memory><vcpu>1</vcpu>
        <memoryBacking><hugepages><page size='2' unit='MiB'/></hugepages></memoryBacking>
        <numatune><memory mode='strict' nodeset='0'/></numatune>
        <cpu mode='custom'><feature policy='require' name='invtsc'/></cpu>
        <devices><disk type='network' device='disk'><mirror type='file'/></disk>
          <serial type='dev'/><shmem name='s' role='peer'/>
          <video><model type='virtio'><acceleration accel3d='yes'/></model></video></devices></domain>
      <domain type='kvm' id='2'><name>web</name><memory>1048576</memory><vcpu>1</vcpu>
        <cpu mode='custom'><feature policy='require' name='invtsc'/></cpu>
        <clock><timer name='tsc' frequency='2600000000'/></clock>
        <devices><serial type='pty'/><shmem name='s' role='master'/></devices></domain>
      """,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts[0].hypervisor == "QEMU" && inventory.hosts[0].hypervisorVersion == "7.2.22")
    #expect(inventory.hosts[0].hugePageSizes == ["2m"])
    #expect(
      inventory.vms[0].blockers == [
        .hugepages2M, .pinnedCPU, .invariantTSC, .diskJob, .serial, .sharedMemory, .hardwareRenderer,
        .snapshot,
      ])
    #expect(inventory.vms[1].blockers == [])
  }

  /// Of a running domain the model is written out; one that asks for its host's names none.
  @Test("reads the CPU model that guests see and the one that each host gives")
  func processors() throws {
    let result = try readExport([
      "kvm1/nodeinfo.txt": Self.nodeinfo,
      "kvm1/domcapabilities.xml": """
      <domainCapabilities><cpu><mode name='host-passthrough' supported='yes'/>
        <mode name='host-model' supported='yes'><model fallback='forbid'>Skylake-Server-IBRS</model></mode>
        <mode name='custom' supported='yes'><model usable='yes'>qemu64</model></mode></cpu></domainCapabilities>
      """,
      "kvm2/domcapabilities.xml":
        "<domainCapabilities><cpu><mode name='host-model' supported='no'/></cpu></domainCapabilities>",
      "kvm2/nodeinfo.txt": Self.nodeinfo,
      "kvm1/all.xml": """
      <domain type='kvm' id='1'><name>old</name><memory>1048576</memory><vcpu>1</vcpu>
        <cpu mode='custom' match='exact'><model fallback='forbid'>Westmere</model></cpu></domain>
      <domain type='kvm'><name>same</name><memory>1048576</memory><vcpu>1</vcpu><cpu mode='host-model'/></domain>
      <domain type='kvm'><name>tied</name><memory>1048576</memory><vcpu>1</vcpu>
        <cpu mode='host-passthrough'><model>x</model></cpu></domain>
      """,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.map(\.cpuCompatibilityLevel) == ["Skylake-Server-IBRS", nil])
    #expect(inventory.vms.map(\.cpuBaseline) == ["Westmere", nil, nil])
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
