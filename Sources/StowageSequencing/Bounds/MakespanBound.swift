import StowageCosts
import StowageFleet
import StowageModel

/// A time below which no schedule ends that brings the same VMs to the same places directly, each by
/// the technique that the plan gives it and with the same aid, as the guide *Proofs* defines it ("The shortest schedule").
///
/// - **LB1** of each VM: head + *p* + tail.
/// - **LB2**, **LB3**, **LB4**, **LB7** of each channel of known bandwidth: ``PortBound``.
/// - **LB5** of each slot limit: Σ *q* / slots, of the moves that leave a host, that enter it, that do
///   either, and of all.
///
/// Heads and tails (**LB6**, ``EntryDelays``) are 0 for all when any VM makes a detour: another detour
/// might make room sooner. The bound is the largest of these, rounded down to ms. Of equal ones the first
/// in this order binds: LB1 by ascending VM, channels in the order of the network, then slots by
/// ascending host (out, in, both) and at last those of the fleet.
struct MakespanBound {
  /// In ms.
  let milliseconds: Int
  /// The resource that sets it, in words.
  let binding: String

  /// The bound of some legs with their manners.
  init(_ runs: [(leg: Leg, manner: Manner)], _ book: MoveBook) {
    var moves = DirectMove.all(runs, book)
    if Set(runs.map(\.leg.vm)).count == runs.count { Self.delay(&moves, book) }
    var search = BoundSearch(moves, book)
    search.weighVMs()
    search.weighChannels()
    search.weighSlots()
    milliseconds = Milliseconds.roundedDown(search.seconds)
    binding = search.binding
  }

  /// Fills in heads and tails.
  static func delay(_ moves: inout [DirectMove], _ book: MoveBook) {
    let fleet = book.fleet
    var atStart = fleet.startLoad
    var atEnd = fleet.startLoad
    for move in moves {
      atEnd[move.from] -= fleet.demand[move.vm]
      atEnd[move.to] += fleet.demand[move.vm]
    }
    for host in fleet.hosts.indices {
      atStart[host] = fleet.ceilings[host] - atStart[host]
      atEnd[host] = fleet.ceilings[host] - atEnd[host]
    }
    let payload = book.routes.payload
    let heads = EntryDelays(
      moves, demand: fleet.demand, free: atStart, payload: { payload[2 * $0] }, isReversed: false
    ).seconds()
    let tails = EntryDelays(
      moves, demand: fleet.demand, free: atEnd, payload: { payload[2 * $0 + 1] }, isReversed: true
    ).seconds()
    for index in moves.indices {
      moves[index].head = heads[index]
      moves[index].tail = tails[index]
    }
  }
}

/// Collects the largest bound.
private struct BoundSearch {
  private(set) var seconds = 0.0
  private(set) var binding = "nothing moves"
  private let moves: [DirectMove]
  private let book: MoveBook
  private var fleet: Fleet { book.fleet }

  init(_ moves: [DirectMove], _ book: MoveBook) {
    self.moves = moves
    self.book = book
  }

  private mutating func offer(_ bound: Double, _ text: () -> String) {
    guard bound > seconds else { return }
    seconds = bound
    binding = text()
  }

  mutating func weighVMs() {
    for move in moves {
      let name = fleet.vms[move.vm].id
      offer(move.head + move.seconds + move.tail) {
        "\(name): the move alone takes \(DecimalText.tenths(move.seconds)) s"
          + Self.waits(move.head, move.tail)
      }
    }
  }

  /// `, after 12.0 s of others that make room, before 3.0 s of others that need it`
  private static func waits(_ head: Double, _ tail: Double) -> String {
    (head > 0 ? ", after \(DecimalText.tenths(head)) s in which others make room" : "")
      + (tail > 0 ? ", before \(DecimalText.tenths(tail)) s of others that need its room" : "")
  }

  mutating func weighChannels() {
    let channels = fleet.network.channels
    var users = [[DirectMove]](repeating: [], count: channels.count)
    for move in moves {
      for channel in move.route { users[channel].append(move) }
    }
    for (index, channel) in channels.enumerated() where !users[index].isEmpty {
      guard let rate = book.routes.payload[index], rate > 0, let gbps = channel.gbps,
        let bound = PortBound(users[index], rate: rate).above(seconds)
      else { continue }
      offer(bound.seconds) {
        Self.text(channel.name, mib: bound.mib, gbps: gbps) + Self.waits(bound.head, bound.tail)
      }
    }
  }

  /// `host-07 in: 812 GiB at 9.2 Gb/s`
  private static func text(_ name: String, mib: Double, gbps: Double) -> String {
    let words = name.split(separator: ":", omittingEmptySubsequences: false)
    let place = words.dropLast().joined(separator: ":") + " " + (words.last ?? "")
    return "\(place): \(DecimalText.data(mib: mib)) at \(DecimalText.tenths(0.92 * gbps)) Gb/s"
  }

  mutating func weighSlots() {
    let limits = book.forecaster.slotLimits
    var out = [Double](repeating: 0, count: fleet.hosts.count)
    var into = out
    var all = 0.0
    for move in moves {
      out[move.from] += move.slotSeconds
      into[move.to] += move.slotSeconds
      all += move.slotSeconds
    }
    for (index, host) in fleet.hosts.enumerated() {
      weigh(out[index], limits.out, "\(host.id) out")
      weigh(into[index], limits.into, "\(host.id) in")
      weigh(out[index] + into[index], limits.host, "\(host.id)")
    }
    weigh(all, limits.fleet, "all moves")
  }

  private mutating func weigh(_ slotSeconds: Double, _ limit: Int?, _ name: String) {
    guard let limit, limit > 0 else { return }
    offer(slotSeconds / Double(limit)) {
      "\(name): \(DecimalText.tenths(slotSeconds)) s of moves, \(limit) at a time"
    }
  }
}
