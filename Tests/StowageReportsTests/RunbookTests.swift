import Foundation
import StowageModel
import StowageReports
import Testing

@Suite("Runbook")
struct RunbookTests {
  @Test("the runbook of a room reads as recorded")
  func room() throws {
    try Golden.expect(Runbook(Room.input).markdown(), matches: "room-runbook.md")
  }

  @Test(
    "every platform has a runbook in every format", arguments: Platform.allCases,
    RunbookFormat.allCases.filter(\.holdsCommands))
  func everyPair(platform: Platform, format: RunbookFormat) throws {
    var input = Room.input
    // Numbers, as Proxmox knows VMs by; techniques that every platform has.
    if platform == .proxmox { input = input.renamed(VMNumbers.number) }
    if [.vmware, .hyperv, .proxmox, .xcpng].contains(platform) {
      input.plan.moves = input.plan.moves.map {
        var move = $0
        if [.postCopy, .hybrid].contains(move.technique) { move.technique = .preCopy }
        return move
      }
    }
    let text = try Runbook(input, platform: platform).text(format)
    let verb = [
      Platform.libvirt: "virsh", .vmware: format == .ps1 ? "Move-VM" : "govc", .hyperv: "Move-VM",
      .proxmox: "qm migrate", .openstack: "openstack", .ganeti: "gnt-instance", .xcpng: "vm-migrate",
      .kubevirt: "virtctl",
    ]
    #expect(text.contains(verb[platform] ?? "?"))
    #expect(!text.contains("No commands are printed"))
    for move in input.plan.moves { #expect(text.contains(move.id.rawValue)) }
  }

  @Test("settings of the site that the plan counts on are named as its platform names them")
  func statedSettings() throws {
    var input = Room.input
    input.plan.options.platform = .kubevirt
    input.plan.options.calibration = Calibration(
      sha256: "", constants: [.cap: 64, .autoConverge: 1, .completion: 800, .setUp: 4])
    let told =
      "The plan counts on `bandwidthPerMigration` at 64 MiB/s, `allowAutoConverge` on, `completionTimeoutPerGiB` at 800 s: see"
    #expect(try Runbook(input, platform: .kubevirt).text(.md).contains(told))
    #expect(!(try Runbook(input, platform: .openstack).text(.md).contains("The plan counts on")))
  }

  @Test("every setting that a platform's sites can have made has a name there", arguments: Platform.allCases)
  func namesOfSettings(platform: Platform) throws {
    for setting in [Calibration.Constant.cap, .autoConverge, .completion] {
      var input = Room.input
      input.plan.options.platform = platform
      input.plan.options.calibration = Calibration(sha256: "", constants: [setting: 1])
      let text = try Runbook(input, platform: platform).text(.md)
      #expect(text.contains("The plan counts on") == setting.isKnown(to: platform), "\(setting)")
    }
  }

  @Test("a platform without post-copy does not pretend to have it")
  func withoutPostCopy() throws {
    let text = try Runbook(Room.input, platform: .vmware).text(.md)
    #expect(text.contains("this platform has no hybrid"))
  }

  /// `app-1` moves by pre-copy.
  private static func aided(by aid: PreCopyAid) -> ReportInput {
    var input = Room.input
    for index in input.plan.moves.indices where input.plan.moves[index].vm == "app-1" {
      input.plan.moves[index].aid = aid
      input.plan.moves[index].estimate?.bytesRange = FigureRange(low: 33_000, high: 40_000)
      input.plan.moves[index].estimate?.downtimeRange = FigureRange(low: 250, high: 420)
      input.plan.moves[index].rejected = [RejectedTechnique(.preCopy, because: "cannot converge")]
    }
    return input
  }

  @Test(
    "what helps a pre-copy along is asked for there and back, and told",
    arguments: [
      (PreCopyAid.autoConverge, "--auto-converge", "auto-converge"),
      (.streams, "--parallel --parallel-connections 8", "8 streams"),
    ])
  func aids(aid: PreCopyAid, options: String, name: String) throws {
    let input = Self.aided(by: aid)
    let text = try Runbook(input).text(.md)
    let own = text.split(separator: "\n").filter {
      $0.contains("migrate") && $0.contains("app-1") && $0.contains(options)
    }
    #expect(own.count == 2)
    #expect(text.contains("Technique: pre-copy, \(name), "))
    #expect(text.contains("Not plain pre-copy: cannot converge."))
    #expect(text.contains("a pause of 295 ms (250 ms to 420 ms)"))
    #expect(text.contains("34.5 GiB (32.2 GiB to 39.1 GiB)"))
    for format in RunbookFormat.allCases.filter(\.holdsCommands) {
      let other = try Runbook(input, platform: .xcpng).text(format)
      #expect(other.contains("no command here asks for \(name)") || !other.contains("app-1"), "\(format)")
    }
    let pages = [
      HTMLReport(input).html, Summary(input).text,
      PlanExplainer(input.plan).explain(vm: "app-1")?.text() ?? "",
    ]
    for page in pages { #expect(page.contains("pre-copy, \(name)")) }
  }

  @Test(
    "an aid that virsh has no option for is not pretended",
    arguments: [PreCopyAid.zstd, .xbzrle, .dirtyLimit])
  func unknownAid(aid: PreCopyAid) throws {
    #expect(try Runbook(Self.aided(by: aid)).text(.md).contains("no command here asks for \(aid.name)"))
  }

  @Test("a script needs plain ids of moves, and says so", arguments: ["a b", "$(x)", "", "-m"])
  func stepNames(id: String) {
    var input = Room.input
    input.plan.moves[0].id = Move.ID(id)
    for format in [RunbookFormat.sh, .ps1, .ansible] {
      #expect(throws: RunbookFailure.stepNotPlain(id)) { try Runbook(input).text(format) }
    }
    #expect("\(RunbookFailure.stepNotPlain(id))".contains("--format md"))
  }

  @Test("every command is one that a shell reads, and names its VM and hosts")
  func commandsAreCalls() throws {
    let calls = try ShellBlocks.calls(of: ShellBlocks.lines(of: Runbook(Room.input).markdown()))
    let migrations = calls.filter { $0.count > 3 && $0[3] == "migrate" }
    // Each of the seven moves once forward and once back, and two resumed.
    #expect(migrations.count == 16)
    #expect(migrations.contains { $0.contains("cache-1") && $0.contains("--postcopy-after-precopy") })
    #expect(
      calls.contains(["virsh", "-c", "qemu+ssh://r1-h03/system", "domjobabort", "--domain", "web-1"]))
  }

  @Test("a pre-copy is limited to the planned rate, rounded down, and to QEMU's pause or the VM's own")
  func limits() throws {
    var input = Room.input
    input.inventory.vms = input.inventory.vms.map {
      var vm = $0
      if vm.id == "web-1" { vm.maxDowntimeMilliseconds = 250 }
      return vm
    }
    let text = Runbook(input).markdown()
    #expect(text.contains("--bandwidth 1096 --parallel --parallel-connections 4"))
    // 250 ms, of which 100 ms are for switching over.
    #expect(text.contains("migrate-setmaxdowntime --domain web-1 --downtime 150"))
    #expect(text.contains("migrate-setmaxdowntime --domain app-1 --downtime 300"))
  }

  @Test(
    "virsh knows every command and option of the runbook",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/virsh"), "virsh is not installed"))
  func virshKnowsThem() throws {
    let calls = try ShellBlocks.calls(of: ShellBlocks.lines(of: Runbook(Room.input).markdown()))
    let commands = Set(calls.filter { $0.first == "virsh" }.map { $0.dropFirst(3).joined(separator: " ") })
    #expect(commands.count > 40)
    // libvirt's test driver has one domain, `test`; it supports few commands, but reads all options.
    let script = commands.sorted().compactMap { command -> String? in
      guard let line = ShellWord("\(command)") else { return nil }
      return "virsh -q -c test:///default \(line) </dev/null 2>&1 >/dev/null; true"
    }
    let complaints = try Shell.run("LC_ALL=C; export LC_ALL\n" + script.joined(separator: "\n"))
    for phrase in [
      "doesn't support option", "unknown command", "requires <", "unexpected data", "mutually exclusive",
    ] {
      #expect(!complaints.contains(phrase), "\(complaints)")
    }
  }

  @Test("in post-copy and hybrid the window has recovery and no rollback")
  func window() throws {
    let text = Runbook(Room.input).markdown()
    #expect(text.components(separatedBy: "No rollback in the window, recovery only").count == 3)
    #expect(text.components(separatedBy: "--postcopy-resume").count == 3)
  }

  @Test("a VM that is off is only defined elsewhere: neither shut down nor started")
  func off() throws {
    let calls = try ShellBlocks.calls(of: ShellBlocks.lines(of: Runbook(Room.input).markdown()))
    let own = calls.filter { $0.contains("old-erp") }.compactMap { $0.count > 3 ? $0[3] : nil }
    #expect(Set(own) == ["domstate", "snapshot-list", "domblklist", "migrate"])
  }

  @Test("disks are copied where the plan says so", arguments: [true, false])
  func disks(isCopied: Bool) throws {
    var input = Room.input
    input.movesWithDiskCopy = isCopied ? ["m0001"] : []
    let calls = try ShellBlocks.calls(of: ShellBlocks.lines(of: Runbook(input).markdown()))
    let web = calls.filter { $0.contains("migrate") && $0.contains("web-1") }
    #expect(web.count == 2)
    #expect(web.allSatisfy { $0.contains("--copy-storage-all") == isCopied })
  }

  @Test("a name that is a number gets no command: virsh would take it for a running domain's id")
  func numbers() throws {
    let text = Runbook(Room.input.renamed { $0 == "web-1" ? "17" : $0 }).markdown()
    #expect(text.contains("number of a running domain"))
    #expect(!text.contains("'17'"))
  }

  @Test("a plan without moves has a runbook without steps")
  func empty() throws {
    var input = Room.input
    input.plan.moves = []
    let text = Runbook(input).markdown()
    #expect(text.contains("| moves | none |"))
    #expect(!text.contains("## Wave"))
  }
}
