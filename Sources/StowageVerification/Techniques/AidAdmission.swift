import StowageModel

/// Whether a move may be helped along as a plan says: the verifier's own reading of what runbooks can ask for, and of
/// what is certain enough to plan with.
struct AidAdmission {
  let platform: Platform
  /// Whether the site states how many streams pre-copy opens.
  let areStreamsStated: Bool

  init(_ options: PlanOptions) {
    platform = options.platform
    areStreamsStated = options.calibration?.constants[.streams] != nil
  }

  /// What stands in the way of the aid of a move; `nil` when nothing does.
  func objection(to move: Move) -> String? {
    guard let aid = move.aid else { return nil }
    let name = Words.name(aid.rawValue)
    if move.technique != .preCopy { return "its aid \(name) is one of pre-copy" }
    switch aid {
    case .zstd, .xbzrle:
      return "it relies on \(name), and no inventory says how far the pages of a guest can be packed"
    case .dirtyLimit:
      return "it relies on \(name), which no command of the platform asks for"
    case .streams, .autoConverge:
      if platform != .libvirt {
        return "it relies on \(name), which on this platform is no option of a move"
      }
      return aid == .streams && areStreamsStated
        ? "it relies on \(name), and the calibration states how many streams are opened" : nil
    }
  }
}
