import StowageCosts
import StowageFleet
import StowageModel

/// Moves between pairs of hosts and what they cost, each asked of the cost model once.
///
/// Attempts at a schedule differ in order, not in moves: they share one book.
final class MoveBook {
  private struct Question: Hashable {
    var vm: Int
    var from: Int
    var to: Int
    var tenths: Int
    var isCold: Bool
  }

  private struct CurveQuestion: Hashable {
    var subject: MigrationSubject
    var manner: Manner
    var storage: StorageCopy
    var whole: Double
    var roundTripMilliseconds: Double?
  }

  let fleet: Fleet
  let routes: RouteTable
  let forecaster: any MoveForecasting
  /// VMs whose disks are copied ahead.
  let seeds: SeedPlan?
  /// Copies of VMs that are kept at other sites.
  let protection: ProtectionPlan?
  private var answers: [Question: MoveOption?] = [:]
  private var curves: [CurveQuestion: RateCurve?] = [:]

  init(
    fleet: Fleet, forecaster: any MoveForecasting, seeds: SeedPlan? = nil, protection: ProtectionPlan? = nil
  ) {
    self.fleet = fleet
    self.forecaster = forecaster
    self.seeds = seeds
    self.protection = protection
    routes = RouteTable(
      fleet, taken: (seeds?.share ?? [:]).merging(protection?.taken ?? [:], uniquingKeysWith: +))
  }

  /// The move of a VM at the whole rate of its path; `nil` when there is no way or no technique.
  func leg(_ vm: Int, from: Int, to: Int) -> Leg? {
    guard let route = routes.route(from: from, to: to),
      let preferred = option(vm, from: from, to: to, on: routes.path(route))
    else { return nil }
    return Leg(vm: vm, from: from, to: to, route: route, preferred: preferred)
  }

  /// The preferred technique at a share of the path.
  func option(of leg: Leg, tenths: Int) -> MoveOption? {
    option(
      leg.vm, from: leg.from, to: leg.to, on: PathRate(tenths: tenths, roundTripMilliseconds: roundTrip(leg)))
  }

  /// The move made cold at the whole rate of its path.
  func coldOption(of leg: Leg) -> MoveOption? {
    let path = routes.path(leg.route)
    let question = Question(vm: leg.vm, from: leg.from, to: leg.to, tenths: path.tenths, isCold: true)
    return remembered(question) {
      forecaster.cold(
        seeded(leg.vm, leg.from, leg.to)?.rest ?? fleet.vms[leg.vm], from: fleet.hosts[leg.from],
        to: fleet.hosts[leg.to], on: path)
    }
  }

  /// What a move in some manner takes at every rate, and its slots; `nil` when it is not possible.
  ///
  /// VMs that the cost model cannot tell apart share their curves.
  func curve(
    _ vm: Int, from: Int, to: Int, route: [Int], by manner: Manner
  ) -> (curve: RateCurve, slots: Int)? {
    let rest = seeded(vm, from, to)?.rest
    let (vm, from, to) = (rest ?? fleet.vms[vm], fleet.hosts[from], fleet.hosts[to])
    guard let facts = forecaster.facts(vm, from: from, to: to, by: manner) else { return nil }
    let question = CurveQuestion(
      subject: MigrationSubject(vm), manner: manner, storage: facts.storage,
      whole: min(routes.wholeRate(route), facts.rateLimit),
      roundTripMilliseconds: fleet.network.roundTripMilliseconds(of: route))
    if let known = curves[question] { return known.map { ($0, facts.slots) } }
    let roundTrip = question.roundTripMilliseconds
    let curve = RateCurve(
      whole: question.whole,
      least: { rates in
        forecaster.least(
          vm, by: manner, storage: facts.storage, mibPerSecond: rates, roundTripMilliseconds: roundTrip)
      },
      lasting: { rate in
        forecaster.seconds(
          vm, by: manner, storage: facts.storage, mibPerSecond: rate, roundTripMilliseconds: roundTrip)
      })
    curves[question] = .some(curve)
    return curve.map { ($0, facts.slots) }
  }

  /// A VM whose disks are there when it goes this way.
  private func seeded(_ vm: Int, _ from: Int, _ to: Int) -> SeedPlan.Seeded? {
    seeds?.seeded[vm].flatMap { $0.from == from && $0.to == to ? $0 : nil }
  }

  private func roundTrip(_ leg: Leg) -> Double? {
    routes.path(leg.route).roundTripMilliseconds
  }

  private func option(_ vm: Int, from: Int, to: Int, on path: PathRate) -> MoveOption? {
    let question = Question(vm: vm, from: from, to: to, tenths: path.tenths, isCold: false)
    return remembered(question) {
      if let seeded = seeded(vm, from, to) {
        return forecaster.cold(seeded.rest, from: fleet.hosts[from], to: fleet.hosts[to], on: path)?.seeded
      }
      return forecaster.preferred(
        fleet.vms[vm], from: fleet.hosts[from], to: fleet.hosts[to], on: path,
        mostSeconds: fleet.timeRules.calendar.longestSeconds(of: vm))
    }
  }

  private func remembered(_ question: Question, _ ask: () -> MoveOption?) -> MoveOption? {
    if let known = answers[question] { return known }
    let answer = ask()
    answers[question] = .some(answer)
    return answer
  }
}
