import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("VMware by govc and PowerCLI")
struct VMwareExportTests {
  static let host = """
    {"hostSystems": [{"self": {"type": "HostSystem", "value": "host-9"}, "name": "esx1",
      "parent": {"type": "ClusterComputeResource", "value": "domain-c7"},
      "summary": {"hardware": {"numCpuPkgs": 2, "numCpuCores": 32, "numCpuThreads": 64, "cpuMhz": 2400,
        "memorySize": 274877906944, "cpuModel": "CPU"}, "runtime": {}},
      "runtime": {"connectionState": "connected", "powerState": "poweredOn", "inMaintenanceMode": false}}]}
    """
  static let machines = """
    {"virtualMachines": [
      {"self": {"type": "VirtualMachine", "value": "vm-1"}, "name": "a", "snapshot": {"currentSnapshot": {}},
       "config": {"hardware": {"device": [
         {"deviceInfo": {"label": "PCI device 0"}},
         {"deviceInfo": {"label": "CD/DVD drive 1"}, "connectable": {"connected": true}, "backing": {"fileName": "[ds] x.iso"}}]},
         "memoryAllocation": {"reservation": 1024, "limit": -1}},
       "summary": {"config": {"numCpu": 4, "memorySizeMB": 8192, "vmPathName": "[ds] a/a.vmx"},
         "runtime": {"host": {"value": "host-9"}, "powerState": "poweredOn", "connectionState": "connected"}}},
      {"self": {"type": "VirtualMachine", "value": "vm-2"}, "name": "b",
       "summary": {"config": {"numCpu": 2, "memorySizeMB": 4096}, "runtime": {"host": {"value": "host-9"}, "powerState": "poweredOff"}}},
      {"self": {"type": "VirtualMachine", "value": "vm-3"}, "name": "t", "summary": {"config": {"template": true}}}]}
    """

  @Test("joins VMs and hosts by their references, and holds rules between VMs")
  func govc() throws {
    let result = try readExport([
      "host.json": Self.host, "vm.json": Self.machines,
      "find.txt": "ClusterComputeResource  /DC/host/PROD\nHostSystem  /DC/host/PROD/esx1\n",
      "rules.json":
        #"["Rule: apart", "  Type: ClusterAntiAffinityRuleSpec", "  VM: a", "  VM: b", "Rule: lic", "  Type: ClusterVmHostRuleInfo"]"#,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    let host = try #require(inventory.hosts.first)
    #expect(host.id == "esx1" && host.cores == 32 && host.threadsPerCore == 2 && host.memoryMiB == 262144)
    #expect(host.cluster == "PROD" && host.site == "DC")
    #expect(inventory.vms.map(\.host) == ["esx1", "esx1"] && result.counts.templates == 1)
    #expect(inventory.vm("a")?.blockers == [.passthrough, .iso, .snapshot])
    #expect(inventory.vm("a")?.memoryReservationMiB == 1024 && inventory.vm("a")?.memoryLimitMiB == nil)
    #expect(inventory.rules.map(\.id) == ["apart"])
    #expect(result.log.kept.contains { $0.code == .inventorySkipped && $0.summary.contains("'lic'") })
  }

  /// Versions before 0.31 wrote the names of Go's fields.
  @Test("reads names in any case")
  func oldGovc() throws {
    let machines = """
      {"VirtualMachines": [{"Self": {"Type": "VirtualMachine", "Value": "vm-1"}, "Name": "a",
        "Summary": {"Config": {"NumCpu": 4, "MemorySizeMB": 8192}, "Runtime": {"Host": {"Value": "host-9"}}}}]}
      """
    let result = try readExport(["host.json": Self.host, "vm.json": machines])
    #expect(result.inventory?.vm("a")?.host == "esx1" && result.inventory?.vm("a")?.vCPUs == 4)
  }

  @Test("of PowerCLI takes decimal commas and the type line")
  func powerCLI() throws {
    let result = try readExport([
      "vms.csv": """
      #TYPE Selected.VMware.UniversalVirtualMachineImpl
      "Id";"Name";"PowerState";"NumCpu";"MemoryGB";"UsedSpaceGB";"VMHost"
      "VirtualMachine-vm-1";"a";"PoweredOn";"4";"1,5";"61,25";"esx1.example"
      """,
      "hosts.csv.txt": """
      "Name","ConnectionState","PowerState","NumCpu","CpuTotalMhz","MemoryTotalGB","Parent"
      "esx1.example","Maintenance","PoweredOn","48","115200","1023.5","PROD"
      """,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.vm("a")?.memoryMiB == 1536 && inventory.vm("a")?.diskUsedGiB == 61.25)
    #expect(inventory.hosts.first?.cpuMHz == 2400 && inventory.hosts.first?.isInMaintenance == true)
  }
}
