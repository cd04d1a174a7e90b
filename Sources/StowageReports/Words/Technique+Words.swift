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

  /// The technique with what helps it along: `pre-copy, auto-converge`.
  func name(with aid: PreCopyAid?) -> String {
    ([rawValue] + (aid.map { [$0.name] } ?? [])).joined(separator: ", ")
  }
}

extension PreCopyAid {
  /// What the aid means for the VM and its host.
  var meaning: String {
    switch self {
    case .streams: "\(Self.streamCount) connections at once, since the platform's own do not fill the path"
    case .zstd: "pages are packed on their way"
    case .xbzrle: "pages that are sent again go as what changed in them"
    case .autoConverge: "the guest is slowed down step by step until its memory can be followed"
    case .dirtyLimit: "its vCPUs are held to a rate of writing"
    }
  }
}

extension Move {
  /// How it is made, in a few words.
  var manner: String { technique.name(with: aid) }

  /// What a way that was turned down is called: beside a pre-copy that is helped along, one that is not is plain.
  func name(of rejected: RejectedTechnique) -> String {
    rejected.technique == technique ? "plain \(technique.rawValue)" : rejected.technique.rawValue
  }
}

extension MoveEstimate {
  /// `400 ms`, or with what else it may be: `400 ms (380 ms to 2.1 s)`.
  var pauseWords: String {
    Self.words(downtimeMilliseconds, downtimeRange, Units.duration(milliseconds:))
  }

  /// `8.2 GiB`, or with what else it may be: `8.2 GiB (8.0 GiB to 9.6 GiB)`.
  var bytesWords: String { Self.words(bytesMiB, bytesRange, Units.gibibytes(fromMiB:)) }

  private static func words(
    _ value: Double, _ range: FigureRange?, _ text: (Double) -> String
  ) -> String {
    guard let range else { return text(value) }
    let (low, high) = (text(range.low), text(range.high))
    return low == high ? text(value) : "\(text(value)) (\(low) to \(high))"
  }
}
