/// One step of a plan: a VM goes from one host to another.
///
/// Times are seconds after the start of the plan, rounded to milliseconds.
public struct Move: Identifiable, Hashable, Sendable {
  /// Names a move within its plan: `m0001`, `m0002`, … in the order of their starts.
  public struct ID: Identifier {
    /// The text of the identifier.
    public let rawValue: String
    /// Wraps the text of an identifier.
    public init(_ text: String) { rawValue = text }
  }

  /// The name.
  public var id: ID
  /// Who moves.
  public var vm: VM.ID
  /// Where it is before.
  public var from: Host.ID
  /// Where it is afterwards.
  public var to: Host.ID
  /// How.
  public var technique: Technique
  /// What helps its pre-copy along; `nil` for a move as its platform makes it by itself.
  public var aid: PreCopyAid? = nil
  /// 1 for a move that waits for none, else one more than the highest wave among ``after``; where the
  /// request asks for waves (``WavePolicy``), the wave with which it goes.
  public var wave: Int
  /// When it starts.
  public var startSeconds: Double
  /// When it ends.
  public var endSeconds: Double
  /// When the source stops being charged: at the end of a live move, once a cold VM is shut down.
  public var sourceReleasedSeconds: Double
  /// When the target starts being charged: at the start of a live move, when a cold VM starts again.
  public var targetReservedSeconds: Double
  /// Payload rate reserved on every link of the path, in MiB/s; 0 when nothing is copied.
  public var rateMiBPerSecond: Double
  /// The links used, each with its direction: `host-12:out`, `host-07:in`, or a link id with `:ab` or `:ba`.
  public var links: [String]
  /// Moves that must have freed room, or ended, before this one starts, in ascending order.
  public var after: [ID]
  /// What the cost model expects at this rate; `nil` in a plan whose maker did not estimate.
  public var estimate: MoveEstimate?
  /// The copy of its disks that was made ahead; `nil` when there is none.
  public var seed: Seed?
  /// Where its disks lie afterwards; `nil` when they stay where they are, or on disks of the host alone, or when nobody
  /// knows which datastores the target reaches.
  public var datastore: String? = nil
  /// Why the VM moves.
  public var reason: String
  /// Techniques that were not chosen, and why, with numbers; of a move with an ``aid`` also pre-copy without it.
  public var rejected: [RejectedTechnique]

  /// A move of its parts.
  public init(
    id: ID, vm: VM.ID, from: Host.ID, to: Host.ID, technique: Technique, wave: Int, startSeconds: Double,
    endSeconds: Double, sourceReleasedSeconds: Double, targetReservedSeconds: Double,
    rateMiBPerSecond: Double, links: [String], after: [ID], estimate: MoveEstimate?, seed: Seed? = nil,
    reason: String, rejected: [RejectedTechnique]
  ) {
    self.id = id
    self.vm = vm
    self.from = from
    self.to = to
    self.technique = technique
    self.wave = wave
    self.startSeconds = startSeconds
    self.endSeconds = endSeconds
    self.sourceReleasedSeconds = sourceReleasedSeconds
    self.targetReservedSeconds = targetReservedSeconds
    self.rateMiBPerSecond = rateMiBPerSecond
    self.links = links
    self.after = after
    self.estimate = estimate
    self.seed = seed
    self.reason = reason
    self.rejected = rejected
  }
}

/// From the least to the most that a figure may be.
public struct FigureRange: Hashable, Sendable {
  /// The least.
  public var low: Double
  /// The most.
  public var high: Double

  /// A range of its ends.
  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// What the cost model expects of a move, rounded as written in the plan.
public struct MoveEstimate: Hashable, Sendable {
  /// Sent over the network, in MiB, rounded up.
  public var bytesMiB: Double
  /// Pause as the guest sees it, in ms, rounded up.
  public var downtimeMilliseconds: Double
  /// Copy passes, the last one included; 0 when nothing is copied.
  public var rounds: Int
  /// Shortest time within the uncertainty of the inputs, in s.
  public var lowSeconds: Double
  /// Longest time within the uncertainty of the inputs, in s.
  public var highSeconds: Double
  /// Guest time lost to throttling and page faults, in s per vCPU.
  public var guestSlowdownSeconds: Double
  /// Probability that the VM is lost to a failure during the move, 0 to 1.
  public var lossProbability: Double
  /// What may be sent within the uncertainty of the inputs, in MiB; `nil` in a plan whose maker did not say.
  public var bytesRange: FigureRange?
  /// The pause within the uncertainty of the inputs, in ms; `nil` in a plan whose maker did not say.
  public var downtimeRange: FigureRange?
  /// The parts of the downtime of a cold move with disks, where the plan tells them, rounded up to ms.
  public var cutOver: CutOver?

  /// An estimate of its parts.
  public init(
    bytesMiB: Double, downtimeMilliseconds: Double, rounds: Int, lowSeconds: Double, highSeconds: Double,
    guestSlowdownSeconds: Double, lossProbability: Double
  ) {
    self.bytesMiB = bytesMiB
    self.downtimeMilliseconds = downtimeMilliseconds
    self.rounds = rounds
    self.lowSeconds = lowSeconds
    self.highSeconds = highSeconds
    self.guestSlowdownSeconds = guestSlowdownSeconds
    self.lossProbability = lossProbability
  }
}

/// A technique that was not chosen, and why.
public struct RejectedTechnique: Hashable, Sendable {
  /// Which.
  public var technique: Technique
  /// The first rule that it violates or the figure by which it is worse.
  public var because: String

  /// A technique and the reason against it.
  public init(_ technique: Technique, because: String) {
    self.technique = technique
    self.because = because
  }
}
