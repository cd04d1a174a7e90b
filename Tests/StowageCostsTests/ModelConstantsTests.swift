import StowageCosts
import StowageModel
import Testing

/// A fixed panel of moves whose figures are pinned, and proof that no constant can change without the panel noticing.
@Suite("Constants of the model")
struct ModelConstantsTests {
  @Test("the figures of the panel are those that were agreed on")
  func pinned() {
    let figures = ForecastPanel(engine: { .of($0) }, constants: .standard).figures
    let pins = ForecastPanel.pinned.flatMap { move, values in values.map { (move: move, value: $0) } }
    #expect(figures.map(\.move) == pins.map(\.move))
    for (figure, pin) in zip(figures, pins) {
      let isKept = abs(figure.value - pin.value) <= 1e-6 * abs(pin.value)
      #expect(isKept, "\(figure.move), \(figure.name): \(figure.value), not \(pin.value)")
    }
  }

  /// The constants are numbers and nothing else, so each can be reached by its place in memory.
  @Test("doubling any constant moves a figure by ten times what its pin allows")
  func constantsMatter() {
    let names = Self.names(of: ModelConstants.standard)
    #expect(names.count * MemoryLayout<Double>.size == MemoryLayout<ModelConstants>.size)
    for (index, name) in names.enumerated() {
      var changed = ModelConstants.standard
      withUnsafeMutableBytes(of: &changed) { bytes in
        let numbers = bytes.bindMemory(to: Double.self)
        numbers[index] *= 2
      }
      let panel = ForecastPanel(engine: { .of($0) }, constants: changed)
      let isNoticed = Self.isNoticed(panel)
      #expect(isNoticed, "\(name) can be doubled and no figure changes")
    }
  }

  @Test(
    "doubling a number of a platform moves a figure by ten times what its pin allows",
    arguments: Platform.allCases,
    EngineNumber.allCases)
  func platformsMatter(platform: Platform, number: EngineNumber) {
    var engine = MigrationEngine.of(platform)
    guard number.double(in: &engine) else { return }
    let panel = ForecastPanel(engine: { $0 == platform ? engine : .of($0) }, constants: .standard)
    let isNoticed = Self.isNoticed(panel)
    #expect(isNoticed, "\(number) of \(platform) can be doubled and no figure changes")
  }

  /// Writes the panel as it is now, for ``ForecastPanel/pinned``.
  @Test("the panel can be written anew", .enabled(if: Environment.recordsPanel))
  func record() throws {
    try ForecastPanel(engine: { .of($0) }, constants: .standard).record()
  }

  @Test("doubling a weight of a tier changes what a move costs", arguments: ServiceTier.allCases)
  func weightsMatter(tier: ServiceTier) {
    let weights: [WritableKeyPath<ChoicePolicy, Double>] = [
      \.secondWeight, \.downtimeSecondWeight, \.mibWeight, \.slowdownSecondWeight, \.lossWeight,
      \.noReturnWeight,
    ]
    let pinned: [ServiceTier: [Double]] = [
      .platinum: [1, 3000, 0.001, 10, 3e9, 1200], .gold: [1, 1000, 0.001, 10, 1e9, 400],
      .silver: [1, 500, 0.001, 3, 1e8, 200], .bronze: [1, 300, 0.001, 1, 1e7, 120],
    ]
    #expect(weights.map { ChoicePolicy.of(tier)[keyPath: $0] } == pinned[tier])
    let most: [ServiceTier: Double] = [.platinum: 0, .gold: 60, .silver: 300, .bronze: 1800]
    #expect(ChoicePolicy.of(tier).maxSlowdownSeconds == most[tier])
  }

  private static func isNoticed(_ panel: ForecastPanel) -> Bool {
    zip(panel.figures, ForecastPanel.pinned.flatMap(\.values)).contains { figure, pin in
      !(abs(figure.value - pin) <= 1e-5 * abs(pin))
    }
  }

  private static func names(of value: Any) -> [String] {
    Mirror(reflecting: value).children.flatMap { child -> [String] in
      let label = child.label ?? "?"
      if child.value is Double { return [label] }
      return names(of: child.value).map { "\(label).\($0)" }
    }
  }

  /// The numbers of an engine.
  enum EngineNumber: CaseIterable {
    case setUp, switchover, downtimeLimit, stream, streams, cap, postCopyState, goodput

    /// Doubles it; false where the platform has none, or where it decides nothing.
    func double(in engine: inout MigrationEngine) -> Bool {
      switch self {
      case .setUp: engine.setUpSeconds *= 2
      case .switchover: engine.switchoverSeconds *= 2
      case .downtimeLimit: engine.downtimeLimitSeconds *= 2
      case .stream:
        // Behind a cap a stream is never full.
        guard let stream = engine.streamMiBPerSecond, engine.capMiBPerSecond == nil else { return false }
        engine.streamMiBPerSecond = stream * 2
      case .streams:
        guard engine.streamMiBPerSecond != nil, engine.capMiBPerSecond == nil else { return false }
        engine.preCopyStreams *= 2
      case .cap:
        guard let cap = engine.capMiBPerSecond else { return false }
        engine.capMiBPerSecond = cap * 2
      case .postCopyState: engine.postCopyStateSeconds *= 2
      case .goodput: engine.goodput *= 2
      }
      return true
    }
  }
}
