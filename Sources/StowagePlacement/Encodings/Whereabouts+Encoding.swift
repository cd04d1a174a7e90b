import LinearOptimization

// `only_on`, `never_on`, `stay` and `drain`, the columns of hosts and VMs, networks, routes and
// techniques need no rows: a class has a column only for the hosts on which its members may end,
// and one with an upper bound for a host on which some of them may merely remain.

extension AssignmentProgram {
  /// Requires that nothing but the given hosts be on.
  mutating func limitHosts(to count: Int) {
    program.require("hosts on", sum(hosts.compactMap { isOn[$0] }), atMost: Double(count))
  }

  /// The number of hosts on.
  var hostsOn: LinearExpression {
    sum(hosts.compactMap { isOn[$0] })
  }
}
