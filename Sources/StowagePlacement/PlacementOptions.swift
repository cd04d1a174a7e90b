/// How long to search, and what a caller that asks again has ruled out.
public struct PlacementOptions: Sendable {
  /// A VM and a host on which it must not end.
  public struct Exclusion: Hashable, Sendable {
    /// The VM by index.
    public var vm: Int
    /// The host by index.
    public var host: Int

    /// A VM and a host.
    public init(vm: Int, host: Int) {
      self.vm = vm
      self.host = host
    }
  }

  /// Seconds of wall clock after which the search ends with what it has.
  public var timeLimitSeconds: Double
  /// Whether only work is counted, never time: equal input then gives equal output on any machine.
  public var isDeterministic: Bool
  /// The seed of every random choice.
  public var seed: UInt64
  /// Threads that search, at least 1. What is found is the same with any number, unless time cuts the search short.
  public var threads = 1
  /// Hosts on which VMs must not end: what a caller learnt from an order that could not be found.
  /// A VM that stays where it is cannot be excluded from there by this.
  public var excluded: [Exclusion]
  /// Whole placements (host of each VM) that are not wanted again.
  public var excludedPlacements: [[Int]]
  /// The only hosts that may hold VMs at the end, by index; `nil` when the search chooses.
  public var keepHosts: [Int]?
  /// The number of hosts on at which it ends to look for fewer, for goals that count hosts.
  public var leastHostsOn: Int?
  /// Whether the first objective of the goal is all that is wanted, for measuring and comparing.
  public var endsAfterFirstObjective = false

  /// Who watches the search.
  public var watch = SearchWatch()

  /// Limits on the search.
  public init(
    timeLimitSeconds: Double = 60, isDeterministic: Bool = false, seed: UInt64 = 1,
    excluded: [Exclusion] = [], excludedPlacements: [[Int]] = [], keepHosts: [Int]? = nil
  ) {
    precondition(timeLimitSeconds > 0, "a search needs time: \(timeLimitSeconds) s")
    self.timeLimitSeconds = timeLimitSeconds
    self.isDeterministic = isDeterministic
    self.seed = seed
    self.excluded = excluded
    self.excludedPlacements = excludedPlacements
    self.keepHosts = keepHosts
  }
}
