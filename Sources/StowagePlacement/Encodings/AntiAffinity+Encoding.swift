import LinearOptimization

extension AssignmentProgram {
  /// In every domain at most one member of each anti-affinity.
  mutating func encodeAntiAffinity() {
    for group in problem.apart {
      let blocks = Set(group.blocks)
      var inDomain: [Int: LinearExpression] = [:]
      for index in classes.indices where blocks.contains(classes[index].blocks[0]) {
        for host in classes[index].hosts {
          guard let column = members[index][host] else { continue }
          inDomain[group.domainOfHost[host], default: LinearExpression()].add(1, column)
        }
      }
      for domain in inDomain.keys.sorted() {
        guard let expression = inDomain[domain], expression.terms.count > 1 else { continue }
        program.require("\(group.rule) in one \(group.scope)", expression, atMost: 1)
      }
    }
  }
}
