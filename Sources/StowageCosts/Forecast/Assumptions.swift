public import StowageModel

/// What the cost model takes for granted of VMs whose inventory is silent.
public enum Assumptions {
  /// Sentences for a plan's `assumptions`, with counts, about the VMs that it moves.
  ///
  /// `copiesStorage` tells of each VM whether its disks travel; only then do they matter.
  public static func sentences(about vms: [(vm: VM, copiesStorage: Bool)]) -> [String] {
    let subjects = vms.map { (subject: MigrationSubject($0.vm), copiesStorage: $0.copiesStorage) }
    let running = subjects.filter { $0.subject.isRunning }
    return [
      sentence(
        running.count { $0.subject.assumed },
        "dirty rate or working set of",
        "unknown: where the rate is missing, taken as 60 MiB/s in the"
          + " working set and 5 MiB/s outside; the working set as 2 % of memory, more at high rates"),
      sentence(
        running.count { !$0.subject.isMemoryKnown },
        "memory in use of", "unknown: all configured memory is taken to be sent"),
      sentence(
        subjects.count { $0.copiesStorage && $0.subject.isDiskAssumed },
        "disk size of", "unknown: taken as 32 GiB"),
    ].compactMap { $0 }
  }

  private static func sentence(_ count: Int, _ what: String, _ assumption: String) -> String? {
    count == 0 ? nil : "\(what) \(count) \(count == 1 ? "VM" : "VMs") \(assumption)"
  }
}
