import StowageModel
import StowageVerification
import Testing

@Suite("Where and how a VM may move")
struct TargetTests {
  private func codes(
    by technique: Technique = .preCopy, options: PlanOptions = PlanOptions(),
    _ change: (inout VM, inout Host) -> Void
  ) -> [String] {
    var hosts = Inventory.hosts(2)
    var vm = VM.idle("a", gib: 8, on: "h1")
    change(&vm, &hosts[1])
    let inventory = Inventory(hosts: hosts, vms: [vm])
    var builder = PlanBuilder(inventory)
    builder.options = options
    return judge(builder.plan([MoveSketch("a", to: "h2", by: technique)]), inventory).codes
  }

  @Test("a target is online, not in maintenance, and takes VMs in")
  func unusable() {
    #expect(codes { _, _ in } == [])
    #expect(codes { $1.state = .offline } == ["verify.target"])
    #expect(codes { $1.state = .unknown } == ["verify.target"])
    #expect(codes { $1.isInMaintenance = true } == ["verify.target"])
    #expect(codes { $1.isSchedulable = false } == ["verify.target"])
  }

  @Test("a target is among the allowed hosts, globs included, and none of the forbidden ones")
  func allowed() {
    #expect(codes { vm, _ in vm.allowedHosts = ["h?"] } == [])
    #expect(codes { vm, _ in vm.allowedHosts = ["h1"] } == ["verify.target"])
    #expect(codes { vm, _ in vm.forbiddenHosts = ["*2"] } == ["verify.target"])
  }

  @Test("a target carries the VM's networks, where both sides list them")
  func networks() {
    #expect(codes { vm, _ in vm.networks = ["dmz"] } == [])
    #expect(
      codes {
        $0.networks = ["dmz"]; $1.networks = ["dmz", "lan"]
      } == [])
    #expect(
      codes {
        $0.networks = ["dmz", "san"]; $1.networks = ["dmz", "lan"]
      } == ["verify.target"])
  }

  @Test("a VM with a GPU goes only where GPUs are counted")
  func gpus() {
    #expect(codes { vm, _ in vm.gpuCount = 1 } == ["verify.target"])
    #expect(
      codes {
        $0.gpuCount = 1; $1.gpuCount = 1
      } == [])
    #expect(
      codes {
        $0.gpuCount = 1; $1.gpuCount = 0
      } == ["verify.capacity"])
  }

  @Test("a plan that stays within clusters does")
  func clusters() {
    #expect(codes { _, host in host.cluster = "other" } == [])
    #expect(
      codes(options: PlanOptions(staysWithinClusters: true)) { _, host in host.cluster = "other" } == [
        "verify.target"
      ])
    #expect(codes(options: PlanOptions(staysWithinClusters: true)) { _, _ in } == [])
  }

  @Test("a VM that cannot move does not")
  func immovable() {
    #expect(codes { vm, _ in vm.isMovable = false } == ["verify.immovable"])
    #expect(codes { vm, _ in vm.blockers = [.passthrough] } == ["verify.immovable"])
  }

  @Test("a technique is one that VM, hosts and platform allow")
  func technique() {
    #expect(codes { vm, _ in vm.blockers = [.iso] }.contains("verify.technique"))
    #expect(codes(by: .cold) { vm, _ in vm.blockers = [.iso] } == [])
    #expect(codes { vm, _ in vm.allowedTechniques = [.cold] }.contains("verify.technique"))
    #expect(codes(by: .postCopy, options: PlanOptions(platform: .vmware)) { _, _ in } == ["verify.technique"])
  }

  @Test("a pre-copy that dirties faster than its path carries does not come to an end")
  func endless() {
    let found = codes { vm, _ in
      vm.workingSetMiB = 4096
      vm.dirtyRateMiBPerSecond = 5000
    }
    #expect(found.contains("verify.endless"))
  }

  @Test("a pause is one that the VM's users bear")
  func downtime() {
    #expect(codes(by: .postCopy) { vm, _ in vm.maxDowntimeMilliseconds = 293 } == [])
    #expect(codes(by: .postCopy) { vm, _ in vm.maxDowntimeMilliseconds = 291 } == ["verify.downtime"])
  }
}
