import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("OpenStack")
struct OpenStackReaderTests {
  static let files = [
    "hypervisors.json": """
    [{"ID": "h-1", "Hypervisor Hostname": "c1.example", "Hypervisor Type": "QEMU", "State": "up",
      "vCPUs Used": 14, "vCPUs": 32, "Memory MB Used": 29184, "Memory MB": 65536},
     {"ID": "h-2", "Hypervisor Hostname": "c2.example", "Hypervisor Type": "QEMU", "State": "up",
      "vCPUs Used": 0, "vCPUs": 32, "Memory MB Used": 512, "Memory MB": 65536}]
    """,
    "servers.json": """
    [{"ID": "s-1", "Name": "a", "Status": "ACTIVE", "Power State": 1, "Networks": {"net": ["10.0.0.1"]},
      "Flavor": "big", "Host": "c1.example", "Properties": {"app": "shop"}, "Pinned Availability Zone": "north"},
     {"ID": "s-2", "Name": "b", "Status": "SHUTOFF", "Power State": 4, "Networks": "net=10.0.0.2", "Flavor": "big",
      "Host": "c1.example", "Properties": {}},
     {"ID": "s-3", "Name": "c", "Status": "ACTIVE", "Power State": 1, "Networks": {}, "Flavor": "gone", "Host": "c1"},
     {"ID": "s-4", "Name": "d", "Status": "SHELVED_OFFLOADED", "Power State": 4, "Networks": {}, "Flavor": "big"}]
    """,
    "flavors.json": """
    [{"ID": "1", "Name": "big", "RAM": 8192, "Disk": 20, "Ephemeral": 0, "VCPUs": 4,
      "Properties": {"hw:cpu_policy": "dedicated", "hw:mem_page_size": "1GB"}}]
    """,
    "groups.json":
      #"[{"ID": "g", "Name": "apart", "Policy": "soft-anti-affinity", "Members": ["s-1", "s-2"]}]"#,
    "aggregates.json":
      #"[{"ID": 1, "Name": "n", "Availability Zone": "north", "Hosts": ["c1"], "Properties": {}}]"#,
    "services.json": """
    [{"ID": "x", "Binary": "nova-compute", "Host": "c2", "Status": "disabled", "State": "up", "Disabled Reason": "disk"}]
    """,
  ]

  @Test("joins hypervisors, servers, flavors, zones and services")
  func fleet() throws {
    let result = try readExport(Self.files)
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.map(\.memoryMiB) == [65536, 65536] && inventory.hosts.map(\.cores) == [32, 32])
    #expect(
      inventory.host("c1.example")?.labels["az"] == "north"
        && inventory.host("c2.example")?.isSchedulable == false)
    let a = try #require(inventory.vm("a"))
    #expect(a.host == "c1.example" && a.vCPUs == 4 && a.memoryMiB == 8192)
    #expect(a.blockers == [.pinnedCPU, .hugepages1G] && a.labels["app"] == "shop" && a.networks == ["net"])
    #expect(inventory.vm("b")?.powerState == .off && inventory.vm("b")?.networks == ["net"])
    #expect(inventory.vms.count == 3 && result.counts.skipped.values.reduce(0, +) == 1)
  }

  /// 14 vCPUs and 29184 − 512 MiB are in use; two servers of 4 vCPUs and 8192 MiB leave 6 and 12288.
  @Test("gives a server of a flavor that is gone what its host has in use beyond the others")
  func lostFlavor() throws {
    let inventory = try #require(try readExport(Self.files).inventory)
    #expect(inventory.vm("c")?.vCPUs == 6 && inventory.vm("c")?.memoryMiB == 12288)
  }

  @Test("refuses a running server on a known host whose size nothing tells")
  func unknownSize() throws {
    var files = Self.files
    files["hypervisors.json"] = files["hypervisors.json"]?.replacingFirst("\"vCPUs Used\": 14, ", with: "")
    let result = try readExport(files)
    #expect(result.inventory == nil)
    let problem = try #require(result.log.kept.first { $0.severity == .error })
    #expect(problem.code == .tableMissingValue && problem.remedy?.contains("flavor list") == true)
  }

  @Test("holds server groups and pinned zones")
  func rules() throws {
    let inventory = try #require(try readExport(Self.files).inventory)
    #expect(inventory.rules.map(\.id) == ["apart", "availability zone north"])
    #expect(inventory.rule("apart")?.isHard == false)
  }

  @Test("takes capacity from placement where Nova does not tell it")
  func placement() throws {
    let result = try readExport([
      "hypervisors.json":
        #"[{"ID": "1", "Hypervisor Hostname": "c1", "Hypervisor Type": "QEMU", "State": "up"}]"#,
      "provider-list.json":
        #"[{"uuid": "p-77", "name": "c1", "generation": 3, "root_provider_uuid": "p-77"}]"#,
      "inventory-p-77.json": """
      [{"resource_class": "VCPU", "allocation_ratio": 4.0, "reserved": 2, "total": 64},
       {"resource_class": "MEMORY_MB", "allocation_ratio": 1.0, "reserved": 8192, "total": 524288}]
      """,
    ])
    let host = try #require(result.inventory?.hosts.first, "\(result.log.kept)")
    #expect(host.cores == 62 && host.cpuOvercommitRatio == 4)
    #expect(host.memoryMiB == 524288 && host.memoryReservedMiB == 8192)
  }

  @Test("reads pages of API answers, one after the other in a file")
  func pages() throws {
    let page = { (id: String) in
      #"{"servers": [{"id": "\#(id)", "name": "\#(id)", "status": "ACTIVE", "flavor": {"vcpus": 1, "ram": 512}}]}"#
    }
    let result = try readExport(["servers.json": page("s1") + "\n" + page("s2")])
    #expect(result.inventory?.vms.map(\.id) == ["s1", "s2"])
  }

  @Test("of Watcher's model keeps excluded instances where they are")
  func watcher() throws {
    let result = try readExport([
      "model.xml": """
      <?xml version="1.0"?>
      <ModelRoot>
        <ComputeNode uuid="n-1" hostname="c1" state="up" status="disabled" vcpus="40" vcpu_reserved="4" vcpu_ratio="2"
          memory="132" memory_mb_reserved="4" memory_ratio="1.5" disk="250">
          <Instance uuid="i-1" name="a" state="active" vcpus="10" memory="2" disk="20" watcher_exclude="True"/>
        </ComputeNode>
        <Instance uuid="i-2" name="b" state="stopped" vcpus="1" memory="1" disk="1" watcher_exclude="False"/>
      </ModelRoot>
      """
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    let host = try #require(inventory.hosts.first)
    #expect(
      host.id == "c1" && host.cores == 36 && host.cpuOvercommitRatio == 2 && host.memoryReservedMiB == 6)
    #expect(!host.isSchedulable && inventory.vm("a")?.host == "c1" && inventory.vm("b")?.host == nil)
    #expect(inventory.rules.map(\.requirement) == [.stay(Stay(vms: Selection(["a"])))])
  }

  @Test("refuses XML with a document type, which may unfold without end")
  func entities() throws {
    let bomb = """
      <!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><ModelRoot>&b;</ModelRoot>
      """
    let result = try readExport(["model.xml": bomb])
    #expect(result.inventory == nil && result.log.kept.map(\.code) == [.fileSyntax])
  }
}
