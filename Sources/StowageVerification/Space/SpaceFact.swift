public import StowageModel

/// Something about where disks lie.
public enum SpaceFact: Hashable, Sendable {
  /// A move names a datastore and takes no disks to one.
  case needless(Move.ID)
  /// A move takes disks to a datastore that its target does not reach.
  case unreached(Move.ID, store: String)
  /// A copy lies on a datastore that its host does not reach.
  case copyUnreached(VM.ID, store: String)
  /// A datastore holds more than it has room for, and than at the start; all in GiB.
  case overfull(String, holds: Double, capacity: Double, atStart: Double)
}

extension SpaceFact: FactWording {
  var code: FindingCode { .space }

  var sentence: String {
    switch self {
    case .needless(let move):
      "move \(Words.name(move)) names a datastore, and its VM's disks stay, or go to disks of the host alone"
    case .unreached(let move, let store):
      "move \(Words.name(move)) takes disks to \(Words.name(store)), which its target does not reach"
    case .copyUnreached(let vm, let store):
      "the copy of VM \(Words.name(vm)) lies on \(Words.name(store)), which its host does not reach"
    case .overfull(let store, let holds, let capacity, let atStart):
      "datastore \(Words.name(store)) has \(Words.oneDecimal(capacity)) GiB and comes to hold up to \(Words.oneDecimal(holds)) GiB, "
        + "\(Words.oneDecimal(atStart)) GiB of them at the start"
    }
  }
}

extension FindingCode {
  /// Disks that datastores have no room for, or that lie where their host does not reach them.
  public static let space = FindingCode(rawValue: "verify.space")

  static let spaceCodes: [FindingCode] = [.space]
}
