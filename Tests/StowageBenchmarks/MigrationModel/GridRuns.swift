import Foundation
import StowageKit

/// The plans of ten migrations that were executed four times on Grid'5000 (Kherbache, Madelaine, Hermenier, UCC 2015).
///
/// A folder with `accuracy-plans/random.N.json` (memory, dirty rates) and `accuracy-measured/R/micro_random.N.csv`
/// (start and end in whole seconds). Memory is in MB. The testbed's downtime limit is not recorded; 2 s is taken, which
/// makes the hot set of 96 MB no reason for more rounds.
struct GridRuns {
  let folder: String

  private struct Plan: Decodable {
    struct Origin: Decodable { var attributes: Attributes }
    struct Attributes: Decodable { var vms: [String: Guest] }
    struct Guest: Decodable {
      var memUsed: Double
      var dirtyRate: Double
      var maxDirtySize: Double
      var maxDirtyDuration: Double
    }
    var origin: Origin
  }

  func predictions() throws -> [Prediction] {
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder + "/accuracy-measured").sorted()
    var found: [Prediction] = []
    for run in runs {
      let directory = folder + "/accuracy-measured/" + run
      for file in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() {
        let name = String(file.dropFirst("micro_".count).dropLast(".csv".count))
        let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/accuracy-plans/\(name).json"))
        let guests = try JSONDecoder().decode(Plan.self, from: data).origin.attributes.vms
        let text = try String(contentsOfFile: directory + "/" + file, encoding: .utf8)
        for line in text.split(whereSeparator: \.isNewline) {
          found += prediction(String(line), guests: guests, run: "\(run)/\(name)").map { [$0] } ?? []
        }
      }
    }
    return found
  }

  private func prediction(_ line: String, guests: [String: Plan.Guest], run: String) -> Prediction? {
    let numbers = line.split { !$0.isNumber }.compactMap { Double($0) }
    // vm, from, to, bw, start, end, run
    guard numbers.count >= 6, let guest = guests[String(Int(numbers[0]))] else { return nil }
    let mib = 1e6 / 1_048_576
    let profile = MemoryProfile(
      memoryMiB: guest.memUsed * mib, workingSetMiB: guest.maxDirtySize * mib,
      hotMiBPerSecond: guest.maxDirtySize / guest.maxDirtyDuration * mib,
      coldMiBPerSecond: guest.dirtyRate * mib)
    let engine = MigrationEngine.of(.libvirt)
    let copy = PreCopy(
      limitSeconds: 2, setUpSeconds: engine.setUpSeconds, switchoverSeconds: engine.switchoverSeconds,
      stopRule: engine.stopRule
    ).run(profile, rate: PayloadRate.mibPerSecond(gbps: numbers[3] / 1000))
    return Prediction(
      run: "\(run)/vm\(Int(numbers[0]))", technique: "pre-copy",
      group: "Grid'5000, \(Int(numbers[3])) Mb/s", totalMilliseconds: copy.totalSeconds * 1000,
      sentMiB: copy.sentMiB, blackoutMilliseconds: copy.downtimeSeconds.map { $0 * 1000 },
      converges: copy.downtimeSeconds != nil,
      measuredTotalMilliseconds: (numbers[5] - numbers[4]) * 1000)
  }
}
