public import StowageCosts
import StowageFormats
public import StowageModel
import StowageReports

/// The formulas of replication for one VM, or for many that are alike, over one link.
public struct ReplicationEstimate: Sendable {
  /// What is asked.
  public struct Question: Hashable, Sendable {
    /// Disks of one VM and what changes of them.
    public var stream: ReplicationStream
    /// VMs that are alike and share the link.
    public var vms = 1
    /// The link in Gb/s, and the part of the used rate that is kept free.
    public var gbps: Double
    /// Part of the used rate that is kept free.
    public var headroom = 0.0
    /// What copies.
    public var replicator: Replicator
    /// Recovery point objective in s.
    public var objectiveSeconds: Double

    /// A question about one VM.
    public init(
      stream: ReplicationStream, gbps: Double, replicator: Replicator, objectiveSeconds: Double
    ) {
      self.stream = stream
      self.gbps = gbps
      self.replicator = replicator
      self.objectiveSeconds = objectiveSeconds
    }
  }

  /// What was asked.
  public let question: Question
  /// What each VM is given of the link, in MiB/s.
  public let rateMiBPerSecond: Double
  /// The first copies of all, in s; `nil` when they never end.
  public let seedingSeconds: Double?
  /// A copy begins every so often, in s; `nil` when the replicator copies too seldom.
  public let intervalSeconds: Double?
  /// The oldest that a copy gets, in s; `nil` when copies queue up.
  public let oldestSeconds: Double?
  /// The least link that holds the objective, in Gb/s; `nil` when none does.
  public let leastGbps: Double?
  /// How long a VM is down when it is cut over, in s; `nil` when copies queue up.
  public let downtimeSeconds: Double?
  /// Limits of the replicator that are exceeded.
  public let exceeded: [ExceededLimit]

  /// The answer to a question.
  public init(_ question: Question) {
    self.question = question
    let (stream, count) = (question.stream, Double(question.vms))
    let usable = ReplicationLink.mibPerSecond(gbps: question.gbps, headroom: question.headroom)
    let rate = usable / count
    let interval = question.replicator.intervals.interval(objective: question.objectiveSeconds)
    rateMiBPerSecond = rate
    seedingSeconds = stream.seedingSeconds(
      atMiBPerSecond: ReplicationLink.mibPerSecond(gbps: question.gbps) / count)
    intervalSeconds = interval
    oldestSeconds = interval.flatMap { stream.worstAgeSeconds(interval: $0, atMiBPerSecond: rate) }
    leastGbps = interval.flatMap { interval in
      let least = stream.leastMiBPerSecond(objective: question.objectiveSeconds, interval: interval)
      return least.isFinite
        ? ReplicationLink.gbps(toCarryMiBPerSecond: least * count, headroom: question.headroom) : nil
    }
    downtimeSeconds = interval.flatMap { interval in
      guard stream.worstAgeSeconds(interval: interval, atMiBPerSecond: rate) != nil else { return nil }
      let delta = stream.deltaSeconds(interval: interval, atMiBPerSecond: rate)
      return CutOver(deltaSeconds: delta).downtimeSeconds
    }
    exceeded =
      question.replicator.limitsExceeded(vm: "", by: stream)
      + question.replicator.limitsExceeded(
        copies: question.vms, atMiBPerSecond: stream.wireMiBPerSecond * count)
  }

  /// Whether the objective is held and no limit exceeded.
  public var isHeld: Bool {
    exceeded.isEmpty && (oldestSeconds.map { $0 <= question.objectiveSeconds * (1 + 1e-9) } ?? false)
  }

  /// For people, each line ended by a line break.
  public var text: String {
    func duration(_ seconds: Double?, or other: String) -> String {
      seconds.map { Units.duration(seconds: $0) } ?? other
    }
    let often = intervalSeconds.map {
      $0 > 0 ? "every \(Units.duration(seconds: $0))" : "without a break"
    }
    var lines = [
      "Replication by \(question.replicator.name): \(Units.count(question.vms, "VM")) over \(Figure.bandwidth(question.gbps))",
      "  wire rate        \(Units.rate(mibPerSecond: question.stream.wireMiBPerSecond)) of each VM, the link gives it \(Units.rate(mibPerSecond: rateMiBPerSecond))",
      "  first copies     \(duration(seedingSeconds, or: "never end: disks change as fast as the link carries"))",
      "  copies           \(often ?? "too seldom for an RPO of \(Units.duration(seconds: question.objectiveSeconds))")",
      "  oldest copy      \(duration(oldestSeconds, or: "copies queue up without end")), \(Units.duration(seconds: question.objectiveSeconds)) asked",
      "  least bandwidth  \(leastGbps.map(Figure.bandwidth) ?? "none would do") for that RPO",
      "  cut-over         \(duration(downtimeSeconds, or: "never")) down: shutdown, last changes, boot",
    ]
    lines += exceeded.map { "  refused          \($0.sentence)" }
    return lines.map { "\($0)\n" }.joined()
  }

  /// For programs.
  public var json: String {
    JSONWriter.answer("stowage.replication/v1") { writer in
      writer.member("replicator", question.replicator.rawValue)
      writer.member("vms", question.vms)
      writer.member("wire_mib_per_s", question.stream.wireMiBPerSecond)
      writer.member("rate_mib_per_s", rateMiBPerSecond)
      writer.member("seeding_s", seedingSeconds)
      writer.member("interval_s", intervalSeconds)
      writer.member("oldest_s", oldestSeconds)
      writer.member("least_gbps", leastGbps)
      writer.member("cut_over_s", downtimeSeconds)
      writer.member("held", isHeld)
      writer.member("refused", exceeded.map(\.sentence))
    }
  }
}
