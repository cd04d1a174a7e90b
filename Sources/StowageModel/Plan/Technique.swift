/// How a VM is moved.
public enum Technique: String, CaseIterable, Hashable, Comparable, Sendable {
  /// Stopped (or already off), moved, started again.
  case cold
  /// Memory is copied while the VM runs; it pauses for what is left.
  case preCopy = "pre-copy"
  /// The VM is switched over first and fetches its memory afterwards.
  case postCopy = "post-copy"
  /// One pre-copy pass, then post-copy for what was dirtied meanwhile.
  case hybrid

  /// Whether the VM runs during the move and is charged at both ends.
  public var isLive: Bool { self != .cold }

  private var rank: Int {
    switch self {
    case .cold: 0
    case .preCopy: 1
    case .postCopy: 2
    case .hybrid: 3
    }
  }

  /// Orders techniques as they are listed here.
  public static func < (left: Self, right: Self) -> Bool {
    left.rank < right.rank
  }
}
