import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// Hosts h1 and h2 in rack r1, h3 in rack r2, h4 in no rack; VMs a to f, the first four on h1 to h4.
@Suite("Checking rules against an inventory")
struct RuleCheckTests {
  @Test("finds nothing wrong with rules that can hold")
  func good() {
    let log = check([
      Rule(id: "pair", .affinity(Affinity(vms: Selection(["a", "b"])))),
      Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["a", "c"])))),
      Rule(id: "racks", .antiAffinity(AntiAffinity(vms: Selection(["a", "d"]), scope: .rack))),
      Rule(id: "only", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h2"])))),
      Rule(id: "never", .neverOn(NeverOn(vms: Selection(["a"]), hosts: Selection(["h1"])))),
      Rule(id: "stay", .stay(Stay(vms: Selection(["d"])))),
      Rule(id: "drain", .drain(Drain(hosts: Selection(["h3"])))),
      Rule(id: "failover", .failover(Failover())),
    ])
    #expect(log.kept.isEmpty, "\(log.kept)")
  }

  @Test("reports a hard rule about nobody as an error, a soft one as a warning")
  func nobody() {
    let hard = check([Rule(id: "r", .stay(Stay(vms: Selection(["x-*"]))))])
    #expect(hard.kept.map(\.code) == [.ruleSelectsNobody])
    #expect(hard.hasErrors)
    let soft = check([Rule(id: "r", .stay(Stay(vms: Selection(["x-*"]))), isHard: false)])
    #expect(soft.kept.map(\.severity) == [.warning])
  }

  @Test("suggests the id that was probably meant")
  func nobodyButNear() {
    let log = check([Rule(id: "r", .drain(Drain(hosts: Selection(["H1"]))))])
    #expect(log.kept.first?.remedy?.contains("'h1'") == true)
  }

  @Test("warns of a name that matches nothing among others that do")
  func idleName() {
    let log = check([Rule(id: "r", .stay(Stay(vms: Selection(["a", "zz"]))))])
    #expect(log.kept.map(\.severity) == [.warning])
    #expect(log.kept.first?.summary.contains("'zz'") == true)
  }

  @Test("reports VMs that are to be together and apart")
  func togetherAndApart() {
    let log = check([
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b", "c"])))),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["b", "c", "d"])))),
    ])
    expectContradiction(log, names: ["'near'", "'far'", "'b'", "'c'"])
  }

  @Test("reports VMs that are to switch over at one moment and to move in turn, where post-copy is ruled out")
  func togetherAndInTurn() {
    let pair = Rule(id: "pair", .together(Together(vms: Selection(["a", "b"]))))
    let live = Rule(id: "live", .technique(TechniqueLimit(vms: Selection(["*"]), denied: [.postCopy])))
    let serial = Rule(id: "quorum", .serialize(Serialize(vms: Selection(["a", "b", "e"]))))
    let order = Rule(id: "db-first", .before(Before(vms: Selection(["b"]), then: Selection(["*"]))))
    expectContradiction(check([pair, live, serial]), names: ["'pair'", "'quorum'", "'a'", "'b'"])
    expectContradiction(check([pair, live, order]), names: ["'pair'", "'db-first'", "'b'", "'a'"])
    let three = Rule(id: "pair", .together(Together(vms: Selection(["a", "b", "c"]))))
    let all = Rule(id: "quorum", .serialize(Serialize(vms: Selection(["*"]))))
    expectContradiction(check([three, all]), names: ["'a', 'b' and 'c'"])
  }

  @Test("warns of a pair that can only move in turn at one moment by post-copy, and not of one that stays")
  func togetherAndInTurnByPostCopy() {
    let pair = Rule(id: "pair", .together(Together(vms: Selection(["a", "b"]))))
    let serial = Rule(id: "quorum", .serialize(Serialize(vms: Selection(["a", "b"]))))
    let warned = check([pair, serial])
    #expect(warned.kept.map(\.code) == [.ruleContradiction])
    #expect(warned.kept.map(\.severity) == [.warning])
    #expect(warned.kept.first?.summary.contains("post-copy") == true)
    #expect(warned.kept.first?.remedy != nil)
    #expect(check([pair, serial, Rule(id: "still", .stay(Stay(vms: Selection(["a"]))))]).kept.isEmpty)
    let afterwards = Rule(id: "order", .before(Before(vms: Selection(["c"]), then: Selection(["*"]))))
    #expect(check([pair, afterwards]).kept.isEmpty)
  }

  @Test("allows together on a host and apart over racks while a host is in no rack")
  func togetherOnHostApartOverRacks() {
    let rules = [
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"])))),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]), scope: .rack))),
    ]
    #expect(check(rules).kept.isEmpty)
    var inventory = inventory(rules)
    inventory.hosts[3].rack = "r3"
    expectContradiction(RuleCheck.check(inventory), names: ["'near'", "'far'", "'a'", "'b'"])
  }

  @Test("allows together in a rack and apart over hosts")
  func togetherInRackApartOverHosts() {
    let log = check([
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"]), scope: .rack))),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"])))),
    ])
    #expect(log.kept.isEmpty)
  }

  @Test("reports a VM whose only hosts are forbidden to it")
  func onlyAndNever() {
    let log = check([
      Rule(id: "only", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h2"])))),
      Rule(id: "never", .neverOn(NeverOn(vms: Selection(["*"]), hosts: Selection(["h1", "h2"])))),
    ])
    expectContradiction(log, names: ["'only'", "'never'", "VM 'a'"])
  }

  @Test("reports a VM bound to two sets of hosts without a common one")
  func onlyAndOnly() {
    let log = check([
      Rule(id: "one", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h2"])))),
      Rule(id: "two", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h3"])))),
    ])
    expectContradiction(log, names: ["'one'", "'two'", "VM 'a'", "'h3'"])
  }

  @Test("reports three rules of which any two leave a host")
  func threeRules() {
    let log = check([
      Rule(id: "one", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h2"])))),
      Rule(id: "two", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h2", "h3"])))),
      Rule(id: "three", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h3"])))),
    ])
    expectContradiction(log, names: ["'one'", "'two'", "'three'", "VM 'a'"])
  }

  @Test("reports a VM that is to stay on a host that is to be emptied")
  func stayAndDrain() {
    let log = check([
      Rule(id: "stay", .stay(Stay(vms: Selection(["c"])))),
      Rule(id: "drain", .drain(Drain(hosts: Selection(["h3"])))),
    ])
    expectContradiction(log, names: ["'stay'", "'drain'", "VM 'c'"])
  }

  @Test("reports a VM that cannot move on a host that is to be emptied")
  func immovableAndDrain() {
    var inventory = inventory([Rule(id: "drain", .drain(Drain(hosts: Selection(["h3"]))))])
    inventory.vms[2].isMovable = false
    expectContradiction(RuleCheck.check(inventory), names: ["movable=false", "'drain'", "VM 'c'"])
  }

  @Test("takes the columns of a VM into account")
  func columns() {
    var inventory = inventory([
      Rule(id: "only", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1"]))))
    ])
    inventory.vms[0].forbiddenHosts = ["h?"]
    let log = RuleCheck.check(inventory)
    expectContradiction(log, names: ["forbidden_hosts", "VM 'a'"])
  }

  @Test("reports more VMs to keep apart than there are hosts for them")
  func tooManyApart() {
    let five = Rule(id: "five", .antiAffinity(AntiAffinity(vms: Selection(["a", "b", "c", "d", "e"]))))
    expectContradiction(check([five]), names: ["'five'", "5 VMs", "only 4"])
    let four = Rule(id: "four", .antiAffinity(AntiAffinity(vms: Selection(["a", "b", "c", "d"]))))
    #expect(check([four]).kept.isEmpty)
    let drain = Rule(id: "drain", .drain(Drain(hosts: Selection(["h4"]))))
    expectContradiction(check([four, drain]), names: ["'four'", "'drain'", "4 VMs", "only 3"])
  }

  @Test("counts a host without a rack as a place of its own")
  func tooManyApartOverRacks() {
    let three = Rule(id: "three", .antiAffinity(AntiAffinity(vms: Selection(["a", "b", "c"]), scope: .rack)))
    #expect(check([three]).kept.isEmpty)
    let four = Rule(
      id: "four", .antiAffinity(AntiAffinity(vms: Selection(["a", "b", "c", "d"]), scope: .rack)))
    expectContradiction(check([four]), names: ["'four'", "4 VMs", "only 3"])
  }

  @Test("reports a group that no host can hold together")
  func groupWithoutHost() {
    let log = check([
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"])))),
      Rule(id: "one", .onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1"])))),
      Rule(id: "two", .onlyOn(OnlyOn(vms: Selection(["b"]), hosts: Selection(["h2"])))),
    ])
    expectContradiction(log, names: ["'near'", "'one'", "'two'", "'a'", "'b'"])
  }

  @Test("says nothing about rules of which one is soft")
  func soft() {
    let log = check([
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "b"]))), isHard: false),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"])))),
    ])
    #expect(log.kept.isEmpty)
  }

  @Test("leaves VMs without a host out")
  func unplaced() {
    let log = check([
      Rule(id: "near", .affinity(Affinity(vms: Selection(["a", "f"])))),
      Rule(id: "far", .antiAffinity(AntiAffinity(vms: Selection(["a", "f"])))),
    ])
    #expect(log.kept.isEmpty)
  }

  @Test("reports drains that leave no host")
  func allDrained() {
    expectContradiction(
      check([Rule(id: "all", .drain(Drain(hosts: Selection(["*"]))))]), names: ["'all'", "4 hosts"])
  }

  private func inventory(_ rules: [Rule]) -> Inventory {
    var hosts = ["h1", "h2", "h3", "h4"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 1024) }
    hosts[0].rack = "r1"
    hosts[1].rack = "r1"
    hosts[2].rack = "r2"
    let places: [(VM.ID, Host.ID?)] = [
      ("a", "h1"), ("b", "h2"), ("c", "h3"), ("d", "h4"), ("e", "h1"), ("f", nil),
    ]
    return Inventory(
      hosts: hosts, vms: places.map { VM(id: $0.0, vCPUs: 1, memoryMiB: 1, host: $0.1) }, rules: rules)
  }

  private func check(_ rules: [Rule]) -> DiagnosticLog {
    RuleCheck.check(inventory(rules))
  }

  private func expectContradiction(_ log: DiagnosticLog, names: [String]) {
    #expect(log.kept.map(\.code) == [.ruleContradiction])
    #expect(log.hasErrors)
    let summary = log.kept.first?.summary ?? ""
    for name in names { #expect(summary.contains(name), "\(summary)") }
    #expect(log.kept.first?.remedy != nil)
  }
}
