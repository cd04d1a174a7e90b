import LinearOptimization
import StowageFleet

extension AssignmentProgram {
  /// How many VMs of blocks that return end elsewhere; `home` says where each returns, `nil` for one that does not.
  func away(home: [Int?]) -> LinearExpression {
    var away = LinearExpression()
    for (blockClass, columns) in zip(classes, members) {
      for block in blockClass.blocks {
        guard let home = home[block] else { continue }
        precondition(blockClass.blocks.count == 1, "a block that returns has hosts of its own")
        for (host, column) in columns.sorted(by: { $0.key < $1.key }) where host != home {
          away.add(Double(problem.blocks[block].count), column)
        }
      }
    }
    return away
  }
}
