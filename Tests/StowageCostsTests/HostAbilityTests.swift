import StowageCosts
import StowageModel
import Testing

/// What hosts are able to do, and what that leaves of a VM's techniques: cold, pre-copy, post-copy, hybrid.
@Suite("Abilities of hosts")
struct HostAbilityTests {
  private func allowed(
    _ vm: VM = Fleet.vm(), on platform: Platform = .libvirt, _ change: (inout Host, inout Host) -> Void
  ) -> String {
    var (source, target) = (Fleet.source, Fleet.target)
    change(&source, &target)
    let verdicts = Feasibility.verdicts(vm: vm, from: source, to: target, engine: .of(platform))
    return Technique.allCases.map { verdicts[$0]?.isAllowed == true ? "Y" : "N" }.joined()
  }

  @Test("a host without userfaultfd or with the setting off takes part in no post-copy")
  func without() {
    #expect(allowed { source, _ in source.allowsPostCopy = false } == "YYNN")
    #expect(allowed { _, target in target.allowsPostCopy = false } == "YYNN")
    #expect(
      allowed { source, target in (source.allowsPostCopy, target.allowsPostCopy) = (true, true) } == "YYYY")
  }

  @Test("where post-copy is a setting, both hosts must say that it is on", arguments: Platform.allCases)
  func setting(platform: Platform) {
    let hasSetting = [.libvirt, .openstack, .ganeti].contains(platform)
    let both = allowed(on: platform) { ($0.allowsPostCopy, $1.allowsPostCopy) = (true, true) }
    // KubeVirt begins every live move as pre-copy.
    #expect(both == (hasSetting ? "YYYY" : platform == .kubevirt ? "YYNY" : "YYNN"))
    #expect(
      allowed(on: platform) { source, _ in source.allowsPostCopy = true }
        == (platform == .libvirt ? "YYYY" : "YYNN"))
  }

  @Test(
    "an older hypervisor at the target: cold only",
    arguments: [
      ("8.2", "8.2.0", "YYYY"), ("8.2", "8.10", "YYYY"), ("8.10", "8.2", "YNNN"), ("10.0.2", "9.2.4", "YNNN"),
      ("8.2.2-0ubuntu1", "8.2.1-7", "YNNN"), ("rolling", "8.2", "YYYY"), ("8.2", "", "YYYY"),
      ("99999999999999999999", "8", "YYYY"),
    ])
  func versions(source: String, target: String, expected: String) {
    #expect(allowed { ($0.hypervisorVersion, $1.hypervisorVersion) = (source, target) } == expected)
  }

  @Test("another hypervisor at the target: no move, for a VM that is off neither")
  func otherHypervisor() {
    let off = Fleet.vm { $0.powerState = .off }
    #expect(allowed { ($0.hypervisor, $1.hypervisor) = ("QEMU", "qemu") } == "YYYY")
    #expect(allowed { ($0.hypervisor, $1.hypervisor) = ("QEMU", "Xen") } == "NNNN")
    #expect(allowed(off) { ($0.hypervisor, $1.hypervisor) = ("QEMU", "Xen") } == "NNNN")
    #expect(allowed { source, _ in source.hypervisor = "QEMU" } == "YYYY")
  }

  @Test("huge pages need pages of their size at the target, where it lists any")
  func hugePages() {
    let small = Fleet.vm { $0.blockers = [.hugepages2M] }
    let large = Fleet.vm { $0.blockers = [.hugepages1G] }
    #expect(allowed(small) { _, target in target.hugePageSizes = ["2M", "1G"] } == "YYYY")
    #expect(allowed(small) { _, target in target.hugePageSizes = ["1g"] } == "NNNN")
    #expect(allowed(large) { _, target in target.hugePageSizes = ["1g"] } == "YYNN")
    #expect(allowed(large) { _, target in target.hugePageSizes = ["2m"] } == "NNNN")
  }

  @Test("disks that are kept in step elsewhere let a VM go live only there")
  func replicas() {
    let vm = Fleet.vm {
      $0.blockers = [.replicated]
      $0.replicaHosts = [Fleet.target.id.rawValue]
    }
    #expect(allowed(vm, on: .proxmox) { _, _ in } == "YYNN")
    #expect(allowed(vm, on: .proxmox) { _, target in target.id = "c" } == "YNNN")
  }

  @Test("what VMware compares: counters by processor, hardware graphics by GPUs")
  func vmware() {
    let counting = Fleet.vm { $0.blockers = [.performanceCounters] }
    let drawing = Fleet.vm { $0.blockers = [.hardwareRenderer] }
    #expect(
      allowed(counting, on: .vmware) { ($0.cpuModel, $1.cpuModel) = ("Xeon 6338", "Xeon 6338") } == "YYNN")
    #expect(allowed(drawing, on: .vmware) { _, target in target.gpuCount = 1 } == "YYNN")
  }

  /// The source gives Cascade Lake, the target Skylake.
  @Test(
    "a guest that states the CPU it sees needs no more than that at the target",
    arguments: [
      (nil, "YNNN"), ("Cascadelake-Server", "YNNN"), ("Skylake-Server-IBRS", "YYYY"), ("Westmere", "YYYY"),
      ("qemu64", "YYYY"), ("EPYC-Rome", "YYYY"), ("Skylake-Server", "YYYY"),
    ] as [(String?, String)])
  func baseline(seen: String?, expected: String) {
    let vm = Fleet.vm { $0.cpuBaseline = seen }
    let found = allowed(vm) { source, target in
      source.cpuCompatibilityLevel = "Cascadelake-Server"
      target.cpuCompatibilityLevel = "Skylake-Server"
    }
    #expect(found == expected)
    let withoutTSX = allowed(Fleet.vm { $0.cpuBaseline = "Skylake-Server-IBRS" }) { _, target in
      target.cpuCompatibilityLevel = "Skylake-Server-noTSX-IBRS"
    }
    #expect(withoutTSX == "YNNN")
  }

  @Test("processors that are named by their generation alone have a maker")
  func makers() {
    #expect(allowed { ($0.cpuModel, $1.cpuModel) = ("Skylake-Client-IBRS", "EPYC-Rome") } == "YNNN")
    #expect(
      allowed { ($0.cpuModel, $1.cpuModel) = ("Skylake-Client-IBRS", "Intel Xeon Gold 6230") } == "YYYY")
    #expect(allowed { ($0.cpuModel, $1.cpuModel) = ("x86-64-v2", "EPYC-Rome") } == "YYYY")
    #expect(allowed { ($0.cpuModel, $1.cpuModel) = ("x86-64-v2", "Skylake-Client-IBRS") } == "YYYY")
  }
}
