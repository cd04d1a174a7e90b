import StowageCosts
import StowageModel
import Testing

@Suite("What is known of a VM")
struct MigrationSubjectTests {
  @Test("a VM of which nothing is known is an ordinary server, and that is said")
  func defaults() {
    let subject = MigrationSubject(VM(id: "vm", vCPUs: 2, memoryMiB: 10_000))
    #expect(
      subject.memory
        == MemoryProfile(
          memoryMiB: 10_000, workingSetMiB: 200, hotMiBPerSecond: 60, coldMiBPerSecond: 5))
    #expect(subject.assumed)
    #expect(!subject.isMemoryKnown)
    #expect(subject.diskMiB == 32 * 1024)
    #expect(subject.isDiskAssumed)
    #expect(subject.diskChangeMiBPerSecond == 1)
    #expect(subject.maxDowntimeSeconds == nil)
  }

  @Test("measured figures stand, and a measured rate brings no cold rate with it")
  func measured() {
    let subject = MigrationSubject(Fleet.vm { $0.maxDowntimeMilliseconds = 250 })
    #expect(subject.memory == SampleVM.profile(1000, 100, 50, 0))
    #expect(!subject.assumed)
    #expect(subject.isMemoryKnown)
    #expect(subject.diskMiB == 10 * 1024)
    #expect(!subject.isDiskAssumed)
    #expect(subject.maxDowntimeSeconds == 0.25)
  }

  /// 2 % at 60 MiB/s, 10 % at 512, 60 % at 2560, straight between: 35 % at 1536.
  @Test(
    "an unknown working set grows with the dirty rate",
    arguments: [(10.0, 20.0), (60, 20), (286, 60), (512, 100), (1536, 350), (2560, 600), (9999, 600)])
  func workingSet(rate: Double, expected: Double) {
    let subject = MigrationSubject(
      Fleet.vm {
        $0.workingSetMiB = nil
        $0.dirtyRateMiBPerSecond = rate
      })
    #expect(abs(subject.memory.workingSetMiB - expected) < 1e-9)
    #expect(subject.assumed)
  }

  @Test(
    "memory sent is what the host gave, within what is configured",
    arguments: [
      (nil, 1000.0, false), (600.0, 600, true), (1500, 1000, true), (0, 1000, false), (50, 100, true),
    ])
  func memory(consumed: Double?, sent: Double, known: Bool) {
    let subject = MigrationSubject(Fleet.vm { $0.memoryConsumedMiB = consumed })
    #expect(subject.memory.memoryMiB == sent)
    #expect(subject.isMemoryKnown == known)
  }

  @Test(
    "a VM that is off or suspended has no memory to send and changes no disk",
    arguments: [VM.PowerState.off, .suspended])
  func off(state: VM.PowerState) {
    let subject = MigrationSubject(
      Fleet.vm {
        $0.powerState = state
        $0.diskChangeMiBPerSecond = 5
        $0.dirtyRateMiBPerSecond = nil
      })
    #expect(subject.memory == SampleVM.profile(0, 0, 0, 0))
    #expect(subject.diskChangeMiBPerSecond == 0)
    #expect(!subject.isRunning)
    #expect(!subject.assumed)
  }

  @Test("disk in use goes before disk promised")
  func disk() {
    #expect(MigrationSubject(Fleet.vm { $0.diskProvisionedGiB = 99 }).diskMiB == 10 * 1024)
    let provisioned = Fleet.vm {
      $0.diskUsedGiB = nil
      $0.diskProvisionedGiB = 20
    }
    #expect(MigrationSubject(provisioned).diskMiB == 20 * 1024)
  }

  @Test("assumptions are counted, and only where they matter")
  func assumptions() {
    let unknown = VM(id: "x", vCPUs: 1, memoryMiB: 100)
    let known = Fleet.vm()
    #expect(Assumptions.sentences(about: [(known, true)]).isEmpty)
    let sentences = Assumptions.sentences(about: [(unknown, false), (known, true), (unknown, true)])
    #expect(sentences.count == 3)
    #expect(sentences[0].hasPrefix("dirty rate or working set of 2 VMs unknown"))
    #expect(sentences[1].hasPrefix("memory in use of 2 VMs unknown"))
    #expect(sentences[2] == "disk size of 1 VM unknown: taken as 32 GiB")
  }
}
