import Foundation
import StowageCommandLine
import StowageKit
import Testing

/// What a person sees who types a command: the answer, what is said beside it, and the exit status.
@Suite("Commands")
struct CommandTests {
  /// A folder that goes away with the test.
  final class Folder {
    let path = NSTemporaryDirectory() + "stowage-\(UUID().uuidString)"

    init(_ files: [String: String] = [:]) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for (name, text) in files {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
  }

  static let hosts = "id,cores,memory_mib\na,8,32768\nb,8,32768\nc,8,32768\n"
  static let vms = "id,vcpus,memory_mib,host\nu,2,4096,a\nv,2,4096,b\nw,2,4096,c\n"

  static func run(_ arguments: [String]) -> (status: Int32, out: String, error: String) {
    var out = ""
    var error = ""
    let console = Console(out: { out += $0 }, error: { error += $0 })
    let status = StowageCommand.run(arguments, on: console)
    return (status, out, error)
  }

  @Test("plan writes its four files, says that it is verified, and verify agrees")
  func plans() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let out = try Folder()
    let planned = Self.run([
      "plan", fleet.path, "--goal", "consolidate", "--deterministic", "--out", out.path,
    ])
    #expect(planned.status == 0)
    #expect(planned.out.contains("3 → 1"))
    #expect(planned.out.hasSuffix("verified.\n"))
    #expect(out.names == ["moves.csv", "plan.json", "report.html", "runbook.md"])
    let verified = Self.run(["verify", fleet.path, "\(out.path)/plan.json"])
    #expect(verified.status == 0)
    #expect(verified.out.contains("accepted"))
  }

  @Test("a balance states what it lowered first, and verify judges it by that")
  func balances() throws {
    let vms = "id,vcpus,memory_mib,host\nu,2,8192,a\nv,2,8192,a\nw,2,8192,a\n"
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": vms])
    for (options, said) in [
      (["--first", "spread", "--max-moves", "2"], "spread of load"),
      (["--target", "memory=50"], "above targets"),
    ] {
      let out = try Folder()
      let planned = Self.run(
        ["plan", fleet.path, "--goal", "balance", "--deterministic", "--out", out.path] + options)
      #expect(planned.status == 0)
      #expect(planned.out.contains(said))
      let verified = Self.run(["verify", fleet.path, "\(out.path)/plan.json"])
      #expect(verified.status == 0)
    }
    let idle = Self.run(["plan", fleet.path, "--goal", "balance", "--target", "cpu=80,memory=100"])
    #expect(idle.out.contains("balanced: no host is above 80 % of CPU"))
    for wrong in ["cpu", "cpu=0", "cpu=101", "disk=50", "cpu=50,cpu=60"] {
      #expect(
        Self.run(["plan", fleet.path, "--goal", "balance", "--target", wrong]).status == 64, "\(wrong)")
    }
    #expect(Self.run(["plan", fleet.path, "--goal", "repair", "--first", "spread"]).status == 64)
  }

  @Test("verify refuses a plan in which a figure was changed")
  func refuses() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let out = try Folder()
    _ = Self.run(["plan", fleet.path, "--goal", "consolidate", "--deterministic", "--out", out.path])
    let path = "\(out.path)/plan.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let forged = text.replacingOccurrences(of: "\"value\": 8192", with: "\"value\": 4096")
    #expect(forged != text)
    try forged.write(toFile: path, atomically: true, encoding: .utf8)
    let verified = Self.run(["verify", fleet.path, path])
    #expect(verified.status == 1)
    #expect(verified.out.contains("rejected"))
  }

  @Test("bad input is told with its place and remedy, all of it, with status 3, and nothing is written")
  func tellsBadInput() throws {
    let fleet = try Folder([
      "hosts.csv": "id,cores,memory_mib\na,8,-1\na,8,32768\n",
      "vms.csv": "id,vcpus,memory_mib,host\nu,x,4096,a\n",
    ])
    let out = try Folder()
    let planned = Self.run(["plan", fleet.path, "--goal", "consolidate", "--out", "\(out.path)/plan"])
    #expect(planned.status == 3)
    #expect(planned.out.isEmpty)
    #expect(planned.error.contains("hosts.csv:2:5: error:"))
    #expect(planned.error.contains("[inventory.duplicate-host]"))
    #expect(planned.error.contains("vms.csv:2:3: error:"))
    #expect(planned.error.contains("  try: "))
    #expect(out.names.isEmpty)
  }

  @Test("a placement that cannot exist is an honest no, with status 1 and what contradicts what")
  func saysNo() throws {
    let fleet = try Folder([
      "hosts.csv": Self.hosts, "vms.csv": "id,vcpus,memory_mib,host,movable\nu,2,4096,a,false\n",
    ])
    let planned = Self.run(["plan", fleet.path, "--goal", "evacuate", "--hosts", "a", "--deterministic"])
    #expect(planned.status == 1)
    #expect(planned.out.contains("'u' does not move"))
  }

  @Test("a host to empty that does not exist is told, with status 3")
  func tellsUnknownHost() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let planned = Self.run(["plan", fleet.path, "--goal", "evacuate", "--hosts", "nowhere"])
    #expect(planned.status == 3)
    #expect(planned.error.contains("there is no host 'nowhere'"))
  }

  @Test("an even fleet has nothing to move, and that is an answer")
  func hasNothingToMove() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let planned = Self.run(["plan", fleet.path, "--goal", "balance", "--deterministic"])
    #expect(planned.status == 0)
    #expect(planned.out.contains("Nothing to move"))
  }

  @Test(
    "a wrong command line gives status 64 and says what is wrong",
    arguments: [
      (["plan", "x"], "--goal"), (["plan", "x", "--goal", "evacuate"], "--hosts"),
      (["plan", "x", "--goal", "colocate"], "--to SITE"), (["nonsense"], "nonsense"),
    ])
  func tellsUsage(arguments: [String], words: String) {
    let answer = Self.run(arguments)
    #expect(answer.status == 64)
    #expect(answer.error.contains(words))
  }

  @Test("an inventory that is not there is told, with status 3", arguments: ["plan", "check"])
  func tellsMissing(command: String) {
    let answer = Self.run([command, "/nowhere/at/all"] + (command == "plan" ? ["--goal", "balance"] : []))
    #expect(answer.status == 3)
    #expect(answer.error.contains("[file.unreadable]"))
  }

  @Test("convert writes the native form, and what it wrote reads the same")
  func converts() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let out = try Folder()
    #expect(Self.run(["convert", fleet.path, "--out", "\(out.path)/fleet.json"]).status == 0)
    let first = try #require(InventoryReader.read(fleet.path).inventory)
    let second = try #require(InventoryReader.read("\(out.path)/fleet.json").inventory)
    #expect(InventoryDigest.sha256(of: first) == InventoryDigest.sha256(of: second))
  }

  @Test("estimate refuses pre-copy to a VM that dirties memory faster than its link carries")
  func estimates() {
    let answer = Self.run([
      "estimate", "--memory-mib", "65536", "--link-gbps", "10", "--working-set-mib", "40960",
      "--dirty-rate-mib-per-s", "2560",
    ])
    #expect(answer.status == 0)
    #expect(answer.out.contains("not pre-copy: cannot converge"))
  }

  @Test("a runbook and an explanation read the inventory as the plan did, with rules of another file")
  func readsAlike() throws {
    let other = #"{"schema": "stowage.rules/v1", "rules": [{"id": "n", "kind": "failover", "failures": 1}]}"#
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms, "other.json": other])
    let rules = ["--rules", "\(fleet.path)/other.json"]
    let planned = Self.run(
      ["plan", fleet.path, "--goal", "consolidate", "--deterministic", "--out", fleet.path] + rules)
    #expect(planned.status == 0)
    let plan = try #require(PlanDocument.read(path: "\(fleet.path)/plan.json").plan)
    let runbook = ["runbook", "\(fleet.path)/plan.json", "--inventory", fleet.path]
    #expect(Self.run(runbook).status == 1)
    #expect(Self.run(runbook + rules).status == 0)
    let vm = try #require(plan.placement.keys.map(\.rawValue).min())
    let explain = ["explain", "\(fleet.path)/plan.json", "--vm", vm]
    #expect(Self.run(explain + ["--inventory", fleet.path] + rules).status == 0)
    #expect(Self.run(explain + rules).status == 64)
  }

  @Test("compare and estimate read inventories with the same options as plan")
  func readsMore() throws {
    let other = #"{"schema": "stowage.rules/v1", "rules": [{"id": "n", "kind": "failover", "failures": 1}]}"#
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms, "other.json": other])
    let rules = ["--rules", "\(fleet.path)/other.json"]
    let bare = Self.run(["compare", fleet.path, fleet.path, "--format", "json"])
    let ruled = Self.run(["compare", fleet.path, fleet.path, "--format", "json"] + rules)
    #expect(bare.out.contains("\"name\": \"rules\",\n      \"a\": 0"))
    #expect(ruled.out.contains("\"name\": \"rules\",\n      \"a\": 1"))
    #expect(Self.run(["compare", fleet.path, fleet.path, "--rules", "\(fleet.path)/none.json"]).status == 3)
    #expect(Self.run(["estimate", fleet.path] + rules).status == 0)
    #expect(Self.run(["estimate", fleet.path, "--rules", "\(fleet.path)/none.json"]).status == 3)
    #expect(Self.run(["estimate", "--memory-mib", "1024", "--link-gbps", "10"] + rules).status == 64)
  }

  @Test("a plan with a start is told by the clock, in a time zone of one's choice")
  func clock() throws {
    let fleet = try Folder(["hosts.csv": Self.hosts, "vms.csv": Self.vms])
    let planned = Self.run([
      "plan", fleet.path, "--goal", "evacuate", "--hosts", "a", "--start", "2026-11-27T21:00:00Z", "--out",
      fleet.path,
      "--time-zone", "+09:00",
    ])
    #expect(planned.status == 0)
    #expect(planned.out.contains("Sat 2026-11-28 06:00:00"))
    let runbook = ["runbook", "\(fleet.path)/plan.json", "--inventory", fleet.path]
    #expect(Self.run(runbook).out.contains("Fri 2026-11-27 21:00:00"))
    #expect(Self.run(runbook + ["--time-zone", "Asia/Tokyo"]).out.contains("(Asia/Tokyo, UTC+09:00)"))
    #expect(Self.run(runbook + ["--time-zone", "Nowhere"]).status == 64)
  }

  @Test("help names every subcommand")
  func helps() {
    let answer = Self.run(["--help"])
    #expect(answer.status == 0)
    for name in ["plan", "check", "verify", "runbook", "estimate", "convert"] {
      #expect(answer.out.contains(name))
    }
  }

  @Test(
    "every subcommand's help is its own",
    arguments: [
      "plan", "check", "verify", "runbook", "estimate", "convert", "replan", "explain", "compare", "review",
      "calibrate",
    ])
  func helpsWith(name: String) {
    for arguments in [[name, "--help"], ["help", name]] {
      let answer = Self.run(arguments)
      #expect(answer.status == 0)
      #expect(answer.out.contains("USAGE: stowage \(name) "))
    }
  }
}
