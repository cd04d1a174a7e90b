import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Hypervisors in exports")
struct HypervisorTextTests {
  private func host(_ text: HypervisorText?) -> String {
    var host = Host(id: "h", cores: 1, memoryMiB: 1)
    text?.describe(&host)
    return "\(host.hypervisor ?? "-") \(host.hypervisorVersion ?? "-")"
  }

  @Test(
    "VMware's version counts as its release",
    arguments: [
      ("VMware ESXi 8.0.2 build-22380479", "ESXi 8.0"), ("7.0.3", "ESXi 7.0"), ("6", "ESXi 6"), ("", "- -"),
      ("unknown", "- -"), ("99999999999999999999", "- -"),
    ])
  func esx(text: String, expected: String) {
    #expect(host(.esx(text)) == expected)
  }

  @Test(
    "libvirt names it before its version",
    arguments: [
      ("QEMU 7.2.22", "QEMU 7.2.22"), ("Xen", "Xen -"), ("7.2", "- -"), ("", "- -"),
    ])
  func named(text: String, expected: String) {
    #expect(host(.named(text)) == expected)
  }

  @Test("Nova counts in thousands; what is not QEMU tells nothing")
  func nova() {
    #expect(host(.nova(type: "QEMU", version: "9001003")) == "QEMU 9.1.3")
    #expect(host(.nova(type: "QEMU", version: nil)) == "QEMU -")
    #expect(host(.nova(type: "fake", version: "1000")) == "- -")
    #expect(host(.nova(type: nil, version: "9001003")) == "- -")
  }

  @Test("Proxmox VE is its own version")
  func proxmox() {
    #expect(host(.proxmox("pve-manager/8.4-1/761609f7")) == "Proxmox VE 8.4")
    #expect(host(.proxmox("8.4")) == "- -")
    #expect(host(.proxmox(nil)) == "- -")
  }

  @Test("XCP-ng tells product, blocked operations, snapshots and dynamic memory; Hyper-V its TPM")
  func platforms() throws {
    let result = try readExport([
      "hosts.txt":
        "uuid ( RO): h-1\n name-label ( RW): xcp1\n cpu_info (MRO): cpu_count: 16; threads_per_core: 2\n"
        + " software-version (MRO): product_version: 8.3.0; xen: 4.17.5\n memory-total ( RO): 68719476736\n",
      "vms.txt": "uuid ( RO): 1\n name-label ( RW): a\n power-state ( RO): running\n VCPUs-number ( RO): 2\n"
        + " memory-actual ( RO): 2147483648\n resident-on ( RO): h-1\n snapshots ( RO): s-1\n"
        + " blocked-operations (MRW): pool_migrate: true\n memory-dynamic-min ( RW): 1073741824\n"
        + " memory-dynamic-max ( RW): 2147483648\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts[0].hypervisor == "Xen" && inventory.hosts[0].hypervisorVersion == "8.3.0")
    #expect(inventory.vms[0].blockers == [.snapshot, .liveBlocked, .dynamicMemory])
    let windows = try readExport([
      "vm.json": """
      {"VMId": "1", "Name": "a", "State": 2, "ComputerName": "hv1", "ProcessorCount": 4, "MemoryAssigned": 4294967296,
       "TpmEnabled": true, "Shielded": true}
      """,
      "host.json": #"{"ComputerName": "HV1", "LogicalProcessorCount": 20, "MemoryCapacity": 102795845632}"#,
    ])
    #expect(try #require(windows.inventory).vms[0].blockers == [.vtpm, .encrypted])
  }

  @Test("PowerCLI: what was selected of snapshots, keys and latency")
  func powerCLI() throws {
    let result = try readExport([
      "hosts.csv": "Name,NumCpu,CpuTotalMhz,MemoryTotalGB,Version\nesx1,16,41600,512,8.0.3\n",
      "vms.csv": "Name,NumCpu,MemoryGB,VMHost,PowerState,Snapshot,KeyId,LatencySensitivity\n"
        + "a,2,4,esx1,PoweredOn,snapshot-7,key,high\nb,2,4,esx1,PoweredOn,,,normal\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.hosts[0].hypervisor == "ESXi" && inventory.hosts[0].hypervisorVersion == "8.0")
    #expect(inventory.vms.map(\.blockers) == [[.snapshot, .encrypted, .pinnedCPU], []])
  }
}
