import StowageFleet
import StowageModel

/// Joins VMs that hard affinity keeps on one host, directly or through others.
struct BlockPartition {
  /// The members of each block, ascending; blocks in the order of their first member.
  let blocks: [[Int]]
  /// The block of each VM.
  let blockOfVM: [Int]

  init(_ fleet: Fleet) {
    var parent = Array(fleet.vms.indices)
    func root(_ vm: Int) -> Int {
      var vm = vm
      while parent[vm] != vm {
        parent[vm] = parent[parent[vm]]
        vm = parent[vm]
      }
      return vm
    }
    for group in fleet.affinities where group.isHard && group.scope == .host {
      for member in group.members.dropFirst() {
        let (a, b) = (root(group.members[0]), root(member))
        parent[max(a, b)] = min(a, b)
      }
    }
    var blockOfRoot = [Int?](repeating: nil, count: fleet.vms.count)
    var blocks: [[Int]] = []
    blockOfVM = fleet.vms.indices.map { vm in
      let top = root(vm)
      if let known = blockOfRoot[top] {
        blocks[known].append(vm)
        return known
      }
      blockOfRoot[top] = blocks.count
      blocks.append([vm])
      return blocks.count - 1
    }
    self.blocks = blocks
  }
}
