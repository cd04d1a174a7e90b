public import StowageModel

/// Something about where and how a VM may move.
public enum TargetFact: Hashable, Sendable {
  /// The target takes no VMs in: it is not online, in maintenance or not schedulable.
  case unusable(Move.ID, Host.ID, because: String)
  /// The target is not among the VM's allowed hosts.
  case notAllowed(Move.ID, VM.ID, Host.ID)
  /// The target is among the VM's forbidden hosts.
  case forbidden(Move.ID, VM.ID, Host.ID)
  /// The target does not carry networks that the VM needs.
  case networks(Move.ID, VM.ID, Host.ID, missing: [String])
  /// The VM needs GPUs, and how many the target has is not known.
  case gpus(Move.ID, VM.ID, Host.ID, needed: Int)
  /// The target lies in another cluster, and the plan was to stay within clusters.
  case otherCluster(Move.ID, VM.ID, from: String?, to: String?)
  /// No technique can move the VM.
  case immovable(Move.ID, VM.ID, because: String)
  /// The technique cannot be used for this VM between these hosts.
  case technique(Move.ID, VM.ID, Technique, because: String)
  /// The move does not come to an end by itself at the stated rate.
  case endless(Move.ID, VM.ID, Technique, rate: Double)
  /// The pause is longer than the VM's users bear.
  case downtime(Move.ID, VM.ID, milliseconds: Double, limit: Double)
}

extension TargetFact: FactWording {
  var code: FindingCode {
    switch self {
    case .unusable, .notAllowed, .forbidden, .networks, .gpus, .otherCluster: .target
    case .immovable: .immovable
    case .technique: .technique
    case .endless: .endless
    case .downtime: .downtime
    }
  }

  var sentence: String {
    switch self {
    case .unusable(let move, let host, let because):
      "move \(Words.name(move)) goes to host \(Words.name(host)), which \(because)"
    case .notAllowed(let move, let vm, let host):
      "\(Self.head(move, vm, host)), which is not among its allowed hosts"
    case .forbidden(let move, let vm, let host):
      "\(Self.head(move, vm, host)), which is one of its forbidden hosts"
    case .networks(let move, let vm, let host, let missing):
      "\(Self.head(move, vm, host)), which does not carry \(Words.list(missing.map { Words.name($0) }))"
    case .gpus(let move, let vm, let host, let needed):
      "\(Self.head(move, vm, host)), whose GPUs are not known; it needs \(needed)"
    case .otherCluster(let move, let vm, let from, let to):
      "move \(Words.name(move)) takes VM \(Words.name(vm)) from \(Self.cluster(from)) to \(Self.cluster(to)), "
        + "and the plan was to stay within clusters"
    case .immovable(let move, let vm, let because):
      "move \(Words.name(move)) moves VM \(Words.name(vm)), which cannot move: \(because)"
    case .technique(let move, let vm, let technique, let because):
      "move \(Words.name(move)) moves VM \(Words.name(vm)) by \(technique.rawValue): \(because)"
    case .endless(let move, let vm, let technique, let rate):
      "move \(Words.name(move)) of VM \(Words.name(vm)) by \(technique.rawValue) does not come to an end at "
        + "\(Words.number(rate, decimals: 3)) MiB/s"
    case .downtime(let move, let vm, let milliseconds, let limit):
      "move \(Words.name(move)) pauses VM \(Words.name(vm)) for \(Words.number(milliseconds, decimals: 0)) ms, "
        + "which bears \(Words.number(limit, decimals: 0)) ms"
    }
  }

  private static func head(_ move: Move.ID, _ vm: VM.ID, _ host: Host.ID) -> String {
    "move \(Words.name(move)) takes VM \(Words.name(vm)) to host \(Words.name(host))"
  }

  private static func cluster(_ name: String?) -> String {
    name.map { "cluster \(Words.name($0))" } ?? "no cluster"
  }
}

extension FindingCode {
  /// A move to a host where the VM may not go.
  public static let target = FindingCode(rawValue: "verify.target")
  /// A VM moves that no technique can move.
  public static let immovable = FindingCode(rawValue: "verify.immovable")
  /// A technique that cannot be used for this VM between these hosts.
  public static let technique = FindingCode(rawValue: "verify.technique")
  /// A move that does not come to an end by itself.
  public static let endless = FindingCode(rawValue: "verify.endless")
  /// A pause longer than the VM's users bear.
  public static let downtime = FindingCode(rawValue: "verify.downtime")

  static let targetCodes: [FindingCode] = [.target, .immovable, .technique, .endless, .downtime]
}
