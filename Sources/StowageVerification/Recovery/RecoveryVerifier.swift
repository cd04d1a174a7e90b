public import StowageModel

/// The independent judge of recovery plans.
///
/// Counts everything anew from the inventory and the plan's own terms: who asks for a copy, where copies may be, room on
/// hosts for the failure of each site, space, links, intervals, ages, restarts. It shares no code with what plans.
public struct RecoveryVerifier: Sendable {
  private let inventory: Inventory
  private let inventoryDigest: String?

  /// A judge of recovery plans for one inventory.
  ///
  /// - Parameters:
  ///   - inventory: what plans are made for.
  ///   - inventoryDigest: SHA-256 of the inventory in native form, which a plan's stamp must show; `nil` when it is
  ///     not to be compared.
  public init(inventory: Inventory, inventoryDigest: String? = nil) {
    self.inventory = inventory
    self.inventoryDigest = inventoryDigest
  }

  /// Judges a plan.
  public func judge(_ plan: RecoveryPlan) -> RecoveryVerdict {
    let roster = Roster(inventory, sizing: plan.terms.sizing)
    let copies = CopyBook(plan, roster: roster)
    var findings = copies.findings
    if let inventoryDigest, plan.inventory.sha256 != inventoryDigest {
      findings.append(.stamp)
    }
    if findings.isEmpty {
      findings += CopyPlaceCheck(copies, inventory: inventory, roster: roster).run()
      findings += CopyRoomCheck(copies, inventory: inventory, roster: roster).run()
      findings += CopyRateCheck(copies, inventory: inventory, roster: roster).run()
      findings += RestartCheck(copies, roster: roster).run()
      findings += RestartRuleCheck(copies, inventory: inventory, roster: roster).run()
      findings += FigureCheck(copies, inventory: inventory, roster: roster).run()
    }
    return RecoveryVerdict(findings: findings, copies: plan.replicas.count)
  }
}

/// What the judge says about a recovery plan.
public struct RecoveryVerdict: Hashable, Sendable {
  /// Everything that does not hold.
  public let findings: [RecoveryFact]
  /// Copies looked at.
  public let copies: Int

  /// Whether everything holds.
  public var isAccepted: Bool { findings.isEmpty }
}
