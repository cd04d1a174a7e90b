import Dispatch
import Synchronization

/// Threads for pieces of work that do not depend on each other.
///
/// Results come in the order of the pieces, whoever did them: nothing tells afterwards how many threads there were.
/// A piece runs on one thread from its beginning to its end, as GLPK wants it of whoever makes a problem.
public struct Workers: Sendable {
  /// Threads at most; at least 1.
  public let count: Int

  /// So many threads, of which the caller's is one.
  public init(_ count: Int) {
    precondition(count > 0, "somebody has to work: \(count) threads")
    self.count = count
  }

  /// What each piece comes to, up to the first whose result is enough. Pieces behind that may be begun in vain.
  public func map<Piece: Sendable, Result: Sendable>(
    _ pieces: [Piece], until isEnough: @Sendable (Result) -> Bool = { _ in false },
    _ work: @Sendable (Piece) -> Result
  ) -> [Result] {
    let threads = min(count, pieces.count)
    guard threads > 1 else { return inTurn(pieces, until: isEnough, work) }
    let next = Atomic(0)
    let last = Atomic(pieces.count - 1)
    let results = Mutex([Result?](repeating: nil, count: pieces.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece <= last.load(ordering: .relaxed) else { return }
        let result = work(pieces[piece])
        if isEnough(result) { last.min(piece, ordering: .relaxed) }
        results.withLock { $0[piece] = result }
      }
    }
    // Pieces are handed out in order: all up to the first that was enough have been done.
    let end = last.load(ordering: .relaxed)
    return results.withLock { $0.prefix(end + 1).compactMap(\.self) }
  }

  private func inTurn<Piece, Result>(
    _ pieces: [Piece], until isEnough: (Result) -> Bool, _ work: (Piece) -> Result
  ) -> [Result] {
    var results: [Result] = []
    for piece in pieces {
      let result = work(piece)
      results.append(result)
      if isEnough(result) { break }
    }
    return results
  }
}
