import StowageKit
import Synchronization
import Testing

@Suite("Plans of searches that were ended from outside")
struct InterruptionTests {
  /// A watch that interrupts once it has heard so many times where the search stands.
  private final class Impatience: Sendable {
    private let heard: Mutex<(lines: [String], watch: PlanWatch?)> = Mutex(([], nil))
    private let patience: Int

    init(patience: Int) { self.patience = patience }

    var lines: [String] { heard.withLock { $0.lines } }

    var watch: PlanWatch {
      let watch = PlanWatch { [self] line in
        heard.withLock { heard in
          heard.lines.append(line)
          if heard.lines.count >= patience { heard.watch?.interrupt() }
        }
      }
      heard.withLock { $0.watch = watch }
      return watch
    }
  }

  /// Ten hosts, a fifth full, of which two would do.
  private static var fleet: Inventory {
    Inventory(
      hosts: (0..<10).map { Host(id: Host.ID("h\($0)"), cores: 16, memoryMiB: 65536) },
      vms: (0..<20).map { number in
        VM(id: VM.ID("v\(number + 10)"), vCPUs: 1, memoryMiB: 4096, host: Host.ID("h\(number / 2)"))
      })
  }

  private static let note = "the search was ended from outside: the placement is the best that it had by then"

  @Test("whatever was found is ordered, verified and says so", arguments: [1, 2])
  func best(patience: Int) throws {
    let inventory = Self.fleet
    let request = PlanRequest(goal: .consolidate, timeLimitSeconds: 600)
    let impatience = Impatience(patience: patience)
    let answer = try Planner(watch: impatience.watch).plan(inventory, request)
    guard case .planned(let planned) = answer else {
      Issue.record("no plan: \(answer)")
      return
    }
    #expect(impatience.lines.first?.hasPrefix("hosts on: ") ?? false)
    #expect(planned.verdict.decision == .accepted)
    #expect(planned.plan.assumptions.contains(Self.note))
  }

  @Test("what is found without a search is an answer")
  func atOnce() throws {
    let inventory = Self.fleet
    let watch = PlanWatch()
    watch.interrupt()
    let request = PlanRequest(goal: .consolidate, timeLimitSeconds: 600)
    guard case .planned(let planned) = try Planner(watch: watch).plan(inventory, request) else {
      Issue.record("no plan")
      return
    }
    #expect(planned.verdict.decision == .accepted)
    #expect(planned.plan.assumptions.contains(Self.note))
  }

  @Test("hosts that cannot be emptied at once are no proof that there is no plan")
  func undecided() throws {
    let inventory = Self.fleet
    let watch = PlanWatch()
    watch.interrupt()
    let request = PlanRequest(
      goal: .evacuate, options: PlanOptions(hosts: [inventory.hosts[0].id]), timeLimitSeconds: 600)
    switch try Planner(watch: watch).plan(inventory, request) {
    case .planned(let planned): #expect(planned.verdict.decision == .accepted)
    case .noPlan(let noPlan):
      if case .infeasible = noPlan.finding { Issue.record("proved without a search") }
    }
  }
}
