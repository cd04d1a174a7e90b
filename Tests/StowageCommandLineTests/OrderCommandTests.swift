import Foundation
import Testing

/// `replan`, `explain` and `compare` as a person types them.
@Suite("Commands about order")
struct OrderCommandTests {
  private func planned() throws -> (fleet: CommandTests.Folder, out: CommandTests.Folder) {
    let fleet = try CommandTests.Folder(["hosts.csv": CommandTests.hosts, "vms.csv": CommandTests.vms])
    let out = try CommandTests.Folder()
    let run = CommandTests.run([
      "plan", fleet.path, "--goal", "consolidate", "--deterministic", "--out", out.path,
    ])
    #expect(run.status == 0)
    return (fleet, out)
  }

  @Test("replan goes on from a journal; verify accepts the rest for the fleet that it writes")
  func replan() throws {
    let (fleet, out) = try planned()
    let journal = try CommandTests.Folder(["night.csv": "step,outcome,instant\nm0001,done,02:14\n"])
    let rest = try CommandTests.Folder()
    let run = CommandTests.run([
      "replan", fleet.path, "\(out.path)/plan.json", "--done", "\(journal.path)/night.csv", "--out",
      rest.path,
    ])
    #expect(run.status == 0)
    #expect(run.out.contains("1 step done"))
    #expect(rest.names.contains("inventory.json") && rest.names.contains("plan.json"))
    let verified = CommandTests.run(["verify", "\(rest.path)/inventory.json", "\(rest.path)/plan.json"])
    #expect(verified.status == 0, "\(verified.out)")
    let json = CommandTests.run([
      "replan", fleet.path, "\(out.path)/plan.json", "--done", "\(journal.path)/night.csv", "--format",
      "json",
    ])
    #expect(json.out.contains("\"schema\": \"stowage.replan/v1\"") && json.out.contains("\"kept\": 1"))
  }

  @Test(
    "an evacuation with its way back writes both, each verified, and replan --back plans the same way back")
  func wayBack() throws {
    let fleet = try CommandTests.Folder(["hosts.csv": CommandTests.hosts, "vms.csv": CommandTests.vms])
    let out = try CommandTests.Folder()
    let plan = ["plan", fleet.path, "--goal", "evacuate", "--hosts", "a", "--deterministic", "--return"]
    let run = CommandTests.run(plan + ["--out", out.path])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.out.contains("Way back: 1 of 1 VM return, 1 move"))
    let verified = CommandTests.run([
      "verify", "\(out.path)/return/inventory.json", "\(out.path)/return/plan.json",
    ])
    #expect(verified.status == 0, "\(verified.out)")
    let runbook = try String(contentsOfFile: "\(out.path)/runbook.md", encoding: .utf8)
    #expect(runbook.contains("`return/runbook.md` brings 1 of 1 VM back"))
    let page = try String(contentsOfFile: "\(out.path)/report.html", encoding: .utf8)
    #expect(page.contains("Way back"))
    let again = CommandTests.run([
      "replan", fleet.path, "\(out.path)/plan.json", "--back", "--deterministic", "--out",
      "\(out.path)/again",
    ])
    #expect(again.status == 0, "\(again.error)")
    let plans = try ["return", "again"].map {
      try String(contentsOfFile: "\(out.path)/\($0)/plan.json", encoding: .utf8)
    }
    #expect(plans[0] == plans[1])
    let json = CommandTests.run([
      "replan", fleet.path, "\(out.path)/plan.json", "--back", "--format", "json",
    ])
    #expect(json.out.contains("\"schema\": \"stowage.return/v1\"") && json.out.contains("\"back\": 1"))
    for wrong in [
      plan, ["plan", fleet.path, "--goal", "repair", "--return", "--out", out.path],
      plan + ["--out", out.path, "--start", "2026-11-27T22:00:00Z"],
      ["plan", fleet.path, "--goal", "return"],
      ["replan", fleet.path, "\(out.path)/plan.json", "--back", "--skip-failed"],
    ] { #expect(CommandTests.run(wrong).status == 64, "\(wrong)") }
  }

  @Test("a journal of another plan is an input error that names the step")
  func wrongJournal() throws {
    let (fleet, out) = try planned()
    let journal = try CommandTests.Folder(["night.jsonl": "{\"step\": \"m0099\", \"outcome\": \"done\"}\n"])
    let run = CommandTests.run([
      "replan", fleet.path, "\(out.path)/plan.json", "--done", "\(journal.path)/night.jsonl",
    ])
    #expect(run.status == 3)
    #expect(run.error.contains("[journal.unknown-step]"))
    #expect(run.out.isEmpty)
  }

  @Test("explain says why a VM moves, what a host sees, and which name was meant")
  func explain() throws {
    let (fleet, out) = try planned()
    let plan = "\(out.path)/plan.json"
    let moved = try String(contentsOfFile: "\(out.path)/moves.csv", encoding: .utf8)
      .split(separator: "\n")[1].split(separator: ",")
    let (vm, from) = (String(moved[2]), String(moved[3]))
    let why = CommandTests.run(["explain", plan, "--vm", vm])
    #expect(why.status == 0)
    #expect(why.out.contains("It moves from \(from) to") && why.out.contains("Why this technique"))
    let host = CommandTests.run(["explain", plan, "--host", from, "--inventory", fleet.path])
    #expect(host.status == 0)
    #expect(
      host.out.contains("can be switched off") && host.out.contains("memory: 4.0 GiB before, 0 GiB after"))
    let json = CommandTests.run(["explain", plan, "--vm", vm, "--inventory", fleet.path, "--format", "json"])
    #expect(json.out.contains("\"schema\": \"stowage.explanation/v1\""))
    let unknown = CommandTests.run(["explain", plan, "--vm", "nobody"])
    #expect(unknown.status == 3)
    #expect(unknown.error.contains("the plan has no VM 'nobody'"))
    #expect(CommandTests.run(["explain", plan]).status == 64)
  }

  @Test("compare puts plans and inventories side by side, and refuses one of each")
  func compare() throws {
    let (fleet, out) = try planned()
    let plan = "\(out.path)/plan.json"
    let same = CommandTests.run(["compare", plan, plan])
    #expect(same.status == 0)
    #expect(same.out.contains("Both move the same VMs to the same hosts."))
    let other = try CommandTests.Folder([
      "hosts.csv": CommandTests.hosts,
      "vms.csv": "id,vcpus,memory_mib,host\nu,2,4096,b\nv,2,8192,b\nx,2,4096,c\n",
    ])
    let fleets = CommandTests.run(["compare", fleet.path, other.path])
    #expect(fleets.status == 0)
    #expect(fleets.out.contains("u: a → b") && fleets.out.contains("v: memory 4.0 GiB → 8.0 GiB"))
    let json = CommandTests.run(["compare", fleet.path, other.path, "--format", "json"])
    #expect(json.out.contains("\"schema\": \"stowage.comparison/v1\"") && json.out.contains("\"vms_gone\""))
    #expect(CommandTests.run(["compare", plan, fleet.path]).status == 64)
  }

  @Test("compare writes the same as a page, which loads nothing, as Markdown and as JSON")
  func comparePages() throws {
    let (_, out) = try planned()
    let plan = "\(out.path)/plan.json"
    #expect(CommandTests.run(["compare", plan, plan, "--out", "\(out.path)/pages"]).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(out.path)/pages").sorted()
    #expect(names == ["compare.html", "compare.json", "compare.md"])
    let html = try String(contentsOfFile: "\(out.path)/pages/compare.html", encoding: .utf8)
    for word in ["http:", "https:", "src=", "<script", "@import", "<link"] { #expect(!html.contains(word)) }
    for part in ["id=\"figures\"", "id=\"objectives\"", "id=\"order\"", "<title>", "<desc>"] {
      #expect(html.contains(part), "\(part)")
    }
    let markdown = try String(contentsOfFile: "\(out.path)/pages/compare.md", encoding: .utf8)
    #expect(markdown.contains("Both move the same VMs to the same hosts."))
  }

  @Test(
    "a review with a plan shows load, evenness and cost before and after it, and refuses a plan of another fleet"
  )
  func reviewOfPlan() throws {
    let (fleet, out) = try planned()
    let shown = CommandTests.run(["review", fleet.path, "--plan", "\(out.path)/plan.json"])
    #expect(shown.status == 0)
    #expect(shown.out.contains("## Load of hosts, before and after the plan"))
    #expect(shown.out.contains("The verifier has accepted it for this inventory."))
    #expect(shown.out.contains("| memory | after |"))
    let other = try CommandTests.Folder([
      "hosts.csv": CommandTests.hosts, "vms.csv": "id,vcpus,memory_mib,host\nz,1,512,a\n",
    ])
    #expect(CommandTests.run(["review", other.path, "--plan", "\(out.path)/plan.json"]).status == 1)
  }
}
