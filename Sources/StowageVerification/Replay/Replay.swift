import StowageModel

/// A plan played through: where every VM is counted, and when.
struct Replay: Sendable {
  let roster: Roster
  /// The moves that can be replayed, by start, then by position in the plan.
  let movements: [Movement]
  /// The movements of each VM that moves, in order.
  let movementsOfVM: [Int: [Int]]
  /// The charges of each VM that moves, in order.
  let chargesOfVM: [Int: [Charge]]
  /// The charges of VMs that move, by host.
  let chargesOnHost: [[Charge]]
  /// What is kept free at hosts from which VMs went to another site, by host: their way back.
  let keptOnHost: [[Charge]]
  /// Where each VM is after the last move.
  let endHost: [Int?]
  /// Every instant at which something changes, ascending.
  let instants: [Double]

  /// Nothing moves.
  init(roster: Roster) {
    self.init([], roster: roster)
  }

  /// Places at sources of other sites are kept for so many seconds after moves.
  init(_ moves: [Move], roster: Roster, keptSeconds: Double = 0) {
    self.roster = roster
    movements = moves.enumerated()
      .compactMap { Movement($1, at: $0, roster: roster) }
      .sorted { ($0.start, $0.position) < ($1.start, $1.position) }
    var movementsOfVM: [Int: [Int]] = [:]
    for (index, movement) in movements.enumerated() { movementsOfVM[movement.vm, default: []].append(index) }
    self.movementsOfVM = movementsOfVM
    var chargesOfVM: [Int: [Charge]] = [:]
    var chargesOnHost = [[Charge]](repeating: [], count: roster.hosts.count)
    var endHost = roster.startHost
    for vm in movementsOfVM.keys.sorted() {
      let charges = Self.charges(of: vm, movementsOfVM[vm] ?? [], movements, roster)
      for charge in charges { chargesOnHost[charge.host].append(charge) }
      endHost[vm] = charges.last?.host
      chargesOfVM[vm] = charges
    }
    self.chargesOfVM = chargesOfVM
    self.chargesOnHost = chargesOnHost
    keptOnHost = Self.kept(movements, roster, seconds: keptSeconds)
    self.endHost = endHost
    instants = Self.instants(chargesOnHost, movements)
  }

  /// From the VM's first host along its moves. A path that does not fit together is a finding of
  /// its own; here each move simply takes the VM from wherever it is.
  private static func charges(
    of vm: Int, _ own: [Int], _ movements: [Movement], _ roster: Roster
  ) -> [Charge] {
    guard var host = roster.startHost[vm] else { return [] }
    var charges: [Charge] = []
    var from = -Double.infinity
    var arrival: Int?
    for index in own {
      let movement = movements[index]
      charges.append(
        Charge(
          vm: vm, host: host, from: from, until: max(from, movement.released), arrival: arrival,
          departure: index))
      host = movement.to
      from = movement.reserved
      arrival = index
    }
    charges.append(Charge(vm: vm, host: host, from: from, until: .infinity, arrival: arrival, departure: nil))
    return charges
  }

  /// From when a source is no longer charged until its days are over.
  private static func kept(_ movements: [Movement], _ roster: Roster, seconds: Double) -> [[Charge]] {
    var kept = [[Charge]](repeating: [], count: roster.hosts.count)
    guard seconds > 0 else { return kept }
    // Instants are told in ms: a sum of two of them may be a hair larger than the third.
    let hair = 5e-4
    for (index, movement) in movements.enumerated() {
      let sites = [movement.from, movement.to].map { roster.hosts[$0].site }
      guard sites[0] != nil, sites[1] != nil, sites[0] != sites[1] else { continue }
      kept[movement.from].append(
        Charge(
          vm: movement.vm, host: movement.from, from: movement.released, until: movement.end + seconds - hair,
          arrival: nil, departure: index))
    }
    return kept
  }

  private static func instants(_ charges: [[Charge]], _ movements: [Movement]) -> [Double] {
    var instants: [Double] = movements.flatMap { [$0.start, $0.end] }
    for charge in charges.joined() {
      if charge.from.isFinite { instants.append(charge.from) }
      if charge.until.isFinite { instants.append(charge.until) }
    }
    instants.sort()
    return instants.enumerated().filter { $0 == 0 || instants[$0 - 1] != $1 }.map(\.element)
  }

  /// When the last move ends; 0 without moves.
  var lastEnd: Double { movements.map(\.end).max() ?? 0 }
}
