import Foundation
import StowageModel
import StowageReports
import Testing

/// The generated shell script, really run, with stand-ins for the hypervisors.
@Suite("Shell script")
struct ShellScriptTests {
  private static let hasShellCheck = FileManager.default.isExecutableFile(atPath: "/usr/bin/shellcheck")

  private func script(_ input: ReportInput = Room.input, gate: CommitGate = CommitGate()) throws -> String {
    // No disk is copied: a cold move with a local disk is done by a person.
    var input = input
    input.movesWithDiskCopy = []
    return try Runbook(input, gate: gate).text(.sh)
  }

  private func hypervisors(_ input: ReportInput = Room.input) throws -> FakeHypervisors {
    let fake = try FakeHypervisors()
    for vm in input.inventory.vms {
      guard let host = vm.host else { continue }
      try fake.put(vm.id.rawValue, on: host.rawValue, state: vm.powerState == .on ? "running" : "shut off")
    }
    return fake
  }

  private func expectPlacement(_ input: ReportInput, in fake: FakeHypervisors) throws {
    for move in input.plan.moves {
      let isOn = input.inventory.vms.first { $0.id == move.vm }?.powerState == .on
      #expect(
        try fake.state(of: move.vm.rawValue, on: move.to.rawValue) == (isOn ? "running" : "shut off"),
        "\(move.vm) on \(move.to)")
      #expect(try fake.state(of: move.vm.rawValue, on: move.from.rawValue) == nil)
    }
  }

  @Test("without --yes nothing is called, and every command is shown")
  func dryRun() throws {
    let fake = try hypervisors()
    let (status, output) = try fake.run(try script(), [])
    #expect(status == 0, "\(output)")
    #expect(fake.calls.isEmpty)
    #expect(fake.outcomes.isEmpty)
    for move in Room.input.plan.moves { #expect(output.contains("--domain \(move.vm)")) }
    #expect(output.contains("--bandwidth 1096"))
  }

  @Test("confirmed waves bring every VM where the plan wants it, and the journal says so")
  func execute() throws {
    let fake = try hypervisors()
    let (status, output) = try fake.run(try script(), ["--yes", "all"])
    #expect(status == 0, "\(output)")
    try expectPlacement(Room.input, in: fake)
    #expect(fake.outcomes.count == 7)
    #expect(fake.outcomes.values.allSatisfy { $0 == "done" })
    #expect(!fake.calls.contains { $0.first == "ssh" }, "hosts are switched off only when confirmed")
    let again = try fake.run(try script(), ["--yes", "all", "--yes", "hosts"])
    #expect(again.status == 0)
    #expect(fake.calls.count { $0.first == "ssh" && $0.last == "sudo systemctl poweroff" } == 2)
  }

  @Test("one wave at a time: what is not confirmed is not touched")
  func waves() throws {
    let fake = try hypervisors()
    let first = try fake.run(try script(), ["--yes", "1"])
    #expect(first.status == 0, "\(first.output)")
    #expect(fake.outcomes["m0001"] == "done")
    #expect(fake.outcomes["m0007"] == nil)
    let rest = try fake.run(try script(), ["--yes", "2", "--yes", "3"])
    #expect(rest.status == 0, "\(rest.output)")
    try expectPlacement(Room.input, in: fake)
    // Nothing was done twice.
    let migrations = fake.calls.filter { $0.count > 3 && $0[3] == "migrate" }
    #expect(migrations.count == 7)
  }

  @Test("a failed step stops what is not begun; the rest is done when it is mended")
  func resume() throws {
    let fake = try hypervisors()
    try fake.breakMigration(of: "web-1")
    let broken = try fake.run(try script(), ["--yes", "all", "--keep-going"])
    #expect(broken.status == 1, "\(broken.output)")
    #expect(fake.outcomes["m0001"] == "failed")
    #expect(fake.outcomes["m0005"] == nil, "it has not begun")
    #expect(fake.outcomes["m0002"] == "done")
    try fake.breakMigration(of: "web-1", false)
    let mended = try fake.run(try script(), ["--yes", "all"])
    #expect(mended.status == 0, "\(mended.output)")
    try expectPlacement(Room.input, in: fake)
  }

  @Test("while the stop file is there no step is begun")
  func stopFile() throws {
    let fake = try hypervisors()
    try fake.makeStopFile()
    let (status, output) = try fake.run(try script(), ["--yes", "all"])
    #expect(status == 2, "\(output)")
    #expect(fake.calls.isEmpty)
  }

  @Test("a step that was under way when a run ended is for a person to look at")
  func unknownEnd() throws {
    let fake = try hypervisors()
    try fake.append(
      toJournal: "{\"step\":\"m0001\",\"outcome\":\"started\",\"instant\":\"2026-01-01T00:00:00Z\"}")
    let refused = try fake.run(try script(), ["--yes", "all"])
    #expect(refused.status == 1)
    #expect(refused.output.contains("m0001 was under way"))
    #expect(fake.calls.isEmpty)
    #expect(try fake.run(try script(), ["record", "m0001", "failed"]).status == 0)
    #expect(try fake.run(try script(), ["--yes", "all"]).status == 0)
    try expectPlacement(Room.input, in: fake)
  }

  @Test("a wave that nobody confirms is taken back, and the waves after it do not begin")
  func rollback() throws {
    let fake = try hypervisors()
    let text = try script(gate: CommitGate(.rollback, minutes: 15))
    let (status, output) = try fake.run(text, ["--yes", "all", "--gate-minutes", "0"])
    #expect(status == 1, "\(output)")
    #expect(try fake.state(of: "web-1", on: "r1-h03") == "running")
    #expect(fake.outcomes["m0001"] == "failed")
    #expect(fake.outcomes["m0007"] == nil)
    let agreed = try hypervisors()
    for wave in 1...3 { #expect(try agreed.run(text, ["confirm", "\(wave)"]).status == 0) }
    #expect(try agreed.run(text, ["--yes", "all"]).status == 0)
    try expectPlacement(Room.input, in: agreed)
  }

  @Test("a single step can be taken back")
  func back() throws {
    let fake = try hypervisors()
    #expect(try fake.run(try script(), ["--yes", "1"]).status == 0)
    let shown = try fake.run(try script(), ["back", "m0001"])
    #expect(shown.output.contains("migrate"))
    #expect(try fake.state(of: "web-1", on: "r1-h02") == "running")
    #expect(try fake.run(try script(), ["back", "m0001", "--yes", "m0001"]).status == 0)
    #expect(try fake.state(of: "web-1", on: "r1-h03") == "running")
    #expect(fake.outcomes["m0001"] == "failed")
  }

  @Test(
    "bad options are refused before anything is called",
    arguments: [
      ["--yes"], ["--gate", "maybe"], ["--gate-minutes", "x"], ["nonsense"], ["record", "m9", "done"],
      ["record", "m0001", "maybe"], ["confirm", "../x"], ["back", "m9"],
    ])
  func usage(arguments: [String]) throws {
    let fake = try hypervisors()
    #expect(try fake.run(try script(), arguments).status == 64)
    #expect(fake.calls.isEmpty)
  }

  @Test(
    "shellcheck finds nothing, on any platform",
    .enabled(if: hasShellCheck, "shellcheck is not installed"), arguments: Platform.allCases)
  func shellCheck(platform: Platform) throws {
    let input = platform == .proxmox ? Room.input.renamed(VMNumbers.number) : Room.input
    let file = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString).sh")
    try Data(try Runbook(input, platform: platform).text(.sh).utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Shell.run("shellcheck -x \(file.path) || true") == "")
  }

  @Test("no name is anything but a name: every hostile one is executed and stays inert", arguments: 0..<8)
  func hostile(part: Int) throws {
    for (number, attack) in HostileNames.all.enumerated() where number % 8 == part {
      let ids = Set(Room.input.plan.moves.map(\.id.rawValue))
      let input = Room.input.renamed { ids.contains($0) ? $0 : "\(attack)\($0)" }
      let fake = try hypervisors(input)
      let (status, output) = try fake.run(try script(input), ["--yes", "all", "--yes", "hosts"])
      let isShown = ShellWord(attack) != nil
      #expect(status == (isShown ? 0 : 1), "\(attack.debugDescription): \(output)")
      let vms = Set(input.inventory.vms.map(\.id.rawValue))
      for call in fake.calls {
        #expect(["virsh", "ssh"].contains(call.first), "\(attack.debugDescription): \(call)")
        guard let option = call.firstIndex(of: "--domain"), option + 1 < call.count else { continue }
        #expect(vms.contains(call[option + 1]), "\(attack.debugDescription): \(call)")
      }
      if isShown { try expectPlacement(input, in: fake) }
    }
    #expect(!FileManager.default.fileExists(atPath: "/tmp/stowage-owned"))
  }

  @Test("a script of 5,000 moves is read by a shell")
  func large() throws {
    let text = try Runbook(LargeFleet.input(hosts: 300, moves: 5000, seed: 7)).text(.sh)
    let file = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString).sh")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try Shell.run("/bin/sh -n \(file.path)") == "")
  }
}
