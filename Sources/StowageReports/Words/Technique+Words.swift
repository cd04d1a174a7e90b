import StowageModel

extension Technique {
  /// What the technique means for the VM, for legends.
  var meaning: String {
    switch self {
    case .cold: "the VM is stopped, moved and started again"
    case .preCopy: "memory is copied while the VM runs; a short pause at the end"
    case .postCopy: "switched over first, memory follows; no way back until it has arrived"
    case .hybrid: "one pass while it runs, the rest follows; no way back during the rest"
    }
  }

  /// Whether a part of the move cannot be rolled back.
  var hasPointOfNoReturn: Bool {
    switch self {
    case .cold, .preCopy: false
    case .postCopy, .hybrid: true
    }
  }
}
