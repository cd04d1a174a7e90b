public import StowageModel

/// Something about the way of a VM through its moves.
public enum MovementFact: Hashable, Sendable {
  /// A move takes a VM from where it is not.
  case notThere(Move.ID, VM.ID, from: Host.ID, actual: Host.ID)
  /// The moves leave a VM elsewhere than the placement says.
  case endsElsewhere(VM.ID, placement: Host.ID, actual: Host.ID)
  /// A move begins before the move before it has ended.
  case overlaps(Move.ID, VM.ID, earlier: Move.ID, endSeconds: Double)
  /// A move goes from a host to the same host.
  case goesNowhere(Move.ID, VM.ID, Host.ID)
  /// A VM moves that has no host to move from.
  case fromNowhere(Move.ID, VM.ID)
}

extension MovementFact: FactWording {
  var code: FindingCode {
    switch self {
    case .notThere, .endsElsewhere, .fromNowhere: .path
    case .overlaps: .overlap
    case .goesNowhere: .goesNowhere
    }
  }

  var sentence: String {
    switch self {
    case .notThere(let move, let vm, let from, let actual):
      "move \(Words.name(move)) takes VM \(Words.name(vm)) from \(Words.name(from)), but it is on \(Words.name(actual))"
    case .endsElsewhere(let vm, let placement, let actual):
      "VM \(Words.name(vm)) ends on \(Words.name(actual)), and the placement says \(Words.name(placement))"
    case .overlaps(let move, let vm, let earlier, let end):
      "move \(Words.name(move)) of VM \(Words.name(vm)) begins, and its move \(Words.name(earlier)) ends at "
        + Words.seconds(end)
    case .goesNowhere(let move, let vm, let host):
      "move \(Words.name(move)) takes VM \(Words.name(vm)) from \(Words.name(host)) to the same host"
    case .fromNowhere(let move, let vm):
      "move \(Words.name(move)) moves VM \(Words.name(vm)), which has no host to move from"
    }
  }
}

extension FindingCode {
  /// The moves of a VM do not lead from its host to its place.
  public static let path = FindingCode(rawValue: "verify.path")
  /// A VM is in two moves at once.
  public static let overlap = FindingCode(rawValue: "verify.overlap")
  /// A move goes from a host to the same host.
  public static let goesNowhere = FindingCode(rawValue: "verify.goes-nowhere")

  static let movementCodes: [FindingCode] = [.path, .overlap, .goesNowhere]
}
