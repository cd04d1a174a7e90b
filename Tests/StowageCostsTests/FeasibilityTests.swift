import StowageCosts
import StowageModel
import Testing

/// Verdicts as four letters, cold, pre-copy, post-copy, hybrid: Y allowed, S with a copy of the disks,
/// N blocked.
@Suite("Feasibility")
struct FeasibilityTests {
  private func verdicts(
    _ vm: VM, on platform: Platform = .libvirt, from: Host = Fleet.source, to: Host = Fleet.target
  ) -> String {
    let verdicts = Feasibility.verdicts(vm: vm, from: from, to: to, engine: .of(platform))
    return Technique.allCases.map { technique in
      switch verdicts[technique] {
      case .allowed: "Y"
      case .allowedWithStorageCopy: "S"
      case .blocked: "N"
      case nil: "?"
      }
    }.joined()
  }

  @Test("a plain VM moves by every technique that the platform has")
  func plain() {
    #expect(verdicts(Fleet.vm()) == "YYYY")
    for platform in Platform.allCases where platform != .libvirt {
      #expect(verdicts(Fleet.vm(), on: platform) == "YYNN")
    }
  }

  @Test("a VM that does not run moves cold only", arguments: [VM.PowerState.off, .suspended])
  func off(state: VM.PowerState) {
    #expect(verdicts(Fleet.vm { $0.powerState = state }) == "YNNN")
  }

  /// First with disks that both hosts reach, then with a local one; columns: libvirt, VMware, Hyper-V,
  /// Proxmox, OpenStack, Ganeti, XCP-ng, KubeVirt.
  @Test(
    "each blocker leaves the techniques of its row",
    arguments: [
      (
        Blocker.passthrough, "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .sriov, "NNNN NNNN YYNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN SSNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .vgpu, "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .usb, "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .iso, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .rdm, "YYNN YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .sharedDisk, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .localDisk, "SSSS SSNN SSNN SSNN SSNN SNNN SSNN SNNN",
        "SSSS SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .hugepages, "YYNN YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSNN SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .pinnedCPU, "YNNN YNNN YNNN YNNN YYNN YNNN YNNN YYNN",
        "SNNN SNNN SNNN SNNN SSNN SNNN SNNN SNNN"
      ),
      (
        .faultTolerance, "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .hostCPUModel, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .snapshot, "NNNN YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "NNNN SSNN SSNN NNNN SSNN SNNN NNNN SNNN"
      ),
      (
        .filesystemShare, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .vtpm, "YYYY YYNN YNNN YYNN YNNN YNNN YYNN YYNN",
        "SSSS SSNN SNNN SSNN SNNN SNNN SSNN SNNN"
      ),
      (
        .encrypted, "YYNN YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSNN SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .confidential, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .container, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .hugepages2M, "YYYY YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSSS SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .hugepages1G, "YYNN YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSNN SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .invariantTSC, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .performanceCounters, "YYYY YNNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSSS SNNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .linkedClone, "YYYY YYNN YYNN YYNN YYNN YYNN YYNN YYNN",
        "SSSS SSNN SSNN NNNN SSNN SNNN SSNN SNNN"
      ),
      (
        .replicated, "YYYY YYNN YYNN YNNN YYNN YNNN YYNN YYNN",
        "SSSS SSNN SSNN SNNN SSNN SNNN SSNN SNNN"
      ),
      (
        .diskJob, "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN",
        "NNNN NNNN NNNN NNNN NNNN NNNN NNNN NNNN"
      ),
      (
        .diskCache, "YNNN YYNN YYNN YYNN YNNN YNNN YYNN YYNN",
        "SSSS SSNN SSNN SSNN SSNN SNNN SSNN SNNN"
      ),
      (
        .sharedMemory, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .serial, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .hardwareRenderer, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
      (
        .dynamicMemory, "YYYY YYNN YYNN YYNN YYNN YYNN YNNN YYNN",
        "SSSS SSNN SSNN SSNN SSNN SNNN SNNN SNNN"
      ),
      (
        .liveBlocked, "YNNN YNNN YNNN YNNN YNNN YNNN YNNN YNNN",
        "SNNN SNNN SNNN SNNN SNNN SNNN SNNN SNNN"
      ),
    ])
  func blockers(blocker: Blocker, shared: String, local: String) {
    let vm = Fleet.vm { $0.blockers = [blocker] }
    #expect(Platform.allCases.map { verdicts(vm, on: $0) }.joined(separator: " ") == shared)
    let copied = Fleet.vm {
      $0.blockers = [blocker]
      $0.hasLocalDisk = true
    }
    #expect(Platform.allCases.map { verdicts(copied, on: $0) }.joined(separator: " ") == local)
  }

  @Test("every blocker is answered for on every platform", arguments: Blocker.allCases)
  func complete(blocker: Blocker) {
    for platform in Platform.allCases {
      let verdicts = Feasibility.verdicts(
        vm: Fleet.vm { $0.blockers = [blocker] }, from: Fleet.source, to: Fleet.target, engine: .of(platform))
      #expect(verdicts.count == 4)
      for case .blocked(let because, let remedy) in verdicts.values {
        #expect(!because.isEmpty && !remedy.isEmpty)
      }
    }
  }

  @Test("rows for one platform go before those for all")
  func platforms() {
    let snapshot = Fleet.vm { $0.blockers = [.snapshot] }
    #expect(verdicts(snapshot, on: .proxmox) == "YYNN")
    #expect(verdicts(snapshot, on: .hyperv) == "YYNN")
    var local = snapshot
    local.hasLocalDisk = true
    #expect(verdicts(local, on: .proxmox) == "NNNN")
    #expect(verdicts(local, on: .xcpng) == "NNNN")
    #expect(verdicts(local, on: .hyperv) == "SSNN")
    #expect(verdicts(Fleet.vm { $0.blockers = [.sriov] }, on: .hyperv) == "YYNN")
    #expect(verdicts(Fleet.vm { $0.blockers = [.pinnedCPU] }, on: .openstack) == "YYNN")
    #expect(verdicts(Fleet.vm { $0.blockers = [.vtpm] }, on: .openstack) == "YNNN")
    #expect(verdicts(Fleet.vm { $0.blockers = [.vtpm] }, on: .proxmox) == "YYNN")
  }

  @Test("Ganeti copies no disks under a running VM")
  func ganetiStorage() {
    #expect(verdicts(Fleet.vm { $0.hasLocalDisk = true }, on: .ganeti) == "SNNN")
  }

  @Test("a mediated GPU moves cold to a host with GPUs enough")
  func gpus() {
    let vm = Fleet.vm {
      $0.blockers = [.vgpu]
      $0.gpuCount = 2
    }
    #expect(verdicts(vm, to: Fleet.host("b") { $0.gpuCount = 2 }) == "YNNN")
    #expect(verdicts(vm, to: Fleet.host("b") { $0.gpuCount = 1 }) == "NNNN")
    #expect(verdicts(vm, to: Fleet.target) == "NNNN")
  }

  @Test("a guest that sees its host's CPU moves live between equal processors only")
  func hostModel() {
    let vm = Fleet.vm { $0.blockers = [.hostCPUModel] }
    let host = { (model: String) in Fleet.host("x") { $0.cpuModel = model } }
    #expect(verdicts(vm, from: host("Xeon 6338"), to: host("Xeon 6338")) == "YYYY")
    #expect(verdicts(vm, from: host("Xeon 6338"), to: host("Xeon 6342")) == "YNNN")
    #expect(verdicts(vm, from: host(""), to: host("")) == "YNNN")
  }

  @Test("another vendor's processor: cold only")
  func vendors() {
    let host = { (model: String) in Fleet.host("x") { $0.cpuModel = model } }
    let intel = host("Intel(R) Xeon(R) Gold 6338")
    #expect(verdicts(Fleet.vm(), from: intel, to: host("AMD EPYC 7543")) == "YNNN")
    #expect(verdicts(Fleet.vm(), from: intel, to: host("Xeon E5-2680")) == "YYYY")
    #expect(verdicts(Fleet.vm(), from: intel, to: host("Something else")) == "YYYY")
  }

  @Test(
    "an older, or an unknown other, CPU baseline: cold only",
    arguments: [
      ("intel-haswell", "intel-haswell", "YYYY"), ("intel-haswell", "intel-skylake", "YYYY"),
      ("intel-skylake", "intel-haswell", "YNNN"), ("Haswell", "Haswell-noTSX", "YNNN"),
      ("Haswell", "Broadwell-noTSX", "YNNN"), ("Haswell-noTSX", "Broadwell", "YYYY"),
      ("EPYC", "EPYC-Rome", "YYYY"), ("EPYC-Milan", "EPYC-Rome", "YNNN"), ("amd-zen2", "EPYC-Milan", "YYYY"),
      ("intel-haswell", "amd-zen3", "YNNN"), ("mine", "yours", "YNNN"), ("mine", "MINE", "YYYY"),
      ("x86-64-v2-AES", "x86-64-v3", "YYYY"),
    ])
  func baselines(source: String, target: String, expected: String) {
    let host = { (level: String) in Fleet.host("x") { $0.cpuCompatibilityLevel = level } }
    #expect(verdicts(Fleet.vm(), from: host(source), to: host(target)) == expected)
  }

  @Test("a baseline that only one host states says nothing")
  func oneBaseline() {
    let stated = Fleet.host("x") { $0.cpuCompatibilityLevel = "intel-haswell" }
    #expect(verdicts(Fleet.vm(), from: stated) == "YYYY")
    #expect(verdicts(Fleet.vm(), to: stated) == "YYYY")
  }

  @Test("disks travel when one is local, or the target is known not to reach one")
  func storage() {
    let copy = { (vm: VM, target: Host) in Feasibility.storageCopy(vm, from: Fleet.source, to: target) }
    let vm = Fleet.vm { $0.datastores = ["one", "two"] }
    #expect(copy(vm, Fleet.target) == .none)
    #expect(copy(vm, Fleet.host("b") { $0.datastores = ["two", "one"] }) == .none)
    #expect(copy(vm, Fleet.host("b") { $0.datastores = ["one"] }) == .full)
    #expect(copy(Fleet.vm(), Fleet.host("b") { $0.datastores = ["one"] }) == .none)
    #expect(copy(Fleet.vm { $0.hasLocalDisk = true }, Fleet.target) == .full)
    #expect(copy(Fleet.vm { $0.blockers = [.localDisk] }, Fleet.target) == .full)
  }

  @Test("the owner's list is kept, for VMs that are off too")
  func owner() {
    let vm = Fleet.vm { $0.allowedTechniques = [.preCopy, .hybrid] }
    #expect(verdicts(vm) == "NYNY")
    #expect(
      Feasibility.verdicts(vm: vm, from: Fleet.source, to: Fleet.target, engine: .of(.libvirt))[.cold]
        == .blocked(because: "its owner allows only pre-copy, hybrid", remedy: "add cold to its techniques"))
    #expect(verdicts(Fleet.vm { $0.allowedTechniques = [] }) == "NNNN")
    let off = Fleet.vm {
      $0.allowedTechniques = [.preCopy]
      $0.powerState = .off
    }
    #expect(verdicts(off) == "NNNN")
  }
}
