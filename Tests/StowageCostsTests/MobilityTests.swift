import StowageCosts
import StowageModel
import Testing

@Suite("Mobility")
struct MobilityTests {
  private func isPinned(_ vm: VM, on platform: Platform = .libvirt) -> Bool {
    if case .pinned = Feasibility.mobility(of: vm, engine: .of(platform)) { true } else { false }
  }

  @Test(
    "blockers that leave no technique pin a VM on libvirt, the others do not", arguments: Blocker.allCases)
  func blockers(blocker: Blocker) {
    let pinning: Set<Blocker> = [.passthrough, .sriov, .usb, .faultTolerance, .snapshot, .diskJob]
    #expect(isPinned(Fleet.vm { $0.blockers = [blocker] }) == pinning.contains(blocker))
  }

  @Test("the reason names the cure")
  func reason() {
    #expect(
      Feasibility.mobility(of: Fleet.vm { $0.blockers = [.usb] }, engine: .of(.libvirt))
        == .pinned(
          because: "a USB device of its host is attached; "
            + "to lift it, detach the device, or reach it over the network"))
  }

  @Test("what a target may meet does not pin")
  func conditional() {
    #expect(!isPinned(Fleet.vm { $0.blockers = [.vgpu] }))
    #expect(!isPinned(Fleet.vm { $0.blockers = [.rdm] }))
  }

  @Test("a shared disk pins where the disks would have to travel")
  func storage() {
    #expect(isPinned(Fleet.vm { $0.blockers = [.sharedDisk, .localDisk] }))
  }

  @Test("the inventory's word and the owner's list pin too")
  func said() {
    #expect(isPinned(Fleet.vm { $0.isMovable = false }))
    #expect(!isPinned(Fleet.vm { $0.isMovable = true }))
    #expect(isPinned(Fleet.vm { $0.allowedTechniques = [.postCopy] }, on: .vmware))
    #expect(!isPinned(Fleet.vm { $0.allowedTechniques = [.postCopy] }, on: .libvirt))
  }

  @Test("a pinned VM has no technique to any host", arguments: Blocker.allCases)
  func agreesWithVerdicts(blocker: Blocker) {
    for platform in Platform.allCases {
      for state in VM.PowerState.allCases {
        let vm = Fleet.vm {
          $0.blockers = [blocker]
          $0.powerState = state
        }
        guard isPinned(vm, on: platform) else { continue }
        let target = Fleet.host("b") {
          $0.gpuCount = 8
          $0.cpuModel = "same"
        }
        let verdicts = Feasibility.verdicts(vm: vm, from: target, to: target, engine: .of(platform))
        #expect(!verdicts.values.contains { $0.isAllowed })
      }
    }
  }
}
