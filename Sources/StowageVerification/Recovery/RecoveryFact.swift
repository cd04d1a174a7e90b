public import StowageModel

/// One way in which a recovery plan is not what it must be.
public enum RecoveryFact: Hashable, Sendable {
  /// The plan was made for another inventory.
  case stamp
  /// A VM, host or store that the inventory does not know, or a VM that is named twice.
  case name(String, what: String)
  /// A VM that states an objective and is neither copied nor refused.
  case forgotten(VM.ID)
  /// The copy is, or says that it is, where it cannot be.
  case place(VM.ID, because: String)
  /// A host cannot hold who restarts there when a site fails.
  case room(Host.ID, failing: String, String)
  /// Disks do not fit.
  case space(String, gib: Double, free: Double)
  /// A link or port is given more copies than it carries.
  case link(String, sum: Double, payload: Double)
  /// The links of a copy are not those of its way.
  case route(VM.ID)
  /// More than the replicator's vendor supports: who, of what, and how many times as much.
  case vendor(String, String, part: Double)
  /// The copy gets older than it may, or than the plan says.
  case age(VM.ID, because: String)
  /// The restart is not when the plan says, or too late.
  case restart(VM.ID, because: String)
  /// VMs that one app or affinity ties together have copies at several sites.
  case split(VM.ID, VM.ID)
  /// Members of an anti-affinity restart in one place.
  case crowd(Rule.ID, VM.ID, VM.ID)
  /// A rule does not hold when a site has failed and its VMs have restarted.
  case rule(Rule.ID, failing: String, String)
  /// A figure of the plan is not what its copies come to, or a bound is above it.
  case figure(String, stated: Double, counted: Double)
  /// The outcome claims more than the bounds.
  case outcome

  /// The kind of finding.
  public var code: FindingCode {
    switch self {
    case .stamp, .name, .forgotten: .recoveryDocument
    case .place, .split, .crowd: .recoveryPlace
    case .rule: .recoveryRule
    case .room, .space: .recoveryRoom
    case .link, .route, .vendor: .recoveryLink
    case .age: .recoveryAge
    case .restart: .recoveryRestart
    case .figure, .outcome: .recoveryFigure
    }
  }

  /// What was found.
  public var sentence: String {
    switch self {
    case .stamp: "the plan was made for another inventory"
    case .name(let name, let what): "\(Words.name(name)): \(what)"
    case .forgotten(let vm): "VM \(Words.name(vm)) states an objective and is neither copied nor refused"
    case .place(let vm, let because): "the copy of VM \(Words.name(vm)) cannot be there: \(because)"
    case .room(let host, let failing, let share):
      "host \(Words.name(host)) would hold \(share) when \(Words.name(failing)) fails"
    case .space(let store, let gib, let free):
      "\(Words.name(store)) has \(Words.oneDecimal(free)) GiB free and is given copies of \(Words.oneDecimal(gib)) GiB"
    case .link(let channel, let sum, let payload):
      "\(Words.name(channel)) carries \(Words.number(payload, decimals: 3)) MiB/s of copies and is given \(Words.number(sum, decimals: 3))"
    case .route(let vm): "the links of the copy of VM \(Words.name(vm)) are not those of its way"
    case .vendor(let vendor, let what, let part):
      "\(what): \(Words.number(part, decimals: 3)) times what \(vendor) supports"
    case .age(let vm, let because): "the copy of VM \(Words.name(vm)) gets too old: \(because)"
    case .restart(let vm, let because): "the restart of VM \(Words.name(vm)): \(because)"
    case .split(let one, let other):
      "VMs \(Words.name(one)) and \(Words.name(other)) go together and have their copies at different sites"
    case .crowd(let rule, let one, let other):
      "rule \(Words.name(rule)) keeps VMs \(Words.name(one)) and \(Words.name(other)) apart, and they would restart in one place"
    case .rule(let rule, let failing, let sentence):
      "rule \(Words.name(rule)) would not hold when \(Words.name(failing)) fails: \(sentence)"
    case .figure(let name, let stated, let counted):
      "the plan states \(name) \(Words.number(stated, decimals: 3)), and it is \(Words.number(counted, decimals: 3))"
    case .outcome: "the plan claims to be optimal, and its bounds do not meet its figures"
    }
  }
}

extension RecoveryFact: CustomStringConvertible {
  /// The sentence and the code.
  public var description: String { "\(sentence) [\(code.rawValue)]" }
}

extension FindingCode {
  /// Names, stamp and lists of a recovery plan.
  public static let recoveryDocument = FindingCode(rawValue: "recovery.document")
  /// Where a copy is.
  public static let recoveryPlace = FindingCode(rawValue: "recovery.place")
  /// Room for restarts, space for disks.
  public static let recoveryRoom = FindingCode(rawValue: "recovery.room")
  /// What links and ports carry of copies.
  public static let recoveryLink = FindingCode(rawValue: "recovery.link")
  /// How old a copy gets.
  public static let recoveryAge = FindingCode(rawValue: "recovery.age")
  /// When a VM restarts.
  public static let recoveryRestart = FindingCode(rawValue: "recovery.restart")
  /// What rules ask of VMs that restart.
  public static let recoveryRule = FindingCode(rawValue: "recovery.rule")
  /// What a recovery plan states of itself.
  public static let recoveryFigure = FindingCode(rawValue: "recovery.figure")

  static let recoveryCodes: [FindingCode] = [
    .recoveryDocument, .recoveryPlace, .recoveryRoom, .recoveryLink, .recoveryAge, .recoveryRestart,
    .recoveryRule, .recoveryFigure,
  ]
}
