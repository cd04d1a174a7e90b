import LinearOptimization
import StowageFleet
import StowageModel

// `only_on`, `never_on`, `stay`, `drain` and `no_new`, the columns of hosts and VMs, networks, routes and
// techniques need no rows: a class has a column only for the hosts on which its members may end,
// and one with an upper bound for a host on which some of them may merely remain.

extension AssignmentProgram {
  /// Requires that nothing but the given hosts be on.
  mutating func limitHosts(to count: Int) {
    program.require("hosts on", hostsOn, atMost: Double(count))
  }

  /// What the hosts on draw or cost.
  func expense(_ price: HostPrice) -> LinearExpression {
    var expense = LinearExpression()
    let open = Set(hosts)
    for host in problem.fleet.countsAsOn.members where !open.contains(host) {
      expense.constant += price.base[host]
    }
    for host in hosts {
      if let column = isOn[host] { expense.add(price.base[host], column) }
    }
    for (blockClass, columns) in zip(classes, members) {
      let work = Double(problem.demand[blockClass.blocks[0]][.cpu])
      for host in blockClass.hosts where price.rate[host] > 0 {
        if let column = columns[host] { expense.add(price.rate[host] * work, column) }
      }
    }
    return expense
  }

  /// The number of hosts on, those included that are on whatever they hold.
  var hostsOn: LinearExpression {
    var count = sum(hosts.compactMap { isOn[$0] })
    let open = Set(hosts)
    count.constant += Double(problem.fleet.countsAsOn.members.count { !open.contains($0) })
    return count
  }
}
