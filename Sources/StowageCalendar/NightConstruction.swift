/// Fills nights unit by unit, each into the first night that takes it.
struct NightConstruction {
  let problem: NightProblem
  /// Larger goes first, as far as waits permit.
  let weight: [Double]

  /// Nights for all units before a limit; `nil` when this order finds none.
  func nights(before limit: Int) -> [Int]? {
    var fill = NightFill(problem)
    var lowest = 0
    if let most = problem.pilotVMs {
      guard let pilot = (0..<limit).first(where: { fillPilot(&fill, $0, most) }) else { return nil }
      lowest = pilot + 1
    }
    for unit in order where fill.nightOfUnit[unit] == nil {
      let from = max(lowest, problem.units[unit].waitsFor.compactMap { fill.nightOfUnit[$0] }.max() ?? 0)
      guard let night = (min(from, limit)..<limit).first(where: { fill.fits(unit, $0) }) else { return nil }
      fill.add(unit, night)
    }
    return fill.nightOfUnit.compactMap(\.self)
  }

  /// Fills a night with units that may set out and wait for nobody but each other.
  private func fillPilot(_ fill: inout NightFill, _ night: Int, _ most: Int) -> Bool {
    for unit in order
    where problem.units[unit].isPilotReady && fill.vms[night] + problem.units[unit].vms <= most
      && problem.units[unit].waitsFor.allSatisfy({ fill.nightOfUnit[$0] != nil }) && fill.fits(unit, night)
    {
      fill.add(unit, night)
    }
    return !fill.members[night].isEmpty
  }

  /// By falling weight, each after those that it waits for.
  private var order: [Int] {
    var order: [Int] = []
    var isIn = [Bool](repeating: false, count: problem.units.count)
    func put(_ unit: Int) {
      guard !isIn[unit] else { return }
      isIn[unit] = true
      for other in problem.units[unit].waitsFor { put(other) }
      order.append(unit)
    }
    for unit in problem.units.indices.sorted(by: { (weight[$0], $1) > (weight[$1], $0) }) { put(unit) }
    return order
  }
}
