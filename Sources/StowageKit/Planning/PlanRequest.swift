public import StowageModel

/// What an operator asks of the planner.
public struct PlanRequest: Sendable {
  /// What for.
  public var goal: Goal
  /// How demand is counted, on which platform, which hosts, how many moves.
  public var options: PlanOptions
  /// Hosts at which a consolidation or a move to other sites stops, though fewer would do; `nil` for as few as can be.
  public var leastHostsOn: Int?
  /// Wall-clock seconds for the search of a placement.
  public var timeLimitSeconds: Double
  /// Whether limits are counted in work instead of time, so that the answer is the same on every machine.
  public var isDeterministic: Bool
  /// The seed of every random choice.
  public var seed: UInt64
  /// Threads that search, at least 1. The answer is the same with any number, unless time cuts the search short.
  public var threads = 1

  /// A request with a minute to search.
  public init(
    goal: Goal, options: PlanOptions = PlanOptions(), timeLimitSeconds: Double = 60,
    isDeterministic: Bool = false, seed: UInt64 = 1
  ) {
    self.goal = goal
    self.options = options
    self.timeLimitSeconds = timeLimitSeconds
    self.isDeterministic = isDeterministic
    self.seed = seed
  }
}
