public import StowageModel

/// Something about the copies that VMs keep at other sites while a plan is carried out.
public enum ProtectionFact: Hashable, Sendable {
  /// Copies are listed, and none were asked for.
  case notAsked
  /// A VM is listed that is unknown, has no `rpo_s`, or is listed twice.
  case stranger(VM.ID)
  /// A VM with `rpo_s` has no copy.
  case forgotten(VM.ID)
  /// The copy is not at the other end of the VM's move, or not at another site.
  case place(VM.ID, because: String)
  /// The copy gets too old.
  case age(VM.ID, because: String)
  /// A link is given more copies than replication gets of it, in MiB/s.
  case share(String, most: Double)
  /// What is left for the move to send is not what changes between two copies.
  case delta(VM.ID, stated: Double, actual: Double)

  var sentence: String {
    switch self {
    case .notAsked: "copies are listed in 'protection', and none were asked for"
    case .stranger(let vm):
      "the copy of VM \(Words.name(vm)) is listed, which has no rpo_s and host, or is listed already"
    case .forgotten(let vm): "VM \(Words.name(vm)) has an rpo_s and keeps no copy"
    case .place(let vm, let because): "the copy of VM \(Words.name(vm)): \(because)"
    case .age(let vm, let because): "the copy of VM \(Words.name(vm)) gets too old: \(because)"
    case .share(let channel, let most):
      "\(Words.name(channel)) gives copies \(Words.number(most, decimals: 3)) MiB/s and is asked for more"
    case .delta(let vm, let stated, let actual):
      "the copy of VM \(Words.name(vm)) leaves \(Words.number(stated, decimals: 1)) MiB to the move, and must leave "
        + Words.number(actual, decimals: 1) + " MiB"
    }
  }
}
