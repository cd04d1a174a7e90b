import StowageCosts
import StowageModel

/// A few moves that together depend on every number of the model.
struct ForecastPanel {
  /// A figure of one of the moves.
  struct Figure {
    var move: String
    var name: String
    var value: Double
  }

  let figures: [Figure]

  init(engine: (Platform) -> MigrationEngine, constants: ModelConstants) {
    figures =
      Platform.allCases.flatMap { platform -> [Figure] in
        var engine = engine(platform)
        engine.constants = constants
        return Self.moves(on: engine) + Self.variants(on: engine)
      } + Self.bareMoves(constants)
  }

  /// A steady database at 30 Gb/s, servers of which little is known at 1 Gb/s, one with disks, and one that is
  /// dirtied faster than the link carries.
  private static func moves(on engine: MigrationEngine) -> [Figure] {
    let model = MigrationModel(engine: engine)
    let fast = PayloadRate.mibPerSecond(gbps: 30)
    let slow = PayloadRate.mibPerSecond(gbps: 1)
    let cases: [(String, VM, Technique, StorageCopy, Double)] = [
      ("steady", Fleet.published("db"), .preCopy, .none, fast),
      ("hybrid", Fleet.published("web"), .hybrid, .none, slow),
      ("near", near, .preCopy, .none, slow),
      ("unknown", unknown(dirty: nil), .postCopy, .full, slow),
      ("unknown hybrid", unknown(dirty: nil), .hybrid, .none, slow),
      ("server", unknown(dirty: 90), .hybrid, .none, slow),
      ("database", unknown(dirty: 700), .hybrid, .none, slow),
      ("cache", unknown(dirty: 6000), .hybrid, .none, slow),
      ("hot", Fleet.published("cache"), .preCopy, .none, slow),
      ("wild", wild, .preCopy, .none, slow),
      ("unlucky", unlucky(slow), .preCopy, .none, slow),
      ("cold", Fleet.vm(), .cold, .full, slow),
      ("known stop", known, .cold, .full, slow),
      ("narrow", Fleet.vm { $0.dirtyRateMiBPerSecond = 5 }, .preCopy, .none, 20),
    ]
    return cases.flatMap { name, vm, technique, storage, rate in
      let forecast = model.forecast(
        vm, technique: technique, storage: storage, path: Fleet.path(rate))
      return figures(of: forecast, named: "\(engine.platform.rawValue) \(name)")
    }
  }

  /// What a platform can do beside: for a guest whose set fits a cache, one whose set does not, and disks ahead.
  private static func variants(on engine: MigrationEngine) -> [Figure] {
    let model = MigrationModel(engine: engine)
    let small = Fleet.vm { $0.workingSetMiB = 60 }
    let disks = Fleet.vm { $0.diskChangeMiBPerSecond = nil }
    let busy = Fleet.vm { $0.dirtyRateMiBPerSecond = 900 }
    let found =
      model.variants(of: small, storage: .none, path: Fleet.path(40))
      + model.variants(of: busy, storage: .none, path: Fleet.path(3000))
      + model.variants(of: disks, storage: .full, path: Fleet.path(100))
    return found.enumerated().flatMap { index, variant in
      let name = "\(engine.platform.rawValue) variant \(index)"
      return figures(of: variant.forecast, named: name) + [
        Figure(move: name, name: "CPU", value: variant.encodingSeconds)
      ]
    }
  }

  /// Memory of which 88 MiB/s are dirtied at about 110 MiB/s.
  private static var near: VM {
    Fleet.vm {
      $0.memoryMiB = 8192
      $0.memoryConsumedMiB = 6000
      $0.workingSetMiB = 2000
      $0.dirtyRateMiBPerSecond = 88
    }
  }

  private static var known: VM {
    Fleet.vm {
      $0.shutdownSeconds = 7
      $0.bootSeconds = 11
    }
  }

  /// Converges, but not at the unlucky end.
  private static func unlucky(_ rate: Double) -> VM {
    Fleet.vm {
      $0.workingSetMiB = 900
      $0.dirtyRateMiBPerSecond = 0.9 * rate
    }
  }

  /// Nothing that the highest throttle would tame.
  private static var wild: VM {
    Fleet.vm {
      $0.memoryMiB = 1_048_576
      $0.memoryConsumedMiB = nil
      $0.workingSetMiB = 1_048_576
      $0.dirtyRateMiBPerSecond = 60_000
    }
  }

  private static func unknown(dirty: Double?) -> VM {
    var vm = VM(id: "unknown", vCPUs: 2, memoryMiB: 16_384, host: "a")
    vm.dirtyRateMiBPerSecond = dirty
    return vm
  }

  /// Bare engines, with all ways of fetching pages.
  private static func bareMoves(_ constants: ModelConstants) -> [Figure] {
    let guest = MemoryProfile(
      memoryMiB: 400, workingSetMiB: 120, hotMiBPerSecond: 20, coldMiBPerSecond: 0, pattern: .random)
    let ways: [(String, BareQEMU.Way)] = [
      ("pre-copy", .preCopy(maxRounds: 10)), ("post-copy", .postCopy(preempts: false)),
      ("post-copy, preempting", .postCopy(preempts: true)), ("hybrid", .hybrid(preempts: false)),
      ("hybrid, preempting", .hybrid(preempts: true)),
    ]
    return [nil, 64.0].flatMap { link in
      ways.flatMap { name, way -> [Figure] in
        var engine = BareQEMU(
          capMiBPerSecond: link == nil ? 64 : 1000, linkMiBPerSecond: link, limitSeconds: 0.3)
        engine.constants = constants
        let outcome = engine.move(guest, zeroMiB: 600, way: way)
        let place = link == nil ? "loopback" : "link"
        return [
          Figure(move: "\(place) \(name)", name: "time", value: outcome.totalSeconds),
          Figure(move: "\(place) \(name)", name: "sent", value: outcome.sentMiB),
          Figure(move: "\(place) \(name)", name: "pause", value: outcome.blackoutSeconds ?? -1),
        ]
      }
    }
  }

  /// What is looked at of a forecast, in this order.
  static let names = [
    "time", "least time", "most time", "pause", "least pause", "most pause", "sent", "slowdown", "loss",
    "energy", "least slowdown", "most window", "least loss", "most loss", "least energy", "most energy",
  ]

  private static func figures(of forecast: Forecast, named name: String) -> [Figure] {
    let values = [
      forecast.totalSeconds, forecast.lowSeconds, forecast.highSeconds, forecast.downtimeSeconds,
      forecast.downtimeSpan.low, forecast.downtimeSpan.high, forecast.sentMiB, forecast.guestSlowdownSeconds,
      forecast.lossProbability, forecast.energyJoules, forecast.slowdownSpan.low, forecast.exposureSpan.high,
      forecast.lossSpan.low, forecast.lossSpan.high, forecast.energySpan.low, forecast.energySpan.high,
    ]
    return zip(names, values).map { Figure(move: name, name: $0, value: $1) }
  }
}
