import StowageCosts
import StowageFleet
import StowageModel

/// The move of a VM from where it starts to where it ends, as bounds count it.
struct DirectMove {
  let vm: Int
  let from: Int
  let to: Int
  /// The channels, in path order.
  let route: [Int]
  /// One for each manner that counts.
  private let curves: [RateCurve]
  /// The shortest time, *p*, in s.
  let seconds: Double
  /// The shortest time until the source is free: *p*, or 0 when it may be stopped.
  let releaseSeconds: Double
  /// The least product of slots and time, in slot seconds.
  let slotSeconds: Double
  /// Not before this, nor so near the end, can it start and end, in s.
  var head = 0.0
  var tail = 0.0

  /// A move in any of some manners; `nil` when none of them is possible on the direct way.
  init?(vm: Int, from: Int, to: Int, manners: Set<Manner>, _ book: MoveBook) {
    guard let route = book.routes.route(from: from, to: to) else { return nil }
    var curves: [RateCurve] = []
    var slotSeconds = Double.infinity
    for manner in manners.sorted() {
      guard let (curve, slots) = book.curve(vm, from: from, to: to, route: route, by: manner) else {
        continue
      }
      curves.append(curve)
      slotSeconds = min(slotSeconds, Double(slots) * curve.shortest)
    }
    guard let shortest = curves.map(\.shortest).min() else { return nil }
    self.vm = vm
    self.from = from
    self.to = to
    self.route = route
    self.curves = curves
    seconds = shortest
    releaseSeconds = manners.contains(Manner(.cold)) ? 0 : shortest
    self.slotSeconds = slotSeconds
  }

  /// The least that it takes of each of its channels when it may last so long, in MiB.
  func area(within limit: Double) -> Double {
    var least = Double.infinity
    for curve in curves { least = min(least, curve.area(within: limit)) }
    return least
  }

  /// The direct moves of the VMs that some runs bring elsewhere, by VM; each in the manners of its runs.
  static func all(_ runs: [(leg: Leg, manner: Manner)], _ book: MoveBook) -> [DirectMove] {
    var paths: [Int: (to: Int, manners: Set<Manner>)] = [:]
    for (leg, manner) in runs {
      paths[leg.vm] = (leg.to, (paths[leg.vm]?.manners ?? []).union([manner]))
    }
    return paths.keys.sorted().compactMap { vm in
      guard let path = paths[vm], path.to != book.fleet.start[vm] else { return nil }
      return DirectMove(
        vm: vm, from: book.fleet.start[vm], to: path.to, manners: path.manners, book)
    }
  }
}
