import StowageDiagnostics
import StowageModel

/// A rule together with where it was written.
struct PlacedRule: Hashable, Sendable {
  /// The rule.
  var rule: Rule
  /// Where it starts in its file.
  var place: SourcePlace?
}

/// A rule with the VMs and hosts that it selects in an inventory.
struct ResolvedRule: Sendable {
  /// The rule.
  let rule: Rule
  /// Where it was written.
  let place: SourcePlace?
  /// Selected VMs that have a host, as ascending positions in the inventory. A VM without a known
  /// host takes no part in any rule.
  let vms: [Int]
  /// All selected VMs.
  let selectedVMs: [Int]
  /// VMs of the other side of a rule that has two.
  let otherVMs: [Int]
  /// Selected hosts, as ascending positions in the inventory.
  let hosts: [Int]

  /// `rule 'licence'`, as sentences call it.
  var name: String { "rule \(Diagnostic.quoted(rule.id.rawValue))" }
}

extension Requirement {
  /// Which VMs are meant; `nil` for the kinds that speak of hosts only.
  var vmSelection: Selection? {
    switch self {
    case .affinity(let affinity): affinity.vms
    case .antiAffinity(let antiAffinity): antiAffinity.vms
    case .onlyOn(let onlyOn): onlyOn.vms
    case .neverOn(let neverOn): neverOn.vms
    case .stay(let stay): stay.vms
    case .spread(let spread): spread.vms
    case .preferOn(let preferOn): preferOn.vms
    case .dedicated(let dedicated): dedicated.vms
    // Of these, a selection that is not written means everybody.
    case .groupCap(let cap): cap.vms.isUnspecified ? nil : cap.vms
    case .maxMoves(let most): most.vms.isUnspecified ? nil : most.vms
    case .moveBudget(let budget): budget.vms.isUnspecified ? nil : budget.vms
    case .concurrency(let most): most.vms.isUnspecified ? nil : most.vms
    case .before(let order): order.vms
    case .serialize(let serial): serial.vms
    case .together(let together): together.vms
    case .technique(let limit): limit.vms
    case .deadline(let deadline): deadline.vms
    case .window(let window): window.vms
    case .blackout(let blackout): blackout.vms
    case .drain, .failover, .noNew, .keepOn: nil
    }
  }

  /// Which VMs are on the other side of a rule that has two.
  var otherVMSelection: Selection? {
    if case .before(let order) = self { order.then } else { nil }
  }

  /// Which hosts are meant; `nil` for the kinds that speak of VMs only.
  var hostSelection: Selection? {
    switch self {
    case .affinity, .antiAffinity, .stay, .spread, .dedicated, .maxMoves, .moveBudget, .before, .serialize,
      .together, .technique, .deadline, .window, .blackout:
      nil
    case .concurrency(let most): most.hosts.isUnspecified ? nil : most.hosts
    case .onlyOn(let onlyOn): onlyOn.hosts
    case .neverOn(let neverOn): neverOn.hosts
    case .drain(let drain): drain.hosts
    case .failover(let failover): failover.hosts
    case .preferOn(let preferOn): preferOn.hosts
    case .noNew(let noNew): noNew.hosts
    case .keepOn(let keepOn): keepOn.hosts
    case .groupCap(let cap): cap.hosts
    }
  }
}
