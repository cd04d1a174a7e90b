import Foundation
import StowageKit

/// The published migration plans of btrplace/kherbache-thesis as instances: ten migrations among four
/// hosts, two with 500 Mb/s and two with 1 Gb/s. The files are read where they are, never copied: they
/// state no licence.
enum Grid5000Plans {
  private struct File: Decodable {
    struct Origin: Decodable {
      struct Mapping: Decodable {
        struct Node: Decodable { var runningVMs: [Int] }
        var onlineNodes: [String: Node]
      }
      struct Attributes: Decodable {
        struct VM: Decodable {
          var memUsed: Double
          var maxDirtySize: Double
          var maxDirtyDuration: Double
          var dirtyRate: Double
        }
        var vms: [String: VM]
      }
      struct View: Decodable {
        var rcId: String?
        var nodes: [String: Double]?
        var vms: [String: Double]?
      }
      var mapping: Mapping
      var attributes: Attributes
      var views: [View]?
    }
    struct Action: Decodable {
      var id: String
      var vm: Int
      var from: Int
      var to: Int
      var bw: Double
    }
    var origin: Origin
    var actions: [Action]
  }

  /// The cases in a folder, or in an archive of one (`.tar.xz`), in the order of their numbers.
  static func cases(at path: String) throws -> [ScheduleCase] {
    guard path.hasSuffix(".tar.xz") else { return try read(path) }
    let folder = NSTemporaryDirectory() + "stowage-bench-\(ProcessInfo.processInfo.processIdentifier)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try ChildProcess("tar", ["-C", folder, "-xf", path])
    return try read(folder)
  }

  private static func read(_ folder: String) throws -> [ScheduleCase] {
    let inner = folder + "/accuracy-plans"
    let plans = FileManager.default.fileExists(atPath: inner) ? inner : folder
    let names = try FileManager.default.contentsOfDirectory(atPath: plans).filter { $0.hasSuffix(".json") }
    func number(_ name: String) -> Int { name.split(separator: ".").compactMap { Int($0) }.first ?? 0 }
    return try names.sorted { (number($0), $0) < (number($1), $1) }.map { name in
      let data = try Data(contentsOf: URL(fileURLWithPath: plans + "/" + name))
      return instance("grid5000-\(number(name))", try JSONDecoder().decode(File.self, from: data))
    }
  }

  private static func instance(_ name: String, _ file: File) -> ScheduleCase {
    // A port is as fast as the fastest migration that it carried.
    var gbps: [Int: Double] = [:]
    for action in file.actions where action.id == "migrateVM" {
      for node in [action.from, action.to] { gbps[node] = max(gbps[node] ?? 0.5, action.bw / 1000) }
    }
    let capacity = resource("mem", of: file, \.nodes)
    let cores = resource("cpu", of: file, \.nodes)
    let demand = resource("mem", of: file, \.vms)
    var hosts: [ScheduleHost] = []
    var vms: [VM] = []
    for (node, content) in file.origin.mapping.onlineNodes.sorted(by: { $0.key < $1.key }) {
      let number = Int(node) ?? 0
      let host = ScheduleCases.host(
        number, memoryGiB: capacity[node] ?? 12, cores: cores[node] ?? 8, gbps: gbps[number] ?? 1)
      hosts.append(host)
      for number in content.runningVMs {
        let id = VM.ID("vm-\(number)")
        var vm = VM(
          id: id, vCPUs: 1, memoryMiB: (demand["\(number)"] ?? 2) * ScheduleCases.gib, host: host.id)
        if let traits = file.origin.attributes.vms["\(number)"] {
          let mib = 1e6 / 1_048_576
          vm.memoryConsumedMiB = traits.memUsed * mib
          vm.workingSetMiB = traits.maxDirtySize * mib
          vm.dirtyRateMiBPerSecond = traits.maxDirtySize / traits.maxDirtyDuration * mib
          vm.coldDirtyRateMiBPerSecond = traits.dirtyRate * mib
        }
        vm.allowedTechniques = [.preCopy]
        vms.append(vm)
      }
    }
    var target: [VM.ID: ScheduleHost.ID] = [:]
    for action in file.actions where action.id == "migrateVM" {
      target[VM.ID("vm-\(action.vm)")] = ScheduleHost.ID("h\(ScheduleCases.padded(action.to, 5))")
    }
    return ScheduleCase(name: name, inventory: Inventory(hosts: hosts, vms: vms), aim: .placement(target))
  }

  private static func resource(
    _ id: String, of file: File, _ field: KeyPath<File.Origin.View, [String: Double]?>
  ) -> [String: Double] {
    file.origin.views?.first { $0.rcId == id }?[keyPath: field] ?? [:]
  }
}
