import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Hyper-V, XCP-ng, Nutanix and the templates of cloud migration")
struct OtherExportTests {
  @Test("Nutanix: a dash is nothing")
  func nutanixDashes() throws {
    let result = try readExport([
      "vms.csv": """
      VM Name,Host,Power State,Cores,Memory Capacity,CPU Usage,Memory Usage
      a,-,On,4,8 GiB,12.5%,50%
      b,-,Off,2,1024 MiB,-,-
      c,-,On,2,"1,024 MiB",-,-

      """
    ])
    let vms = try #require(result.inventory).vms
    #expect(vms.map(\.memoryMiB) == [8192, 1024, 1024])
    #expect(!result.log.kept.contains { $0.code == .tableBadValue })
  }

  @Test("Hyper-V: sizes in bytes, states as numbers, one VM as an object")
  func hyperV() throws {
    let result = try readExport([
      "vm.json": """
      {"VMId": "1", "Name": "a", "State": 2, "ComputerName": "hv1", "ProcessorCount": 4, "MemoryAssigned": 4294967296,
       "MemoryStartup": 2147483648, "MemoryDemand": 1073741824, "ParentCheckpointId": "77"}
      """,
      "off.csv": """
      "VMId","Name","State","ComputerName","ProcessorCount","MemoryAssigned","MemoryStartup"
      "2","b","Off","HV1","2","0","2147483648"
      """,
      "host.json": #"{"ComputerName": "HV1", "LogicalProcessorCount": 20, "MemoryCapacity": 102795845632}"#,
      "cpu.json": """
      [{"PSComputerName": "HV1", "NumberOfCores": 10, "NumberOfLogicalProcessors": 20, "MaxClockSpeed": 2400, "Name": "CPU"}]
      """,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.first?.cores == 10 && inventory.hosts.first?.cpuMHz == 2400)
    #expect(inventory.vms.map(\.host) == ["HV1", "HV1"] && inventory.vms.map(\.memoryMiB) == [4096, 2048])
    #expect(inventory.vms.map(\.powerState) == [.on, .off] && inventory.vms[0].memoryActiveMiB == 1024)
    #expect(inventory.vms[0].blockers == [.snapshot])
  }

  @Test("XCP-ng: control domains, snapshots and templates are left out")
  func xcp() throws {
    let vm = { (uuid: String, name: String, more: String) in
      "uuid ( RO)           : \(uuid)\n     name-label ( RW): \(name)\n    power-state ( RO): running\n"
        + "   VCPUs-number ( RO): 2\n  memory-actual ( RO): 2147483648\n    resident-on ( RO): h-1\n\(more)\n\n"
    }
    let result = try readExport([
      "vms.txt": vm("1", "a", "") + vm("2", "dom0", "is-control-domain ( RO): true")
        + vm("3", "s", "is-a-snapshot ( RO): true")
        + vm("4", "t", "is-a-template ( RW): true"),
      "hosts.txt": "uuid ( RO): h-1\n name-label ( RW): xcp1\n hostname ( RO): xcp1.local\n"
        + " cpu_info (MRO): cpu_count: 16; socket_count: 2; speed: 2400.100; modelname: CPU; threads_per_core: 2\n"
        + " memory-total ( RO): 68719476736\n enabled ( RO): true\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.map(\.cores) == [8] && inventory.hosts.map(\.memoryMiB) == [65536])
    #expect(inventory.vms.map(\.id) == ["a"] && inventory.vms.map(\.host) == ["xcp1"])
    #expect(result.counts.skipped == ["control domain": 1, "snapshot": 1] && result.counts.templates == 1)
  }

  @Test("Nutanix: units in the cells")
  func nutanix() throws {
    let result = try readExport([
      "vms.csv": """
      VM Name,Host,Cores,Memory Capacity,Storage,Memory Usage,Power State,Cluster,Categories
      a,n1,4,16 GiB,61.5 GiB / 0.5 TiB,50%,On,c1,"App: ERP, Env: Prod"
      """,
      "hosts.csv.txt":
        "Host Name,Cores,Memory Capacity,CPU Capacity,Hypervisor,Cluster\nn1,24,256 GiB,57.6 GHz,AHV,c1\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts.first?.memoryMiB == 262144 && inventory.hosts.first?.cpuMHz == 2400)
    let vm = try #require(inventory.vms.first)
    #expect(
      vm.memoryMiB == 16384 && vm.memoryActiveMiB == 8192 && vm.diskUsedGiB == 61.5
        && vm.diskProvisionedGiB == 512)
    #expect(vm.labels == ["App": "ERP", "Env": "Prod"] && vm.host == "n1")
  }

  @Test(
    "Azure Migrate: asterisks and older headers make no difference", arguments: ["*Memory (In MB)", "Memory"])
  func azure(_ memory: String) throws {
    let text =
      "*Server name,*Cores,\(memory),*OS name,Memory utilization percentage,Disk 1 size (In GB),Disk 2 size (In GB)\n"
      + "db,8,65536,Windows,50%,500,100\n"
    let result = try readExport(["import.csv": text])
    let vm = try #require(result.inventory?.vms.first, "\(result.log.kept)")
    #expect(vm.vCPUs == 8 && vm.memoryMiB == 65536 && vm.diskProvisionedGiB == 600)
    #expect(vm.memoryActiveMiB == 32768)
    #expect(result.log.kept.contains { $0.code == .inventoryNoHosts && $0.severity == .warning })
  }

  @Test("AWS: servers, waves and applications")
  func aws() throws {
    let result = try readExport([
      "mh.csv":
        "ExternalId,HostName,VMware.MoRefId,CPU.NumberOfCores,RAM.TotalSizeInMB,Tags\ns-1,app1,vm-1,4,8192,\"owner:x, env:prod\"\n",
      "mgn.csv": "mgn:wave:name,mgn:app:name,mgn:server:user-provided-id\nWave 2,Shop,app1\n",
    ])
    let vm = try #require(result.inventory?.vms.first, "\(result.log.kept)")
    #expect(
      vm.vCPUs == 4 && vm.app == "Shop" && vm.labels == ["wave": "Wave 2", "owner": "x", "env": "prod"])
  }

  @Test("Google: machines, disks and tags")
  func google() throws {
    let result = try readExport([
      "vmInfo.csv":
        "MachineId,MachineName,AllocatedProcessorCoreCount,MemoryGiB,MachineStatus\nm-1,web,4,16,Stopped\n",
      "diskInfo.csv": "MachineId,DiskLabel,SizeInGib,UsedInGib\nm-1,sda,100,40\nm-1,sdb,20,2\n",
      "tagInfo.csv": "MachineId,Key,Value\nm-1,app,shop\n",
    ])
    let vm = try #require(result.inventory?.vms.first, "\(result.log.kept)")
    #expect(vm.memoryMiB == 16384 && vm.diskProvisionedGiB == 120 && vm.diskUsedGiB == 42)
    #expect(vm.powerState == .off && vm.labels == ["app": "shop"])
  }

  @Test("joins what several platforms export, and tells apart what they call the same")
  func merged() throws {
    let result = try readExport([
      "pve.json": ProxmoxReaderTests.resources, "ganeti.data": GanetiReaderTests.text,
      "azure.csv": "Server Name,Cores,Memory\nproxy,1,1024\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.sourceKind == "proxmox+ganeti+azure-migrate")
    #expect(inventory.hosts.count == 5)
    #expect(
      inventory.vms.map(\.id).filter { $0.rawValue.hasPrefix("proxy") } == [
        "proxy @ azure-migrate", "proxy @ proxmox",
      ])
    #expect(inventory.rule("plb_ignore")?.requirement == .stay(Stay(vms: Selection(["proxy @ proxmox"]))))
  }

  @Test("reads one platform only when --from names it")
  func from() throws {
    let files = ["pve.json": ProxmoxReaderTests.resources, "ganeti.data": GanetiReaderTests.text]
    #expect(try readExport(files, from: .ganeti).inventory?.hosts.count == 3)
  }
}
