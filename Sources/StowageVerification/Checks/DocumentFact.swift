public import StowageModel

/// Something about the plan as a document: names, counts, lists, options.
public enum DocumentFact: Hashable, Sendable {
  /// What is counted in the plan's stamp.
  public enum Counted: String, Hashable, Sendable {
    /// Hosts of the inventory.
    case hosts
    /// VMs of the inventory.
    case vms = "VMs"
  }

  /// Why a host may not be in the list of hosts to power off, or must be.
  public enum PowerOffFault: Hashable, Sendable {
    /// It holds this many VMs at the end.
    case holdsVMs(Int)
    /// It was not on at the start.
    case wasNotOn
    /// It is listed more than once.
    case listedTwice
    /// The plan's goal powers nothing off.
    case goal(Goal)
    /// It was on, its VMs leave, and it is not listed.
    case missing
  }

  /// The plan was made for another inventory.
  case digest(stated: String, actual: String)
  /// Goal, seed or options are not those that the plan was made for.
  case request(stated: String, actual: String)
  /// The stamp counts other rows than the inventory has.
  case stamp(Counted, stated: Int, actual: Int)
  /// A host that the inventory does not have.
  case unknownHost(Host.ID, place: String)
  /// A VM that the inventory does not have.
  case unknownVM(VM.ID, place: String)
  /// Several moves share an id.
  case duplicateMove(Move.ID)
  /// A VM that has a host in the inventory is not in the placement.
  case notPlaced(VM.ID)
  /// A VM that has no host in the inventory is in the placement.
  case placedFromNowhere(VM.ID, Host.ID)
  /// A VM that has no host in the inventory is not listed as unplaced.
  case notListedAsUnplaced(VM.ID)
  /// A VM that has a host in the inventory is listed as unplaced.
  case listedAsUnplaced(VM.ID)
  /// A VM is listed as unplaced more than once.
  case unplacedTwice(VM.ID)
  /// The list of hosts to power off is wrong about a host.
  case powerOff(Host.ID, PowerOffFault)
  /// An option is no number that makes sense.
  case option(name: String, value: Double)
  /// There are more moves than were allowed.
  case tooManyMoves(count: Int, limit: Int)
  /// More memory is moved than was allowed, in MiB.
  case tooMuchMoved(mib: Double, limit: Double)
}

extension DocumentFact: FactWording {
  var code: FindingCode {
    switch self {
    case .digest, .request, .stamp: .stamp
    case .unknownHost: .unknownHost
    case .unknownVM: .unknownVM
    case .duplicateMove: .duplicateMove
    case .notPlaced, .placedFromNowhere: .placement
    case .notListedAsUnplaced, .listedAsUnplaced, .unplacedTwice: .unplaced
    case .powerOff: .powerOff
    case .option: .option
    case .tooManyMoves: .maxMoves
    case .tooMuchMoved: .moveBudget
    }
  }

  var sentence: String {
    switch self {
    case .digest(let stated, let actual):
      "the plan was made for an inventory with SHA-256 \(Words.name(stated)), not for this one, "
        + Words.name(actual)
    case .request(let stated, let actual):
      "the plan was made for a request with SHA-256 \(Words.name(stated)); goal, seed, options and bounds on trust as they "
        + "stand have \(Words.name(actual)): one of them was changed"
    case .stamp(let counted, let stated, let actual):
      "the plan's stamp counts \(stated) \(counted.rawValue), the inventory has \(actual)"
    case .unknownHost(let host, let place):
      "\(place) names host \(Words.name(host)), which the inventory does not have"
    case .unknownVM(let vm, let place):
      "\(place) names VM \(Words.name(vm)), which the inventory does not have"
    case .duplicateMove(let id): "more than one move is called \(Words.name(id))"
    case .notPlaced(let vm): "the placement does not say where VM \(Words.name(vm)) ends"
    case .placedFromNowhere(let vm, let host):
      "the placement puts VM \(Words.name(vm)) on \(Words.name(host)), but it has no host to start from"
    case .notListedAsUnplaced(let vm): "VM \(Words.name(vm)) has no host and is not listed as unplaced"
    case .listedAsUnplaced(let vm): "VM \(Words.name(vm)) has a host and is listed as unplaced"
    case .unplacedTwice(let vm): "VM \(Words.name(vm)) is listed as unplaced more than once"
    case .powerOff(let host, let fault): "\(Self.words(fault, host: Words.name(host)))"
    case .option(let name, let value):
      "option \(name) is \(Words.number(value)), which cannot be counted with"
    case .tooManyMoves(let count, let limit):
      "the plan has \(Words.count(count, "move")), and \(limit) were allowed"
    case .tooMuchMoved(let mib, let limit):
      "the plan moves \(Words.number(mib)) MiB of memory, and \(Words.number(limit)) MiB were allowed"
    }
  }

  private static func words(_ fault: PowerOffFault, host: String) -> String {
    switch fault {
    case .holdsVMs(let count):
      "host \(host) is to be powered off and holds \(Words.count(count, "VM")) at the end"
    case .wasNotOn: "host \(host) is to be powered off and was not on at the start"
    case .listedTwice: "host \(host) is listed more than once among the hosts to power off"
    case .goal(let goal):
      "host \(host) is to be powered off, but a plan to \(goal.rawValue) powers nothing off"
    case .missing: "host \(host) is emptied and not listed among the hosts to power off"
    }
  }
}

extension FindingCode {
  /// The plan was made for another inventory.
  public static let stamp = FindingCode(rawValue: "verify.stamp")
  /// A host that the inventory does not have.
  public static let unknownHost = FindingCode(rawValue: "verify.unknown-host")
  /// A VM that the inventory does not have.
  public static let unknownVM = FindingCode(rawValue: "verify.unknown-vm")
  /// Several moves share an id.
  public static let duplicateMove = FindingCode(rawValue: "verify.duplicate-move")
  /// The placement leaves a VM out or has one too many.
  public static let placement = FindingCode(rawValue: "verify.placement")
  /// The list of VMs without a host is wrong.
  public static let unplaced = FindingCode(rawValue: "verify.unplaced")
  /// The list of hosts to power off is wrong.
  public static let powerOff = FindingCode(rawValue: "verify.power-off")
  /// An option is no number that makes sense.
  public static let option = FindingCode(rawValue: "verify.option")
  /// There are more moves than were allowed.
  public static let maxMoves = FindingCode(rawValue: "verify.max-moves")

  static let documentCodes: [FindingCode] = [
    .stamp, .unknownHost, .unknownVM, .duplicateMove, .placement, .unplaced, .powerOff, .option, .maxMoves,
  ]
}
