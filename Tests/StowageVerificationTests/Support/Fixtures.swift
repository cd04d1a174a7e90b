import StowageModel
import StowageVerification

extension Inventory {
  /// Hosts `h1`… of 16 cores, 64 GiB and a 10 Gb/s port each.
  static func hosts(_ count: Int) -> [Host] {
    (1...count).map { number in
      var host = Host(id: Host.ID("h\(number)"), cores: 16, memoryMiB: 65536)
      host.migrationNetworkGbps = 10
      return host
    }
  }
}

extension VM {
  /// An idle VM: one vCPU, 5 MiB of memory rewritten at 2.5 MiB/s.
  static func idle(_ id: VM.ID, gib: Double, on host: Host.ID?, vCPUs: Double = 1) -> VM {
    var vm = VM(id: id, vCPUs: vCPUs, memoryMiB: gib * 1024, host: host)
    vm.workingSetMiB = 5
    vm.dirtyRateMiBPerSecond = 2.5
    return vm
  }
}

extension PlanVerdict {
  /// The codes of the findings, each once, in alphabetical order.
  var codes: [String] { Set(findings.map(\.code.rawValue)).sorted() }
}

/// Judges a plan.
func judge(_ plan: Plan, _ inventory: Inventory) -> PlanVerdict {
  Verifier(inventory: inventory).judge(plan)
}
