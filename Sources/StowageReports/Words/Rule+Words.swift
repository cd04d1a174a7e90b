public import StowageModel

extension Rule {
  /// Its kind as people write it: `anti-affinity`.
  public var kindWords: String { Self.kindWords(requirement.kind) }

  static func kindWords(_ kind: String) -> String { kind.replacing("_", with: "-") }

  /// What the rule asks, as a sentence without a full stop.
  var meaning: String {
    switch requirement {
    case .affinity(let rule):
      "\(rule.vms.words(of: "VMs")) run together \(rule.scope.preposition) one \(rule.scope.rawValue)"
    case .antiAffinity(let rule):
      "\(rule.vms.words(of: "VMs")) run \(rule.scope.preposition) different \(rule.scope.rawValue)s"
    case .onlyOn(let rule): "\(rule.vms.words(of: "VMs")) run only on \(rule.hosts.words(of: "hosts"))"
    case .neverOn(let rule): "\(rule.vms.words(of: "VMs")) never run on \(rule.hosts.words(of: "hosts"))"
    case .stay(let rule): "\(rule.vms.words(of: "VMs")) do not move"
    case .drain(let rule): "\(rule.hosts.words(of: "hosts")) end empty"
    case .failover(let rule):
      "whatever \(rule.failures == 1 ? rule.scope.rawValue : "\(rule.failures) \(rule.scope.rawValue)s") fail"
        + "\(rule.failures == 1 ? "s" : ""), the VMs fit on the rest of the cluster"
    case .spread(let rule): rule.words
    case .preferOn(let rule): "\(rule.vms.words(of: "VMs")) run best on \(rule.hosts.words(of: "hosts"))"
    case .noNew(let rule): "\(rule.hosts.words(of: "hosts")) take nobody in"
    case .keepOn(let rule): "\(rule.hosts.words(of: "hosts")) stay powered"
    case .dedicated(let rule): "\(rule.vms.words(of: "VMs")) share hosts with nobody else"
    case .groupCap(let rule):
      "\(rule.vms.words(of: "VMs")) on \(rule.hosts.words(of: "hosts")) take at most \(rule.limitWords) in total"
    case .maxMoves(let rule): "\(rule.vms.words(of: "VMs")) make at most \(Units.count(rule.limit, "move"))"
    case .moveBudget(let rule):
      "\(rule.vms.words(of: "VMs")) move at most \(Units.gibibytes(fromMiB: rule.limitMiB)) of memory"
    case .before(let rule): "\(rule.vms.words(of: "VMs")) move before \(rule.then.words(of: "VMs"))"
    case .serialize(let rule): "\(rule.vms.words(of: "VMs")) move one at a time"
    case .together(let rule):
      "\(rule.vms.words(of: "VMs")) switch over at one moment (post-copy starts together, all else ends together)"
    case .concurrency(let rule): rule.words
    case .technique(let rule): rule.words
    case .deadline(let rule): "\(rule.vms.words(of: "VMs")) have moved by \(rule.due.words)"
    case .window(let rule): "\(rule.vms.words(of: "VMs")) move only \(rule.hours.words)"
    case .blackout(let rule): "\(rule.vms.words(of: "VMs")) do not move \(rule.hours.words)"
    }
  }
}

extension Spread {
  fileprivate var words: String {
    let parts = [
      minDomains.map { "\(scope.preposition) at least \(Units.count($0, scope.rawValue))" },
      maxPerDomain.map { "at most \(Units.count($0)) \(scope.preposition) one \(scope.rawValue)" },
    ]
    return "\(vms.words(of: "VMs")) run \(parts.compactMap { $0 }.joined(separator: ", "))"
  }
}

extension Deadline.Due {
  fileprivate var words: String {
    switch self {
    case .within(let seconds): "\(Units.duration(seconds: seconds)) after the start"
    case .by(let instant): instant.description
    }
  }
}

extension Hours {
  fileprivate var words: String {
    switch self {
    case .dated(let from, let to): return "from \(from) to \(to)"
    case .weekly(let weekly):
      let all = WeeklyHours.Day.allCases
      let days = all.filter(weekly.days.contains).map(\.rawValue)
      let on = days.count < all.count ? " on \(days.joined(separator: ", "))" : " every day"
      return
        "from \(Self.clock(weekly.from)) to \(Self.clock(weekly.to))\(on) (\(VisibleText.name(weekly.zone.name)))"
    }
  }

  private static func clock(_ minutes: Int) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60)
    return "\(hours < 10 ? "0" : "")\(hours):\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension MovesAtOnce {
  fileprivate var words: String {
    let moves = "\(vms.words(of: "VMs")) make at most \(Units.count(limit, "move")) at once"
    let ofHosts = hosts.isUnspecified ? "any host" : "each of \(hosts.words(of: "hosts"))"
    switch place {
    case .total: return moves
    case .hostOut: return "\(moves) out of \(ofHosts)"
    case .hostIn: return "\(moves) into \(ofHosts)"
    case .host: return "\(moves) out of and into \(ofHosts)"
    case .link:
      let links = Selection(globs: links)
      return "\(moves) over \(links.isUnspecified ? "any link" : "each of \(links.words(of: "links"))")"
    }
  }
}

extension TechniqueLimit {
  fileprivate var words: String {
    let parts = [
      allowed.map { "move only by \(Self.list($0))" },
      denied.isEmpty ? nil : "do not move by \(Self.list(denied))",
      maxDowntimeMilliseconds.map { "pause for at most \(Units.duration(milliseconds: $0))" },
      maxLossProbability.map(Self.loss),
      maxSlowdownSeconds.map { "lose at most \(Units.duration(seconds: $0)) of their time" },
    ]
    return "\(vms.words(of: "VMs")) \(parts.compactMap { $0 }.joined(separator: ", "))"
  }

  private static func loss(_ probability: Double) -> String {
    probability > 0
      ? "are lost by at most one in \(Units.decimal(1 / probability)) moves"
      : "are never at stake while they move"
  }

  private static func list(_ techniques: Set<Technique>) -> String {
    techniques.isEmpty ? "nothing" : techniques.sorted().map(\.rawValue).joined(separator: " or ")
  }
}

extension GroupCap {
  /// The limit with its unit; CPU is in whatever CPU demand is counted in.
  fileprivate var limitWords: String {
    switch resource {
    case .cpu: "\(Units.decimal(limit)) vCPUs (MHz when CPU is counted so)"
    case .memory: Units.gibibytes(fromMiB: limit)
    case .network: "\(Units.decimal(limit)) Mb/s"
    case .localDisk: "\(Units.gibibytes(fromMiB: limit * 1024)) of local disk"
    case .slots: "\(Units.decimal(limit)) VMs"
    case .gpus: "\(Units.decimal(limit)) GPUs"
    }
  }
}

extension Selection {
  /// The selection in words, at most three patterns long: `VMs db-1, db-2 and 4 more`.
  func words(of things: String) -> String {
    if isUnspecified { return "all \(things)" }
    let patterns = globs.map(\.pattern) + labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let shown = patterns.prefix(3).map { VisibleText.name($0) }.joined(separator: ", ")
    let rest = patterns.count - 3
    return "\(things) \(shown)" + (rest > 0 ? " and \(Units.count(rest)) more" : "")
  }
}

extension Scope {
  /// One is on a host, and in a rack.
  fileprivate var preposition: String { self == .host ? "on" : "in" }
}
