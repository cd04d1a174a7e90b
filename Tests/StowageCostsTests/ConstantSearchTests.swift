import Foundation
import StowageCosts
import StowageModel
import Testing

/// Moves so few and so plain that what fits them can be told by hand.
@Suite("Search for constants")
struct ConstantSearchTests {
  /// 1.0 Gb/s carries 109.67 MiB/s at the platform's own goodput of 0.92.
  private func move(
    _ technique: Technique, guest: Int = 0, seconds: Double, pause: Double? = nil, mib: Double = 1000
  ) -> MeasuredMigration {
    MeasuredMigration(
      guest: "guest-\(guest)",
      vm: Fleet.vm {
        $0.memoryMiB = mib
        $0.memoryConsumedMiB = mib
        $0.workingSetMiB = 0
        $0.dirtyRateMiBPerSecond = 0
      }, technique: technique, copiesDisks: false, gbps: 1, roundTripMilliseconds: nil,
      totalSeconds: seconds, downtimeSeconds: pause, sentMiB: nil)
  }

  private func fit(_ moves: [MeasuredMigration], on platform: Platform = .libvirt) -> CalibrationFit.Answer {
    CalibrationFit(engine: .of(platform), migrations: moves).answer()
  }

  /// Moves of a guest that dirties nothing, which VMware pauses for its switch-over of 0.1 s alone. Figures of 0 count
  /// as not measured.
  private func pauses(_ seconds: [Double]) -> [MeasuredMigration] {
    seconds.enumerated().map { move(.preCopy, guest: $0, seconds: 0, pause: $1) }
  }

  @Test("the switch-over is the median of three pauses or more, of an even number the upper one")
  func switchover() {
    #expect(fit(pauses([0.2, 0.9]), on: .vmware).constants.isEmpty)
    #expect(fit(pauses([0.9, 0.2, 0.3]), on: .vmware).constants == [.switchover: 0.3])
    #expect(fit(pauses([0.2, 0.3, 0.5, 0.9]), on: .vmware).constants == [.switchover: 0.5])
    #expect(fit(pauses([0.2, 0.3, 0.5, 0.7, 0.8, 0.9]), on: .vmware).constants == [.switchover: 0.7])
  }

  /// Five guests pause for 0.1 s, six for 1.1 s. Without any one of them most that are left tell 1.1 s (the upper of
  /// five and five). The first and the last are left out together, though: four of nine, and they are told 0.1 s. In
  /// all five times 1.0/0.1 and twice 1.0/1.1, over eleven.
  @Test("of eleven guests two are left out together, for there are ten parts")
  func folds() {
    let answer = fit(pauses([1.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1.1, 1.1, 1.1, 1.1, 1.1]), on: .vmware)
    #expect(answer.errors.map(\.figure) == [.pause])
    #expect(answer.errors.first.map { printed($0.crossValidated, 3) } == "4.711")
  }

  /// Cold moves depend on set-up, stop and boot, and are measured by their time alone.
  @Test("a constant is fitted that moves three figures, not one that moves two", arguments: [2, 3])
  func figures(count: Int) {
    let answer = fit((0..<count).map { move(.cold, guest: $0, seconds: 60) })
    #expect((answer.constants[.stopAndBoot] != nil) == (count == 3))
  }

  /// Of a move of 100 s a set-up of 1.5 s is 1.5 %, so that a hundredth more of it makes 0.015 % of the move; of one of
  /// 200 s it is half of that.
  @Test(
    "a constant is fitted of which 1 % makes more than 0.01 % of a figure",
    arguments: [(100.0, true), (200, false)])
  func sensitivity(seconds: Double, isFitted: Bool) {
    let mib = (seconds - 1.65) * PayloadRate.mibPerSecond(gbps: 1)
    let answer = fit((0..<3).map { move(.postCopy, guest: $0, seconds: seconds * 1.1, mib: mib) })
    #expect((answer.constants[.setUp] != nil) == isFitted)
    #expect(answer.constants[.goodput] != nil)
  }

  /// Nine moves that agree on a goodput of 0.96, and one that took a hundred times as long. Beyond 0.3 a residual pulls
  /// with 0.3 and no more, which nine others stop at a ninth of that: ln(0.96/g) = 0.3/9.
  @Test("an outlier pulls as a residual of 0.3 does, whatever its size", arguments: [100.0, 10_000])
  func outlier(factor: Double) {
    let mib = 1e7
    let seconds = 1.65 + mib / (0.96 / 0.92 * PayloadRate.mibPerSecond(gbps: 1))
    let answer = fit(
      (0..<10).map { move(.postCopy, guest: $0, seconds: $0 == 4 ? seconds * factor : seconds, mib: mib) })
    let goodput = answer.constants[.goodput] ?? 0
    #expect(abs(goodput - 0.96 * exp(-0.3 / 9)) < 0.0005)
  }

  @Test("constants have four digits, and those are right")
  func digits() {
    let truth: [Calibration.Constant: Double] = [.setUp: 123.456789, .stopAndBoot: 0.987654321 * 1000]
    let model = MigrationModel(
      engine: MigrationEngine.of(.libvirt).calibrated(by: Calibration(sha256: "", constants: truth)))
    let moves = (0..<40).map { index in
      let technique = index % 2 == 0 ? Technique.cold : .preCopy
      var move = move(technique, guest: index, seconds: 0, mib: 1000 + 10 * Double(index))
      move.totalSeconds =
        model.forecast(move.vm, technique: technique, storage: .none, path: Fleet.path(gbps: 1)).totalSeconds
      return move
    }
    let found = fit(moves).constants
    for (constant, value) in found {
      #expect(Double(String(format: "%.4g", value)) == value, "\(constant) is \(value)")
    }
    #expect(abs((found[.stopAndBoot] ?? 0) / 987.654321 - 1) < 0.005)
  }
}
