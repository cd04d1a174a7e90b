/// A kind of rule that this version holds, as the file sees it: its name and its keys.
enum RuleKind: String, CaseIterable {
  case affinity
  case antiAffinity = "anti_affinity"
  case onlyOn = "only_on"
  case neverOn = "never_on"
  case stay
  case drain
  case failover
  case spread
  case preferOn = "prefer_on"
  case noNew = "no_new"
  case keepOn = "keep_on"
  case dedicated
  case groupCap = "group_cap"
  case maxMoves = "max_moves"
  case moveBudget = "move_budget"
  case before
  case serialize
  case together
  case concurrency
  case technique
  case deadline
  case window
  case blackout

  /// The keys that a rule of any kind may have.
  static let commonKeys = ["id", "kind", "hard", "weight", "comment"]

  /// The keys that only rules of this kind have.
  var ownKeys: [String] {
    switch self {
    case .affinity, .antiAffinity: ["scope", "vms", "labels"]
    case .onlyOn, .neverOn: ["vms", "labels", "hosts", "host_labels"]
    case .stay: ["vms", "labels"]
    case .drain: ["hosts", "host_labels"]
    case .failover: ["scope", "failures", "hosts", "host_labels"]
    case .spread: ["scope", "min_domains", "max_per_domain", "vms", "labels"]
    case .preferOn: ["vms", "labels", "hosts", "host_labels"]
    case .noNew, .keepOn: ["hosts", "host_labels"]
    case .dedicated: ["vms", "labels"]
    case .groupCap: ["hosts", "host_labels", "vms", "labels", "resource", "limit"]
    case .maxMoves: ["limit", "vms", "labels"]
    case .moveBudget: ["limit_mib", "vms", "labels"]
    case .before: ["vms", "labels", "then", "then_labels"]
    case .serialize, .together: ["vms", "labels"]
    case .concurrency: ["limit", "per", "vms", "labels", "hosts", "host_labels", "links"]
    case .deadline: ["vms", "labels", "within_s", "by"]
    case .window, .blackout: ["vms", "labels", "from", "to", "days", "tz"]
    case .technique:
      ["vms", "labels", "allow", "deny", "max_downtime_ms", "max_loss_probability", "max_slowdown_s"]
    }
  }

  /// Whether its rules speak of the moves of a plan and cannot be soft.
  var isAlwaysHard: Bool {
    switch self {
    case .maxMoves, .moveBudget, .before, .serialize, .together, .concurrency, .technique, .deadline,
      .window, .blackout:
      true
    case .affinity, .antiAffinity, .onlyOn, .neverOn, .stay, .drain, .failover, .spread, .preferOn, .noNew,
      .keepOn, .dedicated, .groupCap:
      false
    }
  }

  /// Every key that a rule of this kind may have.
  var keys: [String] { Self.commonKeys + ownKeys }
}

/// Words of other tools for kinds of rules, which people try first.
enum ForeignRuleKind {
  /// The kind that means the same here.
  static let same: [String: String] = [
    "vm_to_host": "only_on", "pin": "only_on", "must_run_on": "only_on", "node-affinity": "only_on",
    "host_affinity": "only_on", "host_exclusion": "never_on", "host_anti_affinity": "never_on",
    "must_not_run_on": "never_on", "separate": "anti_affinity", "keep_together": "affinity",
    "colocate": "affinity", "ignore": "stay", "evacuate": "drain", "n_plus_1": "failover",
    "should_run_on": "prefer_on", "preferred_hosts": "prefer_on", "quarantine": "no_new",
    "lonely": "dedicated", "exclusive": "dedicated", "isolated": "dedicated",
    "resource_capacity": "group_cap", "licence_cap": "group_cap", "keep_powered": "keep_on",
    "online": "keep_on", "topology_spread": "spread", "move_limit": "max_moves",
    "precedence": "before", "seq": "before", "after": "before", "serialise": "serialize",
    "sync": "together", "synchronize": "together", "synchronise": "together",
    "parallel_per_node": "concurrency", "max_parallel": "concurrency", "techniques": "technique",
    "due": "deadline",
    "maintenance_window": "window", "change_window": "window", "freeze": "blackout",
  ]
}
