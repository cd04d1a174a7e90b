/// How VMs that state an `rpo_s` keep a copy at another site from the start of a plan to its end.
///
/// Before a VM moves to another site its copy is where it will go, and afterwards where it came from: when a site is lost, its
/// VMs restart at the other end of their moves, where they have room before and after. A VM that moves to no other site has its
/// copy at one and the same other site all the time.
public struct ProtectionPolicy: Hashable, Sendable {
  /// What keeps the copies in step.
  public var replicator: Replicator
  /// Part of the data that compression takes away, 0 to below 1.
  public var reduction: Double
  /// Part that headers and encryption add.
  public var overhead: Double
  /// Part of the used rate that each link keeps free for catching up, as in ``RecoveryTerms``.
  public var headroom: Double
  /// Part of a link that other traffic shares (`shared`) which copies may use, above 0 to 1, as in ``RecoveryTerms``.
  public var sharedLinkPart: Double

  /// Copies by a replicator; nothing is compressed and nothing added unless said, and links give what ``RecoveryTerms`` says.
  public init(
    replicator: Replicator, reduction: Double = 0, overhead: Double = 0, headroom: Double = 0.25,
    sharedLinkPart: Double = 0.5
  ) {
    self.replicator = replicator
    self.reduction = reduction
    self.overhead = overhead
    self.headroom = headroom
    self.sharedLinkPart = sharedLinkPart
  }
}

/// The copy that one VM keeps at another site while a plan is carried out.
public struct Protection: Hashable, Sendable {
  /// Whose.
  public var vm: VM.ID
  /// Where the copy is until the last move ends that takes the VM to another site.
  public var before: Host.ID
  /// Where it is from then on.
  public var after: Host.ID
  /// A copy begins every so often, in s; 0 without a break.
  public var intervalSeconds: Double
  /// Payload rate reserved on every link between VM and copy, in MiB/s.
  public var rateMiBPerSecond: Double
  /// The oldest that the copy gets at that rate, in s.
  public var worstAgeSeconds: Double
  /// What a cold move that builds on the copy has left to send, in MiB; `nil` for a move that sends all of the disks itself, or no move.
  public var deltaMiB: Double?
  /// Where the copy of a VM that moves to no other site lies; `nil` where the inventory describes no datastore of its host, and
  /// for a VM that moves: its copy is where its move puts the disks, and then where these were.
  public var datastore: String? = nil
  /// The channels from the VM to its copy before, as moves name them.
  public var linksBefore: [String]
  /// The channels from the VM to its copy after.
  public var linksAfter: [String]

  /// A copy of its parts.
  public init(
    vm: VM.ID, before: Host.ID, after: Host.ID, intervalSeconds: Double, rateMiBPerSecond: Double,
    worstAgeSeconds: Double, deltaMiB: Double? = nil, linksBefore: [String], linksAfter: [String]
  ) {
    self.vm = vm
    self.before = before
    self.after = after
    self.intervalSeconds = intervalSeconds
    self.rateMiBPerSecond = rateMiBPerSecond
    self.worstAgeSeconds = worstAgeSeconds
    self.deltaMiB = deltaMiB
    self.linksBefore = linksBefore
    self.linksAfter = linksAfter
  }
}
