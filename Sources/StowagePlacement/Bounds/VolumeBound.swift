import StowageModel

/// Fewest hosts by volume, one resource at a time: for every resource that all hosts with room
/// limit, the smallest *K* such that the *K* largest rooms hold the total demand; and never fewer
/// than must stay on.
struct VolumeBound {
  /// The bound; `nil` when all hosts together are too small.
  let hosts: Int?
  /// The first resource of which all hosts together offer too little, with demand and capacity.
  let shortage: (resource: Resource, demand: Int64, capacity: Int64)?

  init(_ types: HostTypes) {
    var bound = types.forcedCount + types.onWithoutRoom
    for resource in types.limited {
      let demand = types.demand[resource.index]
      var held: Int64 = 0
      var used = 0
      for type in types.types.sorted(by: { $0.room[resource.index] > $1.room[resource.index] }) {
        let room = type.room[resource.index]
        guard held < demand, room > 0 else { break }
        let needed = min(type.count, Int((demand - held + room - 1) / room))
        held += Int64(needed) * room
        used += needed
      }
      if held < demand {
        hosts = nil
        shortage = (resource, demand, held)
        return
      }
      bound = max(bound, used)
    }
    hosts = bound
    shortage = nil
  }
}
