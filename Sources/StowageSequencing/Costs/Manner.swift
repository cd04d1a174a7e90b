import StowageCosts
import StowageModel

/// How a move is made: by a technique, and with what helps its pre-copy along.
struct Manner: Hashable, Comparable {
  var technique: Technique
  var aid: PreCopyAid?

  init(_ technique: Technique, aid: PreCopyAid? = nil) {
    self.technique = technique
    self.aid = aid
  }

  /// Every manner in which a plan may have a move made.
  static func all(on engine: MigrationEngine) -> Set<Manner> {
    Set(
      Technique.allCases.map { Manner($0) }
        + PreCopyAid.planned(on: engine).map { Manner(.preCopy, aid: $0) })
  }

  /// By technique, without an aid first.
  static func < (left: Self, right: Self) -> Bool {
    guard left.technique == right.technique else { return left.technique < right.technique }
    guard let own = right.aid else { return false }
    return left.aid.map { $0 < own } ?? true
  }
}
