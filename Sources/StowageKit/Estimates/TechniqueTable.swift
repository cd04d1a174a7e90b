public import StowageCosts
public import StowageModel

/// What every technique would cost for one VM over one path, and which is chosen.
public struct TechniqueTable: Sendable {
  /// One technique.
  public struct Row: Sendable {
    /// Which.
    public let technique: Technique
    /// What helps its pre-copy along; `nil` for a move as the platform makes it by itself.
    public let aid: PreCopyAid?
    /// What it costs; also of a technique that is not possible, as far as it can be computed.
    public let forecast: Forecast
    /// Why it is not chosen; `nil` for the one that is.
    public let because: String?
  }

  /// What else the platform could do with it.
  public let variants: [MoveVariant]
  /// Whether pre-copy comes to an end, and what would make it; `nil` for a VM that does not run.
  public let convergence: Convergence?

  /// The techniques, in their usual order; pre-copy with an aid after plain pre-copy, where it is the one to use.
  public let rows: [Row]
  /// The technique to use; `nil` when none is left.
  public let chosen: Technique?
  /// Payload that the path gives, in MiB/s.
  public let payloadMiBPerSecond: Double

  /// Estimates for a VM that moves between two hosts which differ in nothing.
  ///
  /// - Parameters:
  ///   - vm: the VM.
  ///   - host: where it runs, of which the target is the like; `nil` for a host of which nothing is known.
  ///   - gbps: bandwidth of the path in Gb/s; `nil` when it is not known.
  ///   - roundTripMilliseconds: round trip of the path.
  ///   - engine: what moves it.
  public init(
    vm: VM, on host: Host? = nil, gbps: Double?, roundTripMilliseconds: Double, engine: MigrationEngine
  ) {
    let source = host ?? Host(id: "source", cores: 1, memoryMiB: vm.memoryMiB)
    var target = source
    target.id = Host.ID(source.id.rawValue + " (like)")
    let chooser = TechniqueChooser(engine: engine)
    let path = MigrationPath(
      payloadMiBPerSecond: gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown,
      roundTripMilliseconds: roundTripMilliseconds)
    let storage = Feasibility.storageCopy(vm, from: source, to: target)
    let choice = chooser.choose(vm: vm, from: source, to: target, path: path)
    let refused = choice?.rejected ?? chooser.obstacles(vm: vm, from: source, to: target, path: path)
    let model = MigrationModel(engine: engine)
    rows = Technique.allCases.flatMap { technique in
      let plain = Row(
        technique: technique, aid: nil,
        forecast: model.forecast(vm, technique: technique, storage: storage, path: path),
        because: refused.first { $0.technique == technique }?.because)
      guard let choice, let aid = choice.aid, choice.technique == technique else { return [plain] }
      return [plain, Row(technique: technique, aid: aid, forecast: choice.forecast, because: nil)]
    }
    chosen = choice?.technique
    payloadMiBPerSecond = path.payloadMiBPerSecond * engine.goodput
    variants = model.variants(of: vm, storage: storage, path: path)
    convergence = model.convergence(of: vm, storage: storage, path: path)
  }
}
