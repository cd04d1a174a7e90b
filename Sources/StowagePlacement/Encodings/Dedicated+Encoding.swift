import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// Every host holds members of a hard `dedicated`, or others, or nobody.
  mutating func encodeDedicated() {
    for group in problem.fleet.dedications where group.isHard {
      for host in hosts {
        let company = company(group.members, on: host)
        guard company.members.most > 0, company.others.most > 0 else { continue }
        let name = problem.fleet.hosts[host].id
        let isTheirs = program.addBinary("\(group.rule) has \(name)")
        program.require(
          "\(group.rule) alone", company.members.count - company.members.most * isTheirs, atMost: 0)
        program.require(
          "\(group.rule) elsewhere", company.others.count + company.others.most * isTheirs,
          atMost: company.others.most)
      }
    }
  }

  /// VMs on a host that are members and that are not, and how many there can be of each.
  func company(
    _ group: [Int], on host: Int
  ) -> (members: (count: LinearExpression, most: Double), others: (count: LinearExpression, most: Double)) {
    let isMember = Set(group)
    var members = (count: LinearExpression(), most: 0.0)
    var others = (count: LinearExpression(), most: 0.0)
    for index in classes.indices {
      guard let column = self.members[index][host] else { continue }
      let block = problem.blocks[classes[index].blocks[0]]
      let most = Double(classes[index].most[host] ?? 0)
      let own = Double(block.count(where: isMember.contains))
      let rest = Double(block.count) - own
      if own > 0 {
        members.count.add(own, column)
        members.most += own * most
      }
      if rest > 0 {
        others.count.add(rest, column)
        others.most += rest * most
      }
    }
    return (members, others)
  }
}
