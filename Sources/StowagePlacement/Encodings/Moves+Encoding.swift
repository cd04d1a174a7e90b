import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// The sum over VMs that end elsewhere than they start of what each counts for.
  ///
  /// For classes of several blocks a column for each host counts the members that stay, at most
  /// those that start there; it is pushed up by being worth its weight.
  mutating func moved(weight: (_ vm: Int) -> Double) -> LinearExpression {
    var moved = LinearExpression()
    for (index, blockClass) in classes.enumerated() {
      if blockClass.blocks.count == 1 {
        addMoves(ofBlock: blockClass.blocks[0], index, weight, to: &moved)
      } else {
        addMoves(ofClass: blockClass, index, weight, to: &moved)
      }
    }
    return moved
  }

  /// Requires that at most so many VMs end elsewhere than they start.
  mutating func limitMoves(to most: Int) {
    let moves = moved { _ in 1 }
    program.require("moves", moves, atMost: Double(most))
  }

  /// Keeps every limit on the moves of the plan.
  mutating func encodeMoveLimits() {
    let fleet = problem.fleet
    for limit in fleet.moveLimits {
      let counted = limit.members.map(Set.init)
      let moves = moved { vm in counted?.contains(vm) ?? true ? limit.weight(of: vm, in: fleet) : 0 }
      program.require("\(limit.rule?.rawValue ?? "moves of the request")", moves, atMost: limit.most)
    }
  }

  private func addMoves(
    ofBlock block: Int, _ index: Int, _ weight: (Int) -> Double, to moved: inout LinearExpression
  ) {
    for (host, column) in members[index].sorted(by: { $0.key < $1.key }) {
      let away = problem.blocks[block].filter { problem.fleet.start[$0] != host }
      moved.add(away.reduce(0) { $0 + weight($1) }, column)
    }
  }

  private mutating func addMoves(
    ofClass blockClass: BlockClasses.BlockClass, _ index: Int, _ weight: (Int) -> Double,
    to moved: inout LinearExpression
  ) {
    let each = weight(problem.blocks[blockClass.blocks[0]][0])
    moved.constant += each * Double(blockClass.blocks.count)
    for host in blockClass.hosts {
      guard let column = members[index][host], let residents = blockClass.residents[host] else { continue }
      guard residents < blockClass.most[host] ?? 0 else {
        moved.add(-each, column)
        continue
      }
      let name = problem.fleet.hosts[host].id
      let stay = program.addContinuous("stay on \(name)", in: .between(0, Double(residents)))
      program.require("stay on \(name)", stay - column, atMost: 0)
      moved.add(-each, stay)
    }
  }
}
