/// Whether a VM can move to a host by a technique.
public enum Verdict: Hashable, Sendable {
  /// It can, and its disks stay where they are.
  case allowed
  /// It can when its disks are copied too.
  case allowedWithStorageCopy
  /// It cannot: the first reason, and what lifts it.
  case blocked(because: String, remedy: String)

  /// Whether the technique can be used.
  public var isAllowed: Bool { storage != nil }

  /// Whether disks travel too; `nil` when the technique is blocked.
  public var storage: StorageCopy? {
    switch self {
    case .allowed: StorageCopy.none
    case .allowedWithStorageCopy: .full
    case .blocked: nil
    }
  }
}

/// Whether a VM can move at all.
public enum Mobility: Hashable, Sendable {
  /// By one technique at least, to some hosts at least.
  case free
  /// Not by any technique; the sentence names the reason and what lifts it.
  case pinned(because: String)
}
