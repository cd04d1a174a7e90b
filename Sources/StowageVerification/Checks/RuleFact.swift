public import StowageModel

/// A rule of the inventory that does not hold.
public enum RuleFact: Hashable, Sendable {
  /// Members of an anti-affinity in one place.
  case together(Rule.ID, Scope, place: String, members: [VM.ID], atMost: Int)
  /// Members of an affinity in several places.
  case apart(Rule.ID, Scope, places: [String], members: [VM.ID])
  /// A VM on, or on its way to, a host that an `only_on` does not list.
  case outside(Rule.ID, VM.ID, Host.ID)
  /// A VM on, or on its way to, a host that a `never_on` lists.
  case forbidden(Rule.ID, VM.ID, Host.ID)
  /// A VM that must stay has a move.
  case moved(Rule.ID, VM.ID, Move.ID)
  /// A VM that must stay is on another host than at the start.
  case elsewhere(Rule.ID, VM.ID, Host.ID)
  /// A host that must end empty does not.
  case notEmpty(DrainCause, Host.ID, [VM.ID])
  /// A VM moves to a host that must end empty.
  case entersDrained(DrainCause, Host.ID, VM.ID)
  /// More sets of failing hosts cannot be re-placed than at the start, or any at the end.
  case failover(Rule.ID, FailoverLoss)
  /// Whether the VMs of failing hosts fit elsewhere could not be decided.
  case failoverUndecided(Rule.ID, FailoverLoss)
  /// More members of a spread in one place than may be.
  case crowded(Rule.ID, Scope, place: String, members: [VM.ID], atMost: Int)
  /// Members of a spread in fewer places than they must be.
  case bunched(Rule.ID, Scope, places: [String], atLeast: Int)
  /// Members of a `dedicated` on a host with others.
  case mixed(Rule.ID, Host.ID, members: [VM.ID], others: [VM.ID])
  /// VMs on a set of hosts take more in total than they may.
  case overCap(Rule.ID, Resource, CPUCounting, total: Int64, limit: Int64, isLimitedByStart: Bool)
  /// A VM enters, or is new on, a host that takes nobody in.
  case newcomer(Rule.ID, VM.ID, Host.ID)
  /// A host that must stay powered is switched off.
  case switchedOff(Rule.ID, Host.ID)
  /// More moves than a rule allows.
  case moves(Rule.ID, count: Int, limit: Int)
  /// More memory moved than a rule allows, in MiB.
  case movedMemory(Rule.ID, mib: Double, limit: Double)
  /// A move starts before another has ended that comes first.
  case tooSoon(Rule.ID, Move.ID, waitsFor: Move.ID, untilSeconds: Double)
  /// Moves overlap that go one at a time.
  case overlapping(Rule.ID, [Move.ID])
  /// Moves that switch over at two moments and must at one.
  case outOfStep(Rule.ID, Move.ID, seconds: Double, Move.ID, otherSeconds: Double)
  /// More moves at once than a rule allows.
  case atOnce(Rule.ID, MovePlace, [Move.ID], limit: Int)
  /// A move by a technique that a rule does not allow.
  case technique(Rule.ID, Move.ID, VM.ID, Technique)
  /// A pause longer than a rule allows, in ms.
  case pause(Rule.ID, Move.ID, VM.ID, milliseconds: Double, limit: Double)
  /// A risk of losing a VM higher than a rule allows.
  case loss(Rule.ID, Move.ID, VM.ID, probability: Double, limit: Double)
  /// A guest that loses more of its time than a rule allows, in s.
  case slowdown(Rule.ID, Move.ID, VM.ID, seconds: Double, limit: Double)

  /// A move under way outside of the hours in which it must be.
  case outsideHours(Rule.ID, Move.ID)
  /// A move under way in hours in which it must not be.
  case withinHours(Rule.ID, Move.ID)
  /// A move that ends after it is due.
  case late(Rule.ID, Move.ID, endSeconds: Double, dueSeconds: Double)
  /// A rule speaks of hours or dates, and the plan does not say when it starts.
  case unknownStart(Rule.ID)

  /// Where moves are counted.
  public enum MovePlace: Hashable, Sendable {
    /// All together.
    case total
    /// Those that leave a host.
    case out(Host.ID)
    /// Those that enter a host.
    case into(Host.ID)
    /// Those that leave or enter a host.
    case host(Host.ID)
    /// Those that cross a link.
    case link(String)
  }
}

/// Which failures a cluster does not survive.
public struct FailoverLoss: Hashable, Sendable {
  /// The cluster; `nil` for the hosts that lie in none.
  public var cluster: String?
  /// Hosts of the first set that counts.
  public var failing: [Host.ID]
  /// A VM of the set that finds no place, when one alone is to blame.
  public var stranded: VM.ID?
  /// How many sets count.
  public var count: Int
  /// How many may.
  public var allowed: Int
}

extension RuleFact: FactWording {
  var code: FindingCode {
    switch self {
    case .together: .antiAffinity
    case .apart: .affinity
    case .outside: .onlyOn
    case .forbidden: .neverOn
    case .moved, .elsewhere: .stay
    case .notEmpty, .entersDrained: .drain
    case .failover: .failover
    case .failoverUndecided: .undecided
    case .crowded, .bunched: .spread
    case .mixed: .dedicated
    case .overCap: .groupCap
    case .newcomer: .noNew
    case .switchedOff: .keepOn
    case .moves: .maxMoves
    case .movedMemory: .moveBudget
    case .tooSoon: .before
    case .overlapping: .serialize
    case .outOfStep: .together
    case .atOnce: .movesAtOnce
    case .technique, .pause, .loss, .slowdown: .techniqueRule
    case .outsideHours: .window
    case .withinHours: .blackout
    case .late: .deadline
    case .unknownStart: .start
    }
  }

  var sentence: String {
    switch self {
    case .together(let rule, let scope, let place, let members, let most):
      "\(Words.count(members.count, "member")) of anti-affinity \(Words.name(rule)) on \(scope.rawValue) "
        + "\(Words.name(place)), at most \(most) may be there: \(Words.list(members.map { Words.name($0) }))"
    case .apart(let rule, let scope, let places, let members):
      "the \(members.count) members of affinity \(Words.name(rule)) are on \(places.count) \(scope.rawValue)s, "
        + "\(Words.list(places.map { Words.name($0) })): \(Words.list(members.map { Words.name($0) }))"
    case .outside(let rule, let vm, let host):
      "VM \(Words.name(vm)) is on \(Words.name(host)), which is not among the hosts of rule \(Words.name(rule))"
    case .forbidden(let rule, let vm, let host):
      "VM \(Words.name(vm)) is on \(Words.name(host)), which rule \(Words.name(rule)) forbids"
    case .moved(let rule, let vm, let move):
      "VM \(Words.name(vm)) is moved by \(Words.name(move)), and rule \(Words.name(rule)) has it stay"
    case .elsewhere(let rule, let vm, let host):
      "VM \(Words.name(vm)) is on \(Words.name(host)), and rule \(Words.name(rule)) has it stay where it was"
    case .notEmpty(let cause, let host, let vms):
      "host \(Words.name(host)) must end empty (\(Self.words(cause))) and holds "
        + "\(Words.count(vms.count, "VM")): \(Words.list(vms.map { Words.name($0) }))"
    case .entersDrained(let cause, let host, let vm):
      "VM \(Words.name(vm)) moves to \(Words.name(host)), which must end empty (\(Self.words(cause)))"
    case .failover(let rule, let loss): "rule \(Words.name(rule)): \(loss.words) cannot be placed elsewhere"
    case .failoverUndecided(let rule, let loss):
      "rule \(Words.name(rule)): whether \(loss.words) can be placed elsewhere could not be decided"
    case .crowded(let rule, let scope, let place, let members, let most):
      "\(Words.count(members.count, "member")) of spread \(Words.name(rule)) on \(scope.rawValue) "
        + "\(Words.name(place)), at most \(most) may be there: \(Words.list(members.map { Words.name($0) }))"
    case .bunched(let rule, let scope, let places, let least):
      "the members of spread \(Words.name(rule)) are on \(Words.count(places.count, scope.rawValue)), "
        + "\(Words.list(places.map { Words.name($0) })), and must be on at least \(least)"
    case .mixed(let rule, let host, let members, let others):
      "host \(Words.name(host)) holds \(Words.list(members.map { Words.name($0) })) of dedicated "
        + "\(Words.name(rule)) together with \(Words.list(others.map { Words.name($0) }))"
    case .overCap(let rule, let resource, let cpu, let total, let limit, let isLimitedByStart):
      "the hosts of rule \(Words.name(rule)) hold "
        + AmountWords(resource: resource, cpu: cpu).share(total, of: limit)
        + (isLimitedByStart ? " at the start" : "")
    case .newcomer(let rule, let vm, let host):
      "VM \(Words.name(vm)) is new on \(Words.name(host)), which takes nobody in (rule \(Words.name(rule)))"
    case .switchedOff(let rule, let host):
      "host \(Words.name(host)) is switched off, and rule \(Words.name(rule)) keeps it powered"
    case .moves(let rule, let count, let limit):
      "rule \(Words.name(rule)) allows \(Words.count(limit, "move")), and there are \(count)"
    case .movedMemory(let rule, let mib, let limit):
      "rule \(Words.name(rule)) allows \(Words.number(limit)) MiB of memory to be moved, and \(Words.number(mib)) MiB are"
    case .tooSoon(let rule, let move, let other, let until):
      "move \(Words.name(move)) starts before \(Words.name(other)) has ended at \(Words.seconds(until)), "
        + "which rule \(Words.name(rule)) puts first"
    case .overlapping(let rule, let moves):
      "\(Words.list(moves.map { Words.name($0) })) are under way, and rule \(Words.name(rule)) has them go one at a time"
    case .outOfStep(let rule, let move, let moment, let other, let otherMoment):
      "\(Words.name(move)) switches over at \(Words.seconds(moment)) and \(Words.name(other)) at "
        + "\(Words.seconds(otherMoment)), and rule \(Words.name(rule)) has them switch over together"
    case .atOnce(let rule, let place, let moves, let limit):
      "\(Words.count(moves.count, "move")) under way\(Self.words(place)), rule \(Words.name(rule)) allows "
        + "\(limit): \(Words.list(moves.map { Words.name($0) }))"
    case .technique(let rule, let move, let vm, let technique):
      "move \(Words.name(move)) takes VM \(Words.name(vm)) by \(technique.rawValue), which rule "
        + "\(Words.name(rule)) does not allow"
    case .pause(let rule, let move, let vm, let pause, let limit):
      "move \(Words.name(move)) pauses VM \(Words.name(vm)) for \(Words.number(pause, decimals: 3)) ms, rule "
        + "\(Words.name(rule)) allows \(Words.number(limit, decimals: 3)) ms"
    case .outsideHours(let rule, let move):
      "move \(Words.name(move)) is under way outside of the hours of window \(Words.name(rule))"
    case .withinHours(let rule, let move):
      "move \(Words.name(move)) is under way in the hours of blackout \(Words.name(rule))"
    case .late(let rule, let move, let end, let due):
      "move \(Words.name(move)) is still under way, due at \(Words.seconds(due)) by rule \(Words.name(rule)); "
        + "it ends at \(Words.seconds(end))"
    case .unknownStart(let rule):
      "rule \(Words.name(rule)) speaks of hours or dates, and the plan does not say when it starts"
    case .loss(let rule, let move, let vm, let probability, let limit):
      "move \(Words.name(move)) loses VM \(Words.name(vm)) with a probability of "
        + "\(Words.number(probability, decimals: 12)), rule \(Words.name(rule)) allows "
        + "\(Words.number(limit, decimals: 12))"
    case .slowdown(let rule, let move, let vm, let seconds, let limit):
      "move \(Words.name(move)) costs the guest of VM \(Words.name(vm)) \(Words.seconds(seconds)), rule "
        + "\(Words.name(rule)) allows \(Words.seconds(limit))"
    }
  }

  private static func words(_ place: MovePlace) -> String {
    switch place {
    case .total: ""
    case .out(let host): " out of \(Words.name(host))"
    case .into(let host): " into \(Words.name(host))"
    case .host(let host): " out of or into \(Words.name(host))"
    case .link(let link): " over link \(Words.name(link))"
    }
  }

  private static func words(_ cause: DrainCause) -> String {
    switch cause {
    case .rule(let rule): "rule \(Words.name(rule))"
    case .request: "as requested"
    }
  }
}

extension FailoverLoss {
  fileprivate var words: String {
    let place = cluster.map { "cluster \(Words.name($0))" } ?? "the hosts without a cluster"
    let hosts = Words.list(failing.map { Words.name($0) })
    let culprit = stranded.map { " (not even \(Words.name($0)))" } ?? ""
    let more = count > 1 || allowed > 0 ? ", and of \(count) such sets in all where \(allowed) may be," : ""
    return "in \(place) the VMs of \(hosts)\(culprit)\(more)"
  }
}

extension FindingCode {
  /// Members of an anti-affinity in one place.
  public static let antiAffinity = FindingCode(rawValue: "verify.anti-affinity")
  /// Members of an affinity in several places.
  public static let affinity = FindingCode(rawValue: "verify.affinity")
  /// A VM outside the hosts that it may be on.
  public static let onlyOn = FindingCode(rawValue: "verify.only-on")
  /// A VM on a host that it may not be on.
  public static let neverOn = FindingCode(rawValue: "verify.never-on")
  /// A VM that must stay moves.
  public static let stay = FindingCode(rawValue: "verify.stay")
  /// A host that must end empty does not, or takes a VM in.
  public static let drain = FindingCode(rawValue: "verify.drain")
  /// VMs of failing hosts do not fit elsewhere.
  public static let failover = FindingCode(rawValue: "verify.failover")
  /// Members of a spread too many in one place, or in too few places.
  public static let spread = FindingCode(rawValue: "verify.spread")
  /// Members of a `dedicated` share a host with others.
  public static let dedicated = FindingCode(rawValue: "verify.dedicated")
  /// VMs on a set of hosts take too much in total.
  public static let groupCap = FindingCode(rawValue: "verify.group-cap")
  /// A host that takes nobody in does.
  public static let noNew = FindingCode(rawValue: "verify.no-new")
  /// A host that stays powered is switched off.
  public static let keepOn = FindingCode(rawValue: "verify.keep-on")
  /// More memory moved than a rule allows.
  public static let moveBudget = FindingCode(rawValue: "verify.move-budget")
  /// A move starts before those that a `before` puts first have ended.
  public static let before = FindingCode(rawValue: "verify.before")
  /// Moves overlap that a `serialize` has go one at a time.
  public static let serialize = FindingCode(rawValue: "verify.serialize")
  /// Moves switch over at different moments that a `together` has switch over at one.
  public static let together = FindingCode(rawValue: "verify.together")
  /// More moves at once than a `concurrency` allows.
  public static let movesAtOnce = FindingCode(rawValue: "verify.moves-at-once")
  /// A move by a technique, or with a pause or a risk, that a `technique` does not allow.
  public static let techniqueRule = FindingCode(rawValue: "verify.technique-rule")
  /// A move outside of the hours of a `window`.
  public static let window = FindingCode(rawValue: "verify.window")
  /// A move in the hours of a `blackout`.
  public static let blackout = FindingCode(rawValue: "verify.blackout")
  /// A move that ends after a `deadline`.
  public static let deadline = FindingCode(rawValue: "verify.deadline")
  /// Hours or dates cannot be judged, because the plan does not say when it starts.
  public static let start = FindingCode(rawValue: "verify.start")
  /// Something could not be decided within the verifier's limits.
  public static let undecided = FindingCode(rawValue: "verify.undecided")

  static let ruleCodes: [FindingCode] = [
    .antiAffinity, .affinity, .onlyOn, .neverOn, .stay, .drain, .failover, .undecided,
    .spread, .dedicated, .groupCap, .noNew, .keepOn, .moveBudget, .before, .serialize, .together,
    .movesAtOnce, .techniqueRule, .window, .blackout, .deadline, .start,
  ]
}
