import StowageDiagnostics
import StowageModel
import StowageReports

/// A refusal, a check and a verdict, with their names passed through a function.
enum OtherPages {
  static func noPlan(_ name: (String) -> String = { $0 }) -> NoPlan {
    NoPlan(
      goal: .consolidate, hosts: 11, vms: 40,
      finding: .infeasible(proof: name("no host is left for 3 VMs, each looked at on every host")),
      refusals: [
        .init(
          vm: VM.ID(name("db-primary")),
          causes: [
            .init(.resource(.memory), hosts: 9),
            .init(.rule(Rule.ID(name("databases")), kind: "anti_affinity"), hosts: 2),
          ]),
        .init(vm: VM.ID(name("cache-9")), causes: [.init(.resource(.memory), hosts: 11)]),
        .init(vm: VM.ID(name("gpu-1")), causes: [.init(.other(name("no GPU")), hosts: 11)]),
      ],
      conflict: [name("rule 'databases'"), name("rule 'licence'"), name("memory of h03")],
      remedies: [name("allow 12 hosts"), name("drop rule 'databases'")])
  }

  static func check(_ name: (String) -> String = { $0 }) -> CheckReport {
    var log = DiagnosticLog()
    log.report(
      .planBadValue, .error, at: SourcePlace(file: "hosts.csv", line: 14, column: 3),
      "host \(Diagnostic.quoted(name("r2-h07"))) is listed twice, first on line 9",
      remedy: "remove one of the two lines")
    for line in 1...25 {
      log.report(
        .planBadRequest, .warning, at: SourcePlace(file: "vms.csv", line: line), "no vCPUs: 1 is taken")
    }
    var inventory = Room.inventory
    inventory.notes = inventory.notes.map(name)
    var overloaded = Room.loads(inventory, Room.plan)[0]
    overloaded.start[.memory] = 278_528 * 1024
    return CheckReport(
      source: name("two-racks"), inventory: inventory, diagnostics: log,
      brokenRules: [.init(rule: name("db-apart"), detail: name("db-1 and db-2 share rack r1"))],
      hostLoads: [overloaded])
  }

  static func verdict(_ name: (String) -> String = { $0 }, isRejected: Bool = true) -> VerdictReport {
    VerdictReport(
      plan: name("plan.json"), checked: [("moves", 34), ("instants", 68), ("hosts", 12), (name("rules"), 6)],
      findings: isRejected
        ? [
          .init(
            name("capacity"), atSeconds: 252, move: Move.ID(name("m0012")), host: Host.ID(name("host-07")),
            name("memory 272 GiB of 256 GiB")),
          .init("objective", name("hosts_on is 7 in the plan and 8 by its placement")),
          .init("link", atSeconds: 90, move: "m0004", "spine:ab carries 4,800 of 4,387 MiB/s"),
        ] : [],
      bounds: [
        .init(.hostsOn, value: 7, lowerBound: 7, proof: .mix, isRecomputed: true),
        .init(.movedMiB, value: 421_888, lowerBound: 398_336, proof: .mustMove, isRecomputed: false),
      ])
  }

  static func texts(_ name: (String) -> String) -> [String] {
    let layout = Summary.Layout(width: 4000)
    return [
      noPlan(name).text(layout: layout), check(name).text(layout: layout), verdict(name).text(layout: layout),
    ]
  }
}
