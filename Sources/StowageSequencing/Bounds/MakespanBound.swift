import StowageFleet
import StowageModel

/// A time below which no schedule of a set of moves ends, and the resource that sets it, as the guide
/// *Proofs* defines it ("The shortest schedule").
///
/// Given are the moves of a plan, detours included. For each, over all techniques that
/// `Feasibility.verdicts` allows between its two hosts (limits on downtime and risk are not asked) and
/// whose forecast at the whole rate of the path is possible:
///
/// - *p*: the shortest `forecast.totalSeconds`, not rounded;
/// - *B*: the fewest `forecast.sentMiB`, not rounded;
/// - *q*: the smallest product of slots and `forecast.totalSeconds`.
///
/// The whole rate of a path is the smallest `PayloadRate.mibPerSecond(gbps:)` over those of its
/// channels (source port outwards, links in their direction, target port inwards) whose bandwidth is
/// known, or `PayloadRate.whenUnknown` when none is; it is not rounded, and the cost model itself
/// limits it to what a technique's streams carry. A move without a possible technique counts nothing.
///
/// - **LB1** = max over VMs of Σ *p* of its moves, which follow each other.
/// - **LB2**, **LB3**: for each host's port of known bandwidth, outwards and inwards,
///   Σ *B* of the moves that leave (enter) the host / payload rate of the port.
/// - **LB4**: the same for each direction of each link, over the moves whose path uses it.
/// - **LB5**: for each slot limit of the platform Σ *q* / slots: of the moves that leave a host, that
///   enter it, that do either, and of all.
///
/// The bound is the largest of these, rounded down to ms. Of equal ones the first in this order
/// binds: LB1 by ascending VM, channels in the order of the network, then slots by ascending host (out,
/// in, both) and at last those of the fleet.
struct MakespanBound {
  /// In ms.
  let milliseconds: Int
  /// The resource that sets it, in words.
  let binding: String

  /// The bound of some legs.
  init(_ legs: [Leg], _ book: MoveBook) {
    var search = BoundSearch(legs, book)
    search.weighVMs()
    search.weighChannels()
    search.weighSlots()
    milliseconds = Milliseconds.roundedDown(search.seconds)
    binding = search.binding
  }
}

/// Collects the largest bound.
private struct BoundSearch {
  private(set) var seconds = 0.0
  private(set) var binding = "nothing moves"
  private let legs: [Leg]
  private let book: MoveBook
  private let least: [LeastMove?]
  private var fleet: Fleet { book.fleet }

  init(_ legs: [Leg], _ book: MoveBook) {
    self.legs = legs
    self.book = book
    let fleet = book.fleet
    least = legs.map { leg in
      book.forecaster.least(
        fleet.vms[leg.vm], from: fleet.hosts[leg.from], to: fleet.hosts[leg.to],
        mibPerSecond: book.routes.wholeRate(leg.route),
        roundTripMilliseconds: fleet.network.roundTripMilliseconds(of: leg.route))
    }
  }

  private mutating func offer(_ bound: Double, _ text: () -> String) {
    guard bound > seconds else { return }
    seconds = bound
    binding = text()
  }

  mutating func weighVMs() {
    var total: [Int: (seconds: Double, moves: Int)] = [:]
    for (leg, least) in zip(legs, least) {
      guard let least else { continue }
      let known = total[leg.vm] ?? (0, 0)
      total[leg.vm] = (known.seconds + least.seconds, known.moves + 1)
    }
    for vm in total.keys.sorted() {
      guard let (seconds, moves) = total[vm] else { continue }
      let name = fleet.vms[vm].id
      offer(seconds) {
        "\(name): \(moves == 1 ? "the move alone takes" : "its \(moves) moves take") \(DecimalText.tenths(seconds)) s"
      }
    }
  }

  mutating func weighChannels() {
    let channels = fleet.network.channels
    var mib = [Double](repeating: 0, count: channels.count)
    for (leg, least) in zip(legs, least) {
      for channel in leg.route { mib[channel] += least?.mib ?? 0 }
    }
    for (index, channel) in channels.enumerated() {
      guard let rate = book.routes.payload[index], rate > 0, let gbps = channel.gbps else { continue }
      offer(mib[index] / rate) { Self.text(channel.name, mib: mib[index], gbps: gbps) }
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
    for (leg, least) in zip(legs, least) {
      let work = least?.slotSeconds ?? 0
      out[leg.from] += work
      into[leg.to] += work
      all += work
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
