import StowageModel

extension Rooms {
  /// The least memory that moves while `hostsOn` hosts are on, in MiB, by prices for the room of hosts; `nil` for
  /// prices below zero or beyond all reason, and for hosts that are unknown or listed twice.
  ///
  /// Every VM takes room worth at least what the cheapest host on which it may end asks. A host that is on keeps,
  /// at the best, the VMs whose memory exceeds what they pay more there than at the cheapest, and earns the worth
  /// of all its room.
  func keptBound(_ certificate: Certificate.KeepPrices, hostsOn: Int, _ rulebook: Rulebook) -> Double? {
    guard let asked = PricedRoom(certificate.groups, roster, totalDemand), certificate.hostBillionths >= 0
    else { return nil }
    let perHost = Int128(certificate.hostBillionths)
    var balance = asked.worth(of: self).map { $0 - perHost }
    let isLeaving = Set(mustLeave)
    var ends = PricedEnds(self, rulebook, kindOfHost: asked.listOfHost)
    var moved = Int128(0)
    for vm in roster.vms.indices {
      guard let start = roster.startHost[vm] else { continue }
      let stays = !isLeaving.contains(vm)
      let lists = ends.kinds(vm).union(stays ? [asked.listOfHost[start]] : [])
      let cheapest = lists.map { asked.price(of: roster.demand[vm], list: $0) }.min() ?? 0
      let memory = roster.vms[vm].memoryMiB * Certificate.KeepPrices.scale
      guard memory < 1e30 else { return nil }
      moved += Int128(memory.rounded(.down)) + cheapest
      if stays {
        let gain = Int128(memory.rounded(.up)) + cheapest - asked.price(of: roster.demand[vm], on: start)
        balance[start] += max(0, gain)
      }
    }
    moved -= perHost * Int128(hostsOn)
    let isKept = Set(kept)
    for host in balance.indices { moved -= isKept.contains(host) ? balance[host] : max(0, balance[host]) }
    return max(0, Double(moved) / Certificate.KeepPrices.scale)
  }
}
