import Foundation
import StowageKit
import Testing

/// Measured migrations → calibration → plan → verdict, and estimates of an inventory.
@Suite("Calibration and estimates")
struct CalibrationCommandTests {
  typealias Folder = CommandTests.Folder

  /// Twelve moves of four guests that took 9 s and 90 % of the rate that is taken for granted.
  static let measured =
    "vm,technique,memory_mib,dirty_rate_mib_per_s,working_set_mib,link_gbps,total_s\n"
    + (1...4).flatMap { guest in
      [1.0, 2, 3].map { gbps in
        let memory = Double(guest) * 4096
        let seconds = 9 + memory / (0.9 * PayloadRate.mibPerSecond(gbps: gbps))
        return "g\(guest),pre-copy,\(Int(memory)),0,0,\(gbps),\(seconds)\n"
      }
    }.joined()

  private static func fleet() throws -> Folder {
    try Folder(["hosts.csv": CommandTests.hosts, "vms.csv": CommandTests.vms, "measured.csv": measured])
  }

  @Test("a plan made with a calibration is judged by it, and states it")
  func plansWithIt() throws {
    let fleet = try Self.fleet()
    let file = "\(fleet.path)/calibration.json"
    let fitted = CommandTests.run(["calibrate", "\(fleet.path)/measured.csv", "--out", file])
    #expect(fitted.status == 0)
    #expect(fitted.out.contains("better on guests"))
    let document = try #require(CalibrationDocument.read(file).document)
    #expect(abs((document.constants[.setUp] ?? 0) - 9) < 0.5)
    #expect(abs((document.constants[.goodput] ?? 0) - 0.828) < 0.02)

    let plain = "\(fleet.path)/plain"
    let own = "\(fleet.path)/own"
    let ask = ["plan", fleet.path, "--goal", "consolidate", "--deterministic"]
    #expect(CommandTests.run(ask + ["--out", plain]).status == 0)
    #expect(CommandTests.run(ask + ["--out", own, "--calibration", file]).status == 0)
    let before = try #require(PlanDocument.read(path: "\(plain)/plan.json").plan)
    let after = try #require(PlanDocument.read(path: "\(own)/plan.json").plan)
    #expect(after.options.calibration == document.calibration)
    #expect(after.requestSHA256 != before.requestSHA256)
    #expect(after.schedule.makespanSeconds > before.schedule.makespanSeconds)
    #expect(CommandTests.run(["verify", fleet.path, "\(own)/plan.json"]).status == 0)
  }

  @Test("verify rejects estimates by other constants than those stated, and constants out of range")
  func refuses() throws {
    let fleet = try Self.fleet()
    let file = "\(fleet.path)/calibration.json"
    #expect(CommandTests.run(["calibrate", "\(fleet.path)/measured.csv", "--out", file]).status == 0)
    let ask = ["plan", fleet.path, "--goal", "consolidate", "--deterministic", "--calibration", file]
    #expect(CommandTests.run(ask + ["--out", fleet.path]).status == 0)
    let inventory = try #require(InventoryReader.read(fleet.path).inventory)
    var plan = try #require(PlanDocument.read(path: "\(fleet.path)/plan.json").plan)
    #expect(Verifier.judge(plan, of: inventory).decision == .accepted)
    plan.options.calibration?.constants[.setUp] = 1
    let other = Verifier.judge(plan, of: inventory)
    #expect(other.findings.contains { $0.code == .estimate })
    #expect(other.findings.contains { $0.code == .stamp })
    plan.options.calibration?.constants[.setUp] = 1e6
    #expect(
      Verifier.judge(plan, of: inventory).findings.contains { $0.message.contains("calibrated set_up_s") })
  }

  @Test("a calibration for another platform, a broken one and too few moves are refused with status 3")
  func badFiles() throws {
    let fleet = try Folder([
      "hosts.csv": CommandTests.hosts, "vms.csv": CommandTests.vms, "measured.csv": Self.measured,
      "few.csv": "technique,memory_mib,link_gbps,total_s\ncold,4096,1,90\n", "broken.json": "{",
    ])
    let file = "\(fleet.path)/calibration.json"
    #expect(CommandTests.run(["calibrate", "\(fleet.path)/measured.csv", "--out", file]).status == 0)
    let ask = ["plan", fleet.path, "--goal", "consolidate", "--calibration"]
    let other = CommandTests.run(ask + [file, "--platform", "vmware"])
    #expect(other.status == 3)
    #expect(other.error.contains("calibration.platform"))
    #expect(CommandTests.run(ask + ["\(fleet.path)/broken.json"]).status == 3)
    let few = CommandTests.run(["calibrate", "\(fleet.path)/few.csv"])
    #expect(few.status == 3)
    #expect(few.error.contains("calibration.too-little"))
  }

  @Test("estimate of an inventory: a table, JSON, CSV without formulas, and a picture")
  func estimates() throws {
    let fleet = try Folder([
      "hosts.csv": CommandTests.hosts,
      "vms.csv":
        "id,vcpus,memory_mib,host,dirty_rate_mib_per_s\nu,2,4096,a,5\n=v,2,4096,b,2000\nw,2,4096,c,\n",
    ])
    let out = try Folder()
    let answer = CommandTests.run(["estimate", fleet.path, "--link-gbps", "1", "--out", out.path])
    #expect(answer.status == 0)
    #expect(answer.out.contains("Techniques for 3 VMs"))
    #expect(out.names == ["estimate.csv", "estimate.json", "estimate.svg"])
    let csv = try String(contentsOfFile: "\(out.path)/estimate.csv", encoding: .utf8)
    #expect(csv.split(separator: "\n").count == 13)
    #expect(csv.contains("\n'=v,"))
    let picture = try String(contentsOfFile: "\(out.path)/estimate.svg", encoding: .utf8)
    #expect(picture.hasPrefix("<svg xmlns="))
    for technique in ["t-cold", "t-pre-copy", "t-hybrid", "t-post-copy"] {
      #expect(picture.contains("class=\"\(technique)\""))
      #expect(picture.contains(".\(technique) { stroke"))
    }
    let json = CommandTests.run(["estimate", fleet.path, "--vms", "u", "--format", "json"])
    #expect(json.out.contains("\"schema\": \"stowage.estimate/v1\""))
    #expect(json.out.contains("\"pause_high_s\""))
  }

  @Test("estimate wants an inventory or one VM, and knows the VMs that are asked for")
  func estimateUsage() throws {
    let fleet = try Self.fleet()
    #expect(CommandTests.run(["estimate"]).status == 64)
    #expect(CommandTests.run(["estimate", "--memory-mib", "10"]).status == 64)
    #expect(CommandTests.run(["estimate", fleet.path, "--memory-mib", "10"]).status == 64)
    #expect(CommandTests.run(["estimate", fleet.path, "--vms", "nobody"]).status == 3)
  }
}
