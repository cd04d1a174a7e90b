/// A machine reassignment problem as the text files of the ROADEF/EURO challenge of 2012 hold it:
/// whitespace-separated numbers, in the order of the problem definition's section 2.1.
public struct ChallengeFile: Sendable {
  /// What stopped the reading: which number, counted from 0, and what was expected there.
  public struct Trouble: Error, CustomStringConvertible {
    /// Which number, counted from 0.
    public var number: Int
    /// What should be there.
    public var expected: String
    /// What is there.
    public var found: String

    /// All of it in one line.
    public var description: String { "number \(number): expected \(expected), found \(found)" }
  }

  /// One kind of resource.
  public struct Resource: Sendable {
    /// Whether a process that moves holds it on its old machine too.
    public var isTransient: Bool
    /// What a unit above the safety capacity costs.
    public var loadWeight: Int
  }

  /// One machine.
  public struct Machine: Sendable {
    /// Where services can use each other.
    public var neighbourhood: Int
    /// Where services are spread.
    public var location: Int
    /// How much there is, resource by resource.
    public var capacity: [Int]
    /// How much may be used at no cost, resource by resource.
    public var safetyCapacity: [Int]
    /// What a move costs.
    public var moveCost: [Int]
  }

  /// One service.
  public struct Service: Sendable {
    /// How many locations must run one of its processes.
    public var leastLocations: Int
    /// The services that must be near each of its processes.
    public var dependencies: [Int]
  }

  /// One process.
  public struct Process: Sendable {
    /// The service it belongs to.
    public var service: Int
    /// What it needs, resource by resource.
    public var requirement: [Int]
    /// What a move costs.
    public var moveCost: Int
  }

  /// One wish for balance between what two resources leave free.
  public struct Balance: Sendable {
    /// The resource that needs the other.
    public var resource: Int
    /// The other resource.
    public var other: Int
    /// How many units of the other each unit asks for.
    public var target: Int
    /// What a missing unit costs.
    public var weight: Int
  }

  /// The kinds of resources.
  public var resources: [Resource] = []
  /// The machines.
  public var machines: [Machine] = []
  /// The services.
  public var services: [Service] = []
  /// The processes.
  public var processes: [Process] = []
  /// The wishes for balance.
  public var balances: [Balance] = []
  /// Weight of the costs of moving processes.
  public var processMoveWeight = 0
  /// Weight of the most moved processes of one service.
  public var serviceMoveWeight = 0
  /// Weight of the costs of moves between machines.
  public var machineMoveWeight = 0
  /// The machine of each process today.
  public var start: [Int]

  /// Nothing yet but where processes run.
  public init(start: [Int]) {
    self.start = start
  }

  /// Reads a model and an assignment.
  public init(model: String, assignment: String) throws(Trouble) {
    start = try Self.numbers(assignment)
    var numbers = NumberReader(numbers: try Self.numbers(model))
    for _ in 0..<(try numbers.next("the number of resources")) {
      let isTransient = try numbers.next("whether the resource is transient", below: 2) == 1
      resources.append(Resource(isTransient: isTransient, loadWeight: try numbers.next("a load weight")))
    }
    let machineCount = try numbers.next("the number of machines")
    for _ in 0..<machineCount {
      machines.append(
        Machine(
          neighbourhood: try numbers.next("a neighbourhood"), location: try numbers.next("a location"),
          capacity: try numbers.next(resources.count, "a capacity"),
          safetyCapacity: try numbers.next(resources.count, "a safety capacity"),
          moveCost: try numbers.next(machineCount, "a cost of moving between machines")))
    }
    let serviceCount = try numbers.next("the number of services")
    for _ in 0..<serviceCount {
      let least = try numbers.next("the least number of locations")
      let count = try numbers.next("the number of dependencies")
      services.append(
        Service(
          leastLocations: least,
          dependencies: try numbers.next(count, "a service", below: serviceCount)))
    }
    for _ in 0..<(try numbers.next("the number of processes")) {
      processes.append(
        Process(
          service: try numbers.next("a service", below: serviceCount),
          requirement: try numbers.next(resources.count, "a requirement"),
          moveCost: try numbers.next("the cost of moving the process")))
    }
    for _ in 0..<(try numbers.next("the number of balance costs")) {
      balances.append(
        Balance(
          resource: try numbers.next("a resource", below: resources.count),
          other: try numbers.next("a resource", below: resources.count),
          target: try numbers.next("a target"), weight: try numbers.next("a weight")))
    }
    processMoveWeight = try numbers.next("the weight of process moves")
    serviceMoveWeight = try numbers.next("the weight of service moves")
    machineMoveWeight = try numbers.next("the weight of machine moves")
    try numbers.expectEnd()
    guard start.count == processes.count else {
      throw Trouble(
        number: start.count, expected: "\(processes.count) machines in the assignment",
        found: "\(start.count)")
    }
    if let wrong = start.firstIndex(where: { $0 >= machineCount }) {
      throw Trouble(number: wrong, expected: "a machine below \(machineCount)", found: "\(start[wrong])")
    }
  }

  /// Reads a list of whole numbers, none negative.
  public static func numbers(_ text: String) throws(Trouble) -> [Int] {
    var numbers: [Int] = []
    var current: Int?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (tens, isTooLong) = (current ?? 0).multipliedReportingOverflow(by: 10)
        guard !isTooLong, tens <= Int.max - 9 else {
          throw Trouble(number: numbers.count, expected: "a number of 63 bits", found: "a longer one")
        }
        current = tens + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        if let number = current { numbers.append(number) }
        current = nil
      default:
        throw Trouble(
          number: numbers.count, expected: "digits",
          found: "the byte \(byte)")
      }
    }
    if let number = current { numbers.append(number) }
    return numbers
  }
}

/// Takes numbers one after the other.
private struct NumberReader {
  let numbers: [Int]
  var position = 0

  mutating func next(_ what: String, below limit: Int? = nil) throws(ChallengeFile.Trouble) -> Int {
    guard position < numbers.count else {
      throw ChallengeFile.Trouble(number: position, expected: what, found: "the end of the file")
    }
    let number = numbers[position]
    if let limit, number >= limit {
      throw ChallengeFile.Trouble(number: position, expected: "\(what) below \(limit)", found: "\(number)")
    }
    position += 1
    return number
  }

  mutating func next(_ count: Int, _ what: String, below limit: Int? = nil) throws(ChallengeFile.Trouble)
    -> [Int]
  {
    var list: [Int] = []
    list.reserveCapacity(min(count, numbers.count))
    for _ in 0..<count { list.append(try next(what, below: limit)) }
    return list
  }

  func expectEnd() throws(ChallengeFile.Trouble) {
    guard position == numbers.count else {
      throw ChallengeFile.Trouble(
        number: position, expected: "the end of the file", found: "\(numbers[position])")
    }
  }
}
