import LinearOptimization
import StowageFleet
import StowageModel

/// The assignment program: how many members of each class of blocks end on each host.
///
/// - Given: a ``Problem`` and the hosts that may hold anything at the end.
/// - Decides: for each class and host the number of members there; for each host, where hosts are
///   counted, whether it is on.
/// - Minimises: what a goal says, in its own file.
/// - Subject to: every member somewhere; and the rows of each rule kind, one file each.
/// - Reads back: the host of each block; members that may stay at home are given their homes first.
struct AssignmentProgram {
  let problem: Problem
  let hosts: [Int]
  let classes: [BlockClasses.BlockClass]
  var program = LinearProgram()
  /// How many members of each class are on each host of the class.
  private(set) var members: [[Int: LinearProgram.Column]] = []
  /// Whether each host is on; empty when hosts are not counted.
  private(set) var isOn: [Int: LinearProgram.Column] = [:]

  /// Above so many possible columns they are not counted one by one. Chosen: far above what any goal solves.
  private static let countedColumns = 50_000

  init(_ problem: Problem, hosts: [Int], countsHosts: Bool) {
    self.problem = problem
    self.hosts = hosts
    classes = BlockClasses(problem, hosts: hosts).classes
    if countsHosts { addHosts() }
    addMembers()
    encodeCapacity()
    encodeHours()
    encodeAntiAffinity()
    encodeAffinity()
    encodeSpread()
    encodeDedicated()
    encodeGroupCaps()
  }

  /// How many columns the program has, which decides whether branch and bound is worth a try.
  ///
  /// Where it is hopeless anyway, an estimate: the exact number takes a step for each class and host.
  static func size(_ problem: Problem, hosts: [Int]) -> Int {
    let estimate = BlockClasses.mostColumns(problem, hosts: hosts)
    guard estimate <= Self.countedColumns else { return estimate }
    return BlockClasses(problem, hosts: hosts).classes.reduce(0) { $0 + $1.hosts.count }
  }

  private mutating func addHosts() {
    for host in hosts {
      let name = problem.fleet.hosts[host].id
      let column = program.addBinary("\(name) is on")
      if problem.fleet.countsAsOn.contains(host) { program.setBounds(of: column, to: .exactly(1)) }
      isOn[host] = column
    }
  }

  private mutating func addMembers() {
    for blockClass in classes {
      let vm = problem.fleet.vms[problem.blocks[blockClass.blocks[0]][0]].id
      var columns: [Int: LinearProgram.Column] = [:]
      for host in blockClass.hosts {
        let name = problem.fleet.hosts[host].id
        let most = blockClass.most[host] ?? 0
        columns[host] =
          most == 1
          ? program.addBinary("\(vm) on \(name)")
          : program.addInteger("VMs like \(vm) on \(name)", in: .between(0, Double(most)))
      }
      let everyone = sum(blockClass.hosts.compactMap { columns[$0] })
      program.require("\(vm) and its like somewhere", everyone, equals: Double(blockClass.blocks.count))
      members.append(columns)
    }
  }

  /// The host of each block in a solution.
  func hostOfBlock(_ solution: Solution) -> [Int] {
    var hostOfBlock = [Int](repeating: -1, count: problem.blocks.count)
    for (blockClass, columns) in zip(classes, members) {
      var free = columns.mapValues { Int(solution[$0].rounded()) }
      var homeless: [Int] = []
      for block in blockClass.blocks {
        if let home = problem.candidates.remainsAt[block], let left = free[home], left > 0 {
          free[home] = left - 1
          hostOfBlock[block] = home
        } else {
          homeless.append(block)
        }
      }
      var slots = blockClass.hosts.flatMap { Array(repeating: $0, count: free[$0] ?? 0) }[...]
      for block in homeless {
        guard let host = slots.popFirst() else { preconditionFailure("block \(block) is left over") }
        hostOfBlock[block] = host
      }
    }
    return hostOfBlock
  }
}
