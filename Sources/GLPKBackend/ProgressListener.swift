import CGLPKShim
import LinearOptimization

/// Carries a progress function through C.
///
/// GLPK is on the stack below the function, and no fault can pass over it: it is called between GLPK's own steps,
/// and what it calls of ours is refused until the search is over.
final class ProgressListener {
  private let progress: (@Sendable (Progress) -> Continuation)?
  private let iterationsBefore: Int

  init(_ progress: (@Sendable (Progress) -> Continuation)?, iterationsBefore: Int) {
    self.progress = progress
    self.iterationsBefore = iterationsBefore
  }

  /// What C calls with a listener for context; non-zero stops the search.
  static let callback:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<stowage_glpk_progress>?) -> Int32 = {
      context, state in
      guard let context, let state else { return 0 }
      let listener = Unmanaged<ProgressListener>.fromOpaque(context).takeUnretainedValue()
      return listener.hear(state.pointee)
    }

  private func hear(_ state: stowage_glpk_progress) -> Int32 {
    guard let progress else { return 0 }
    let work = Work(iterations: iterationsBefore + Int(state.iterations), nodes: Int(state.nodes))
    let now = Progress(
      incumbent: state.has_incumbent == 0 ? nil : state.incumbent,
      bound: state.has_bound == 0 ? nil : state.bound, work: work)
    return progress(now) == .stop ? 1 : 0
  }
}
