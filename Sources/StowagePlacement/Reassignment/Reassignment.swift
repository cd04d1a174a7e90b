/// Moving processes between machines so that the load costs least: machine reassignment as the
/// ROADEF/EURO challenge of 2012 states it (Google: Machine reassignment, problem definition v1).
///
/// - Given: machines with capacities and safety capacities, processes with requirements and a machine
///   that they run on, services, locations, neighbourhoods.
/// - Decides: the machine of every process.
/// - Minimises: load above the safety capacities, missing balance between what two resources leave
///   free, and moves, all weighted.
/// - Subject to: capacity; processes of one service on different machines; services spread over enough
///   locations; every process near one of each service that its own depends on; *transient* resources
///   held on both the old and the new machine of a process that moves. Beyond the challenge, processes may be kept
///   to some machines, and moves limited in number.
/// - Reads back: the machine of every process.
///
/// A fleet is such a problem too: hosts are machines, blocks of VMs that travel together are
/// processes, anti-affinities are services, racks are locations.
public struct Reassignment: Sendable {
  /// One kind of resource.
  public struct Resource: Sendable {
    /// Whether a process that moves holds it on its old machine too.
    public var isTransient: Bool
    /// What a unit above the safety capacity costs.
    public var loadWeight: Int64

    /// One kind of resource.
    public init(isTransient: Bool, loadWeight: Int64) {
      self.isTransient = isTransient
      self.loadWeight = loadWeight
    }
  }

  /// What runs processes.
  public struct Machine: Sendable {
    /// The neighbourhood it belongs to: within one, services can use each other.
    public var neighbourhood: Int
    /// The location it belongs to: services are spread over several.
    public var location: Int
    /// How much of each resource it has.
    public var capacity: [Int64]
    /// How much of each resource may be used at no cost.
    public var safetyCapacity: [Int64]
    /// What it costs to move one process from here to each machine.
    public var moveCost: [Int32]
    /// What a unit of each resource above the safety capacity costs here; `nil` where it costs the same everywhere.
    public var loadWeights: [Int64]?

    /// A machine.
    public init(
      neighbourhood: Int = 0, location: Int = 0, capacity: [Int64], safetyCapacity: [Int64],
      moveCost: [Int32], loadWeights: [Int64]? = nil
    ) {
      self.loadWeights = loadWeights
      self.neighbourhood = neighbourhood
      self.location = location
      self.capacity = capacity
      self.safetyCapacity = safetyCapacity
      self.moveCost = moveCost
    }
  }

  /// Processes that must run on different machines.
  public struct Service: Sendable {
    /// How many locations must run at least one of its processes.
    public var leastLocations: Int
    /// Services of which one process must run in the neighbourhood of each process of this one.
    public var dependencies: [Int]

    /// A service.
    public init(leastLocations: Int = 0, dependencies: [Int] = []) {
      self.leastLocations = leastLocations
      self.dependencies = dependencies
    }
  }

  /// What is moved.
  public struct Process: Sendable {
    /// The service it belongs to.
    public var service: Int
    /// How much of each resource it needs.
    public var requirement: [Int64]
    /// What it costs to move it anywhere.
    public var moveCost: Int64
    /// The machines, by index into the problem's ``Reassignment/permissions``, that it may run on beside the one where it
    /// runs today; all where there is none.
    public var permission: Int?
    /// What moving it counts for towards the problem's ``Reassignment/mostMoves``.
    public var moves: Int32

    /// A process.
    public init(
      service: Int, requirement: [Int64], moveCost: Int64, permission: Int? = nil, moves: Int32 = 1
    ) {
      self.service = service
      self.requirement = requirement
      self.moveCost = moveCost
      self.permission = permission
      self.moves = moves
    }
  }

  /// A wish that for every free unit of one resource enough of another is free.
  public struct Balance: Sendable {
    /// The resource that is of no use without the other.
    public var resource: Int
    /// The other resource.
    public var other: Int
    /// How many units of the other each unit asks for.
    public var target: Int64
    /// What a missing unit costs.
    public var weight: Int64

    /// A wish for balance.
    public init(resource: Int, other: Int, target: Int64, weight: Int64) {
      self.resource = resource
      self.other = other
      self.target = target
      self.weight = weight
    }
  }

  /// What moves cost, each kind by its weight.
  public struct MoveWeights: Sendable {
    /// For the move costs of the processes that moved.
    public var process: Int64
    /// For the most moved processes in any one service.
    public var service: Int64
    /// For the move costs between machines.
    public var machine: Int64

    /// Weights of moves.
    public init(process: Int64, service: Int64, machine: Int64) {
      self.process = process
      self.service = service
      self.machine = machine
    }
  }

  /// The kinds of resources.
  public var resources: [Resource]
  /// The machines.
  public var machines: [Machine]
  /// The services.
  public var services: [Service]
  /// The processes.
  public var processes: [Process]
  /// The wishes for balance.
  public var balances: [Balance]
  /// What moves cost.
  public var moveWeights: MoveWeights
  /// The machine on which each process runs today.
  public var start: [Int]
  /// Sets of machines that processes share: for each, whether a process with this permission may run there.
  public var permissions: [[Bool]]
  /// How many moves there may be; `nil` where they only cost.
  public var mostMoves: Int?

  /// A problem. Indices must be in range and the start must keep all constraints.
  public init(
    resources: [Resource], machines: [Machine], services: [Service], processes: [Process],
    balances: [Balance] = [], moveWeights: MoveWeights, start: [Int], permissions: [[Bool]] = [],
    mostMoves: Int? = nil
  ) {
    precondition(start.count == processes.count, "\(processes.count) processes, \(start.count) machines")
    self.resources = resources
    self.machines = machines
    self.services = services
    self.processes = processes
    self.balances = balances
    self.moveWeights = moveWeights
    self.start = start
    self.permissions = permissions
    self.mostMoves = mostMoves
  }

  /// Whether the flat form of the search can hold every quantity and every step between them: each
  /// amount, each weight, and each target times a capacity below 2²⁹.
  public var isWithinRange: Bool {
    func isSmall(_ value: Int64) -> Bool { value >= 0 && value < 1 << 29 }
    let weights =
      resources.map(\.loadWeight) + balances.flatMap { [$0.weight, $0.target] }
      + machines.flatMap { $0.loadWeights ?? [] }
    guard weights.allSatisfy(isSmall), processes.allSatisfy({ $0.requirement.allSatisfy(isSmall) }) else {
      return false
    }
    return machines.allSatisfy { machine in
      (machine.capacity + machine.safetyCapacity).allSatisfy(isSmall)
        && balances.allSatisfy { isSmall($0.target * machine.capacity[$0.resource]) }
    }
  }

  /// Whether the flat form can hold every process on one machine, which a search that goes through assignments
  /// beyond capacity may put there: the sum of each requirement, times the targets that ask for it, below 2³⁰.
  var fitsOnOneMachine: Bool {
    resources.indices.allSatisfy { resource in
      let target = balances.filter { $0.resource == resource }.map(\.target).reduce(1, max)
      let sum = processes.reduce(0.0) { $0 + Double($1.requirement[resource]) }
      return sum * Double(target) < Double(1 << 30)
    }
  }
}
