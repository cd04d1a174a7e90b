public import StowageDiagnostics
public import StowageModel

extension PlanRequest {
  /// What a request asks for that the inventory does not have.
  public static func problems(_ options: PlanOptions, in inventory: Inventory) -> [Diagnostic] {
    guard !inventory.hosts.isEmpty else {
      return [
        Diagnostic(
          .planBadRequest, .error, "the inventory has no hosts to place VMs on",
          remedy: "add an export or a table of the hosts with --also")
      ]
    }
    return hosts(options, inventory) + sites(options, inventory) + vms(options, inventory)
      + start(options, inventory) + prices(options, inventory)
  }

  private static func start(_ options: PlanOptions, _ inventory: Inventory) -> [Diagnostic] {
    guard options.start == nil else { return [] }
    return inventory.rules.filter(\.requirement.needsStart).prefix(1).map { rule in
      Diagnostic(
        .planBadRequest, .error,
        "rule \(Diagnostic.quoted(rule.id.rawValue)) (\(rule.requirement.kind)) speaks of hours or dates",
        remedy: "say when the plan starts: --start 2026-11-27T22:00:00+01:00")
    }
  }

  /// A host that states no figure would pass for one that costs nothing.
  private static func prices(_ options: PlanOptions, _ inventory: Inventory) -> [Diagnostic] {
    let column: String
    let silent: [Host]
    switch options.objective {
    case .hosts: return []
    case .power: (column, silent) = ("power_idle_watts", inventory.hosts.filter { $0.powerIdleWatts == nil })
    case .cost: (column, silent) = ("cost_per_month", inventory.hosts.filter { $0.costPerMonth == nil })
    }
    guard let first = silent.first else { return [] }
    return [
      Diagnostic(
        .planBadRequest, .error,
        "--objective \(options.objective.rawValue) needs \(column) of every host; \(silent.count) of \(inventory.hosts.count)"
          + " state none, the first is \(Diagnostic.quoted(first.id.rawValue))",
        remedy: "fill the column \(column) of the hosts, or leave --objective out to count hosts")
    ]
  }

  private static func hosts(_ options: PlanOptions, _ inventory: Inventory) -> [Diagnostic] {
    let known = Set(inventory.hosts.map(\.id))
    return options.hosts.filter { !known.contains($0) }.map { name in
      Diagnostic(
        .planBadRequest, .error, "there is no host \(Diagnostic.quoted(name.rawValue))",
        remedy: "name hosts by the id column of the inventory")
    }
  }

  private static func sites(_ options: PlanOptions, _ inventory: Inventory) -> [Diagnostic] {
    let known = Set(inventory.hosts.compactMap { $0.domain(.site) }).sorted()
    return options.sites.filter { !known.contains($0) }.map { name in
      let remedy =
        known.isEmpty
        ? "fill the column 'site' of the hosts"
        : "name one of \(known.prefix(10).map { Diagnostic.quoted($0) }.joined(separator: ", "))"
      return Diagnostic(
        .planBadRequest, .error, "no host is at a site \(Diagnostic.quoted(name))", remedy: remedy)
    }
  }

  private static func vms(_ options: PlanOptions, _ inventory: Inventory) -> [Diagnostic] {
    options.vms.filter { pattern in
      let glob = Glob(pattern)
      return !inventory.vms.contains { glob.matches($0.id.rawValue) }
    }.map { pattern in
      Diagnostic(
        .planBadRequest, .error, "no VM is called \(Diagnostic.quoted(pattern))",
        remedy: "name VMs by the id column of the inventory; * stands for any letters")
    }
  }
}
