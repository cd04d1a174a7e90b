import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// Members of each hard spread in as many domains as must be, and no domain with more than may be.
  mutating func encodeSpread() {
    for group in problem.fleet.spreads where group.isHard {
      let counts = membersByDomain(group.members, problem.fleet.domains(group.scope).domainOfHost)
      if let most = group.maxPerDomain {
        for domain in counts {
          program.require("\(group.rule) in one \(group.scope)", domain, atMost: Double(most))
        }
      }
      if let least = group.minDomains {
        program.require("\(group.rule) over \(group.scope)s", held(counts), atLeast: Double(least))
      }
    }
  }

  /// How many of the domains with these members hold any: a sum of binaries, each at most the members.
  mutating func held(_ counts: [LinearExpression]) -> LinearExpression {
    var held = LinearExpression()
    for count in counts {
      let isHeld = program.addBinary("holds a member")
      program.require("holds a member", count - isHeld, atLeast: 0)
      held.add(1, isHeld)
    }
    return held
  }

  /// The number of members in every domain where any may be, by domain.
  func membersByDomain(_ members: [Int], _ domainOfHost: [Int]) -> [LinearExpression] {
    let isMember = Set(members)
    var counts: [Int: LinearExpression] = [:]
    for index in classes.indices {
      let weight = problem.blocks[classes[index].blocks[0]].count(where: isMember.contains)
      guard weight > 0 else { continue }
      for host in classes[index].hosts {
        guard let column = self.members[index][host] else { continue }
        counts[domainOfHost[host], default: LinearExpression()].add(Double(weight), column)
      }
    }
    return counts.sorted { $0.key < $1.key }.map(\.value)
  }
}
