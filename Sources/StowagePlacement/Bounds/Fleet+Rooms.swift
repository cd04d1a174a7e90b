import StowageFleet
import StowageModel

/// What bounds count: the words of the guide *Proofs*.
extension Fleet {
  /// Whether a host that is not drained takes VMs in.
  func takesIn(_ host: Int) -> Bool { hosts[host].isUsableAsTarget && !closedHosts.contains(host) }

  /// What a host has room for at the end, nothing where it is drained.
  func room(_ host: Int) -> Amounts {
    guard !drained.contains(host) else { return .zero }
    return takesIn(host) ? ceilings[host] : startLoad[host]
  }

  /// Hosts that must stay on: with a VM that does not move, or kept on.
  var hostsThatStayOn: HostSet {
    var stay = countsAsOn
    for vm in vms.indices where pins[vm] != nil { stay.insert(start[vm]) }
    return stay
  }
}
