/// What helps a pre-copy along beside what its platform does by itself.
public enum PreCopyAid: String, CaseIterable, Hashable, Comparable, Sendable {
  /// ``streamCount`` streams (QEMU's multifd).
  case streams = "streams-8"
  /// Pages packed by as many threads, one for each stream (multifd with zstd).
  case zstd = "zstd-8"
  /// Pages sent again as what changed in them; one stream.
  case xbzrle
  /// The guest slowed down in steps until rounds shrink.
  case autoConverge = "auto-converge"
  /// The vCPUs that write held to a rate.
  case dirtyLimit = "dirty-limit"

  /// How many streams are opened. Chosen: twice what libvirt's runbook opens anyway.
  public static let streamCount = 8

  /// What it is called in a sentence.
  public var name: String {
    switch self {
    case .streams: "\(Self.streamCount) streams"
    case .zstd: "zstd in \(Self.streamCount) streams"
    case .xbzrle: "XBZRLE"
    case .autoConverge: "auto-converge"
    case .dirtyLimit: "dirty-limit"
    }
  }

  /// Whether the guest is given less time than it asks for.
  public var slowsGuestDown: Bool { self == .autoConverge || self == .dirtyLimit }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Orders aids as they are listed here.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
