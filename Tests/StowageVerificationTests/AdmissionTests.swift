import StowageCosts
import StowageModel
import Testing

@testable import StowageVerification

/// The verifier reads the rules on techniques by code of its own; here it is held against the planner's table.
@Suite("The verifier's reading of what techniques a VM allows")
struct AdmissionTests {
  private func expectAgreement(
    _ vm: VM, _ source: Host, _ target: Host, _ platform: Platform
  ) {
    let engine = MigrationEngine.of(platform)
    let verdicts = Feasibility.verdicts(vm: vm, from: source, to: target, engine: engine)
    let admission = Admission(vm, from: source, to: target, on: platform)
    #expect(admission.disksTravel == (Feasibility.storageCopy(vm, from: source, to: target) == .full))
    for technique in Technique.allCases {
      let objection = admission.objection(to: technique)
      #expect(
        verdicts[technique]?.isAllowed == (objection == nil),
        "\(platform) \(technique) \(vm.blockers.sorted()) \(objection ?? "no objection")")
    }
    let isPinned = if case .pinned = Feasibility.mobility(of: vm, engine: engine) { true } else { false }
    #expect(isPinned == (Admission.pinned(vm, on: platform) != nil))
  }

  @Test("it agrees on every blocker, platform and place of the disks", arguments: Blocker.allCases)
  func blockers(blocker: Blocker) {
    let hosts = Inventory.hosts(2)
    for platform in Platform.allCases {
      for isLocal in [false, true] {
        var vm = VM.idle("a", gib: 8, on: "h1")
        vm.blockers = [blocker]
        vm.hasLocalDisk = isLocal
        expectAgreement(vm, hosts[0], hosts[1], platform)
      }
    }
  }

  @Test("it agrees on random VMs and hosts", arguments: UInt64(1)...3)
  func random(seed: UInt64) {
    var draw = Draw(state: seed)
    for _ in 0..<700 {
      var vm = VM.idle("a", gib: 8, on: "h1")
      vm.powerState = draw.one(of: [.on, .on, .on, .off])
      vm.hasLocalDisk = draw.one(of: [nil, false, true])
      vm.datastores = draw.one(of: [[], ["one"], ["one", "two"]])
      vm.gpuCount = draw.one(of: [nil, 1, 2])
      vm.cpuBaseline = draw.one(of: [
        nil, "Westmere", "Skylake-Server-IBRS", "EPYC-Milan", "qemu64", "x86-64-v3",
      ])
      vm.blockers = Set((0..<draw.below(3)).map { _ in draw.one(of: Blocker.allCases) })
      vm.allowedTechniques = draw.one(of: [nil, nil, nil, [.postCopy, .cold]])
      vm.replicaHosts = draw.one(of: [[], ["h1", "h2"]])
      let hosts = Inventory.hosts(2).map { draw.equipped($0) }
      expectAgreement(vm, hosts[0], hosts[1], draw.one(of: Platform.allCases))
    }
  }

  @Test("it says what stands in the way itself, whatever the planner's table says")
  func ownWords() {
    let hosts = Inventory.hosts(2)
    func says(
      _ technique: Technique, _ platform: Platform = .libvirt, _ change: (inout VM, inout Host) -> Void
    )
      -> String?
    {
      var (vm, target) = (VM.idle("a", gib: 8, on: "h1"), hosts[1])
      change(&vm, &target)
      return Admission(vm, from: hosts[0], to: target, on: platform).objection(to: technique)
    }
    #expect(says(.preCopy) { _, _ in } == nil)
    #expect(says(.cold) { vm, _ in vm.blockers = [.diskJob] }?.contains("block job") == true)
    #expect(says(.preCopy) { vm, _ in vm.blockers = [.invariantTSC] }?.contains("time stamp") == true)
    #expect(says(.cold) { vm, _ in vm.blockers = [.invariantTSC] } == nil)
    #expect(
      says(.postCopy) { _, target in target.allowsPostCopy = false }?.contains("does not allow") == true)
    #expect(says(.hybrid, .openstack) { _, _ in }?.contains("by default") == true)
    #expect(says(.postCopy, .vmware) { _, _ in } == "the platform has no post-copy")
    #expect(says(.preCopy, .xcpng) { vm, _ in vm.blockers = [.dynamicMemory] }?.contains("minimum") == true)
  }
}

/// Numbers of a linear congruential sequence.
private struct Draw {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

  /// A host with abilities drawn, most of them not stated.
  mutating func equipped(_ host: Host) -> Host {
    var host = host
    host.cpuModel = one(of: [nil, "", "Xeon 6338", "AMD EPYC 7543", "Ampere Altra"])
    host.cpuCompatibilityLevel = one(of: [
      nil, nil, "Haswell", "Haswell-noTSX", "skylake", "zen2", "mine", "x86-64-v3",
    ])
    host.hypervisor = one(of: [nil, nil, "QEMU", "qemu", "Xen"])
    host.hypervisorVersion = one(of: [nil, nil, "8.2", "8.2.0", "10.0.2", "9.2-1", "odd"])
    host.allowsPostCopy = one(of: [nil, true, true, false])
    host.hugePageSizes = one(of: [[], [], ["2m"], ["1G", "2m"]])
    host.gpuCount = one(of: [nil, 0, 1, 2])
    host.datastores = one(of: [[], ["one"], ["one", "two"]])
    return host
  }
}
