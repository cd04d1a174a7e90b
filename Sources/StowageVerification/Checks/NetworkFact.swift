public import StowageModel

/// Something about routes, rates and slots.
public enum NetworkFact: Hashable, Sendable {
  /// Where a platform limits how many moves run at once.
  public enum SlotLimit: Hashable, Sendable {
    /// Moves that leave a host.
    case out(Host.ID)
    /// Moves that enter a host.
    case into(Host.ID)
    /// Moves that leave or enter a host.
    case both(Host.ID)
    /// All moves.
    case fleet
  }

  /// The links of a move are not those of the route.
  case links(Move.ID, stated: [String], route: [String])
  /// No route leads from source to target.
  case noRoute(Move.ID, from: Host.ID, to: Host.ID)
  /// A rate that is negative or no number.
  case noRate(Move.ID, value: Double)
  /// A rate above what the slowest part of the path carries.
  case abovePath(Move.ID, rate: Double, payload: Double)
  /// A rate above what the platform's streams carry.
  case aboveStreams(Move.ID, rate: Double, limit: Double)
  /// A rate reserved for a move that copies nothing.
  case needless(Move.ID, rate: Double)
  /// The rates of the moves under way add up to more than a channel carries.
  case overload(String, sum: Double, payload: Double, moves: [Move.ID])
  /// More moves at once than the platform runs.
  case slots(SlotLimit, taken: Int, limit: Int, moves: [Move.ID])
  /// A copy of disks ahead of a move.
  case seed(SeedFact)
  /// A copy that a VM keeps at another site.
  case protection(ProtectionFact)
}

extension NetworkFact: FactWording {
  var code: FindingCode {
    switch self {
    case .seed: .seed
    case .protection: .protection
    case .links: .links
    case .noRoute: .route
    case .noRate, .abovePath, .aboveStreams, .needless: .rate
    case .overload: .linkLoad
    case .slots: .concurrency
    }
  }

  var sentence: String {
    switch self {
    case .seed(let fact): fact.sentence
    case .protection(let fact): fact.sentence
    case .links(let move, let stated, let route):
      "move \(Words.name(move)) lists the links \(Self.names(stated)), and its route has \(Self.names(route))"
    case .noRoute(let move, let from, let to):
      "move \(Words.name(move)) finds no way from \(Words.name(from)) to \(Words.name(to)) over the links"
    case .noRate(let move, let value):
      "move \(Words.name(move)) has the rate \(Words.number(value)), which is none"
    case .abovePath(let move, let rate, let payload):
      "move \(Words.name(move)) takes \(Self.rate(rate)) of a path that carries \(Self.rate(payload))"
    case .aboveStreams(let move, let rate, let limit):
      "move \(Words.name(move)) takes \(Self.rate(rate)), and the platform's streams carry \(Self.rate(limit))"
    case .needless(let move, let rate):
      "move \(Words.name(move)) copies nothing and reserves \(Self.rate(rate))"
    case .overload(let channel, let sum, let payload, let moves):
      "\(Words.name(channel)) carries \(Self.rate(payload)) and is given \(Self.rate(sum)): \(Self.names(moves))"
    case .slots(let limit, let taken, let most, let moves):
      "\(Self.words(limit)) takes \(taken) of \(most) slots: \(Self.names(moves))"
    }
  }

  private static func names(_ items: [some CustomStringConvertible]) -> String {
    Words.list(items.map { Words.name($0) })
  }

  private static func rate(_ value: Double) -> String { "\(Words.number(value, decimals: 3)) MiB/s" }

  private static func words(_ limit: SlotLimit) -> String {
    switch limit {
    case .out(let host): "what leaves host \(Words.name(host))"
    case .into(let host): "what enters host \(Words.name(host))"
    case .both(let host): "what leaves or enters host \(Words.name(host))"
    case .fleet: "what moves at once"
    }
  }
}

extension FindingCode {
  /// The links of a move are not those of the route.
  public static let links = FindingCode(rawValue: "verify.links")
  /// No route leads from source to target.
  public static let route = FindingCode(rawValue: "verify.route")
  /// A rate that cannot be, or that nothing carries.
  public static let rate = FindingCode(rawValue: "verify.rate")
  /// The rates on a port or link add up to more than it carries.
  public static let linkLoad = FindingCode(rawValue: "verify.link-load")
  /// More moves at once than the platform runs.
  public static let concurrency = FindingCode(rawValue: "verify.concurrency")

  /// A copy of disks ahead of a move that is not as it must be.
  public static let seed = FindingCode(rawValue: "verify.seed")
  /// A copy at another site that is missing, misplaced or too old.
  public static let protection = FindingCode(rawValue: "verify.protection")

  static let networkCodes: [FindingCode] = [
    .links, .route, .rate, .linkLoad, .concurrency, .seed, .protection,
  ]
}
