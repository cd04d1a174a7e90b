import GLPKBackend
import LinearOptimization
import StowageFleet
import StowageModel
import StowagePlacement
import StowageTestSupport

/// Plans as the tests do it: GLPK, work limits instead of clocks, and VMs with a device passed
/// through do not move.
func plan(
  _ inventory: Inventory, _ goal: Goal, options: PlanOptions = PlanOptions(),
  search: PlacementOptions = PlacementOptions(isDeterministic: true)
) throws -> (answer: PlacementAnswer, fleet: Fleet) {
  let fleet = Fleet(inventory, options: options) {
    $0.blockers.contains(.passthrough) ? "a device is passed through" : nil
  }
  let engine = PlacementEngine(fleet: fleet, solver: GLPKSolver(), options: search)
  return (try engine.answer(goal), fleet)
}

extension PlacementResult {
  func value(_ name: Objective.Name) -> Double? { objectives.first { $0.name == name }?.value }
  func bound(_ name: Objective.Name) -> Double? { objectives.first { $0.name == name }?.lowerBound }

  func isProved(_ name: Objective.Name) -> Bool {
    objectives.contains { $0.name == name && $0.lowerBound == $0.value }
  }

  func hosts(_ fleet: Fleet) -> [VM.ID: Host.ID] {
    Dictionary(uniqueKeysWithValues: zip(fleet.vms.map(\.id), placement.map { fleet.hosts[$0].id }))
  }
}

extension SmallFleets {
  /// Fleets so small that every placement of them is tried.
  static var tiny: SmallFleets {
    var generator = SmallFleets()
    generator.maxHosts = 3
    generator.maxVMs = 6
    generator.hasFailover = false
    return generator
  }
}

extension EveryPlacement {
  /// Every placement, by index in a fleet of the same inventory.
  func forEach(in fleet: Fleet, _ body: ([Int]) -> Void) {
    forEach { hosts in
      body(fleet.vms.map { vm in fleet.hosts.firstIndex { $0.id == hosts[vm.id] } ?? 0 })
    }
  }
}
