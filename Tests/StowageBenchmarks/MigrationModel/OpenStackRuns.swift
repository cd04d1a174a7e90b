import Foundation
import StowageKit

/// Timed Nova live migrations on 10 GbE (osic/benchmarking_live-migration, Apache-2.0), one JSON file a set-up.
///
/// Flavours of 4, 8 and 16 GiB; with block migration 20, 40 and 80 GiB of used disk travel too. What is measured is the mean of a
/// flavour. A tunnelled stream carries 1.6 Gb/s instead of the engine's.
struct OpenStackRuns {
  let file: String

  private struct Flavour: Decodable {
    var tunneling: String
    var iterations: [String: [String: String]]

    private enum CodingKeys: String, CodingKey {
      case tunneling
      case iterations = "ITERATION"
    }
  }

  private static let gibibytes = [("small", 4.0), ("medium", 8.0), ("large", 16.0)]

  func predictions() throws -> [Prediction] {
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    let flavours = try JSONDecoder().decode([String: Flavour].self, from: data)
    let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    return Self.gibibytes.compactMap { flavour, gib in
      guard let runs = flavours[flavour] else { return nil }
      let times = runs.iterations.values.flatMap(\.values).compactMap { Double($0) }
      guard !times.isEmpty else { return nil }
      let isBlock = name.contains("block")
      return Prediction(
        run: "\(name)/\(flavour)", technique: "pre-copy", group: "OSIC, \(name)",
        totalMilliseconds: seconds(gib, isBlock: isBlock, isTunnelled: runs.tunneling == "on") * 1000,
        measuredTotalMilliseconds: times.reduce(0, +) / Double(times.count) * 1000)
    }
  }

  private func seconds(_ gib: Double, isBlock: Bool, isTunnelled: Bool) -> Double {
    var vm = VM(id: "vm", vCPUs: 2, memoryMiB: gib * 1024)
    vm.dirtyRateMiBPerSecond = 10
    vm.workingSetMiB = 100
    vm.diskUsedGiB = gib * 5
    vm.diskChangeMiBPerSecond = 0
    // Tunnelling through libvirtd does not touch the mirror of the disks.
    let gbps = isTunnelled && !isBlock ? 1.6 : 10
    return MigrationModel(engine: .of(.openstack)).forecast(
      vm, technique: .preCopy, storage: isBlock ? .full : .none,
      path: MigrationPath(payloadMiBPerSecond: gbps * 1e9 / 8 / 1_048_576)
    ).totalSeconds
  }
}
