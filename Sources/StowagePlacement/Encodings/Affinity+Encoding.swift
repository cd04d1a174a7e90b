import LinearOptimization

extension AssignmentProgram {
  /// All members of an affinity over racks, clusters or sites in one domain, which the program
  /// chooses. (Affinity over hosts needs no row: such VMs are one block.)
  mutating func encodeAffinity() {
    for group in problem.together {
      let blocks = Set(group.blocks)
      let domains = problem.commonDomains(group)
      let chosen = domains.map { _ in program.addBinary("\(group.rule) here") }
      program.require("\(group.rule) somewhere", sum(chosen), equals: 1)
      for index in classes.indices where blocks.contains(classes[index].blocks[0]) {
        let hosts = classes[index].hosts
        for (domain, isHere) in zip(domains, chosen) {
          let here = sum(hosts.filter { group.domainOfHost[$0] == domain }.compactMap { members[index][$0] })
          let all = Double(classes[index].blocks.count)
          program.require("\(group.rule) together", here - all * isHere, equals: 0)
        }
        // Where not every member may be, none is.
        for host in hosts where !domains.contains(group.domainOfHost[host]) {
          if let column = members[index][host] { program.setBounds(of: column, to: .exactly(0)) }
        }
      }
    }
  }
}
