import StowageCosts
import StowageModel
import Testing

/// Moves that a site made whose engine differs from the platform's own in known ways.
@Suite("Fitting constants to measured moves")
struct CalibrationFitTests {
  private static let truth: [Calibration.Constant: Double] = [
    .setUp: 4, .goodput: 0.8, .postCopyPause: 2, .hybridPause: 0.6, .stopAndBoot: 40,
  ]

  /// Guests of 2 to 40 GiB over 1 and 2.5 Gb/s by all techniques; `noise` changes each figure.
  private static func moves(
    truth: [Calibration.Constant: Double] = truth, noise: (Int) -> Double = { _ in 1 }
  ) -> [MeasuredMigration] {
    let engine = MigrationEngine.of(.libvirt).calibrated(by: Calibration(sha256: "", constants: truth))
    let model = MigrationModel(engine: engine)
    var moves: [MeasuredMigration] = []
    for guest in 0..<8 {
      for technique in Technique.allCases {
        for gbps in [1.0, 2.5] {
          let vm = Fleet.vm {
            $0.memoryMiB = 2048 * Double(guest + 1) * 2.5
            $0.memoryConsumedMiB = $0.memoryMiB * 0.9
            $0.workingSetMiB = 300
            $0.dirtyRateMiBPerSecond = 20
          }
          let forecast = model.forecast(
            vm, technique: technique, storage: .none, path: Fleet.path(gbps: gbps))
          let factor = noise(moves.count)
          moves.append(
            MeasuredMigration(
              guest: "guest-\(guest)", vm: vm, technique: technique, copiesDisks: false, gbps: gbps,
              roundTripMilliseconds: nil, totalSeconds: forecast.totalSeconds * factor,
              downtimeSeconds: forecast.downtimeSeconds * factor, sentMiB: forecast.sentMiB))
        }
      }
    }
    return moves
  }

  @Test("finds the constants that made the moves")
  func recovers() {
    let answer = CalibrationFit(engine: .of(.libvirt), migrations: Self.moves()).answer()
    for (constant, value) in Self.truth {
      let found = answer.constants[constant] ?? 0
      #expect(abs(found / value - 1) < 0.05, "\(constant) is \(found), not \(value)")
    }
    #expect(answer.isBetter)
    for error in answer.errors where error.figure != .bytes {
      #expect(error.crossValidated < 0.05)
      #expect(error.before > 0.03)
    }
  }

  @Test("is the same every time")
  func repeats() {
    let fit = CalibrationFit(engine: .of(.libvirt), migrations: Self.moves())
    #expect(fit.answer() == fit.answer())
  }

  @Test("a move that took a hundred times as long decides nothing")
  func outlier() {
    let answer = CalibrationFit(
      engine: .of(.libvirt), migrations: Self.moves { $0 == 5 ? 100 : 1 }
    ).answer()
    #expect(abs((answer.constants[.goodput] ?? 0) - 0.8) < 0.04)
  }

  /// Every second figure is a tenth too long or too short: no constants help.
  @Test("noise alone is no reason to calibrate")
  func noise() {
    let moves = Self.moves(truth: [:]) { $0 % 3 == 0 ? 1.1 : $0 % 3 == 1 ? 0.9 : 1 }
    let answer = CalibrationFit(engine: .of(.libvirt), migrations: moves).answer()
    for error in answer.errors { #expect(error.crossValidated >= error.before - 0.02) }
    #expect(abs((answer.constants[.goodput] ?? 0.92) - 0.92) < 0.05)
  }

  @Test("what the moves do not tell is left alone")
  func silent() {
    let moves = Self.moves().filter { $0.technique == .preCopy }
    let answer = CalibrationFit(engine: .of(.libvirt), migrations: moves).answer()
    #expect(answer.constants[.stopAndBoot] == nil)
    #expect(answer.constants[.postCopyPause] == nil)
    #expect(answer.constants[.goodput] != nil)
  }

  @Test("four moves, or moves of one guest, are too few")
  func tooFew() {
    let moves = Self.moves()
    #expect(!CalibrationFit(engine: .of(.libvirt), migrations: Array(moves.prefix(4))).isPossible)
    #expect(!CalibrationFit(engine: .of(.libvirt), migrations: Array(moves.prefix(8))).isPossible)
    #expect(CalibrationFit(engine: .of(.libvirt), migrations: Array(moves.prefix(9))).isPossible)
  }

  @Test("figures that nobody could have measured do no harm", arguments: [0, 1e-300, 1e300, Double.infinity])
  func absurd(figure: Double) {
    var moves = Self.moves()
    for index in moves.indices where index % 5 == 0 {
      moves[index].totalSeconds = figure
      moves[index].downtimeSeconds = figure
      moves[index].sentMiB = figure
    }
    for value in CalibrationFit(engine: .of(.libvirt), migrations: moves).answer().constants.values {
      #expect(value.isFinite && value > 0)
    }
  }

  @Test("a calibrated engine takes the share of a link that its stream needs")
  func rateLimit() {
    let engine = MigrationEngine.of(.proxmox).calibrated(
      by: Calibration(sha256: "", constants: [.goodput: 0.46, .stream: 200]))
    #expect(abs(engine.rateLimit(.preCopy) - 400) < 1e-9)
    let vm = Fleet.vm { $0.dirtyRateMiBPerSecond = 0 }
    let forecast = MigrationModel(engine: engine).forecast(
      vm, technique: .preCopy, storage: .none, path: Fleet.path(1000))
    #expect(abs(forecast.totalSeconds - (3 + 5 + 0.1)) < 1e-6)
  }

  /// Of 20 GiB, over a path of 1000 MiB/s.
  private static func forecast(
    _ platform: Platform, dirtying rate: Double, _ constants: [Calibration.Constant: Double] = [:]
  ) -> Forecast {
    let vm = Fleet.vm {
      $0.memoryMiB = 20_480
      $0.workingSetMiB = 8192
      $0.dirtyRateMiBPerSecond = rate
    }
    let engine = MigrationEngine.of(platform).calibrated(by: Calibration(sha256: "", constants: constants))
    return MigrationModel(engine: engine).forecast(
      vm, technique: .preCopy, storage: .none, path: Fleet.path(1000))
  }

  @Test("a site's settings hold for its moves: the cap, throttling, and when a move is given up")
  func settings() {
    #expect(Self.forecast(.kubevirt, dirtying: 200).converges)
    #expect(!Self.forecast(.kubevirt, dirtying: 200, [.cap: 64]).converges)
    let throttled = Self.forecast(.kubevirt, dirtying: 200, [.cap: 64, .autoConverge: 1, .completion: 800])
    #expect(throttled.converges)
    #expect(
      throttled.guestSlowdownSeconds > Self.forecast(.kubevirt, dirtying: 200).guestSlowdownSeconds + 1)
    // Rounds that shrink to 60/64 of the one before need some 2400 s. 20 GiB are 21.5 GB, of which each begun one has so
    // many seconds.
    #expect(Self.forecast(.kubevirt, dirtying: 60, [.cap: 64]).converges)
    let givenUp = Self.forecast(.kubevirt, dirtying: 60, [.cap: 64, .completion: 50])
    #expect(!givenUp.converges)
    #expect(abs(givenUp.totalSeconds - (7 + 22 * 50)) < 1)
    // libvirt's are options of each move.
    #expect(Self.forecast(.libvirt, dirtying: 60, [.cap: 64]) == Self.forecast(.libvirt, dirtying: 60))
  }

  @Test("constants out of their range count as its ends", arguments: [-1, 0, 1e9, Double.infinity, .nan])
  func clamps(value: Double) {
    for constant in Calibration.Constant.allCases {
      let engine = MigrationEngine.of(.openstack).calibrated(
        by: Calibration(sha256: "", constants: [constant: value]))
      let used = engine.value(of: constant) ?? 0
      #expect(constant.range.contains(used) || abs(used - constant.range.upperBound) < 1e-6)
    }
  }
}
