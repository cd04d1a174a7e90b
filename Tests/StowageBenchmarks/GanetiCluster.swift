import Foundation

/// Ganeti clusters for measuring: equal nodes filled unevenly, with instances on shared storage, which any
/// node can take over.
///
/// Nodes have 48 cores and 256 GiB, and between 30 and 75 % of their memory is in use. Instances have 2 to
/// 4 GiB a vCPU. With storage on all nodes a move is a migration for hbal, as it is for a plan.
struct GanetiCluster {
  let nodes: Int
  let seed: UInt64

  private static let nodeMiB = 262_144
  private static let reservedMiB = 1024
  private static let sizes: [(mebibytes: Int, vCPUs: Int)] = [
    (2048, 1), (4096, 2), (8192, 2), (8192, 4), (16_384, 4), (32_768, 8),
  ]
  /// Sizes that instances may have, disk templates, vCPUs per core, instances per spindle.
  private static let policy =
    "|128,1,1,1,1,1|128,1,1,0,1,1;1048576,256,9999999,16,8,12|diskless,file,sharedfile,plain,blockdev,drbd,rbd,ext|4.0|32.0"

  /// The cluster in the text form that htools read and write.
  var text: String {
    var random = SplitMix(state: seed &* 0x9E37_79B9 &+ UInt64(nodes))
    var nodeLines: [String] = []
    var instanceLines: [String] = []
    for node in 0..<nodes {
      let name = "node-" + Self.padded(node)
      let target = (0.3 + 0.45 * random.unit()) * Double(Self.nodeMiB)
      var used = 0
      while true {
        let size = Self.sizes[random.below(Self.sizes.count)]
        guard Double(used + size.mebibytes) <= target else { break }
        used += size.mebibytes
        instanceLines.append(
          "inst-\(Self.padded(instanceLines.count))|\(size.mebibytes)|0|\(size.vCPUs)|running|Y|\(name)||ext||1|-"
        )
      }
      let free = Self.nodeMiB - Self.reservedMiB - used
      nodeLines.append(
        "\(name)|\(Self.nodeMiB)|\(Self.reservedMiB)|\(free)|1000000|1000000|48|\(node == 0 ? "M" : "N")|uuid-1|8||N|8|1|1.0"
      )
    }
    let parts = [["group-1|uuid-1|preferred||"], nodeLines, instanceLines, [], [Self.policy]]
    return parts.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
  }

  private static func padded(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 5 - text.count)) + text
  }
}
