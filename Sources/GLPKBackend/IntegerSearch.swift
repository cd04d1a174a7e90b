import CGLPK
import CGLPKShim
import LinearOptimization

/// One branch-and-bound search on a loaded problem, which it uses up.
struct IntegerSearch {
  let problem: GLPKProblem
  let program: LinearProgram
  let options: SolverOptions
  let deadline: Deadline
  /// Simplex iterations spent before the search, on its root.
  let iterationsBefore: Int

  /// What a search left behind.
  struct Finding {
    let code: GLPKReturnCode
    let status: Int32
    let stop: stowage_glpk_stop
    /// The best solution as GLPK has it, unchecked.
    let incumbent: (objective: Double, values: [Double])?
    let bound: Double?
    let work: Work
    /// A fault in GLPK, or a stall. What was found before is still there.
    let fault: SolverFailure?
  }

  /// Runs the search. The integer columns have integral bounds and, without presolve, the basis is optimal.
  func run(presolve: Bool, start: SearchStart) throws(SolverFailure) -> Finding {
    let startValues = try prepare(start)
    let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: problem.columnCount + 1)
    values.initialize(repeating: 0)
    defer { values.deallocate() }

    var search = request()
    search.values = values.baseAddress
    search.start_is_solution = start.isSolution ? 1 : 0
    var parameters = parameters(presolve: presolve)
    let listener = ProgressListener(options.progress, iterationsBefore: iterationsBefore)
    search.progress = options.progress == nil ? nil : ProgressListener.callback
    let call = withExtendedLifetime(listener) {
      search.context = Unmanaged.passUnretained(listener).toOpaque()
      return startValues.withUnsafeBufferPointer {
        search.start = start.isNone ? nil : $0.baseAddress
        return stowage_glpk_intopt(problem.handle, &parameters, &search)
      }
    }
    return try finding(search, values: values, call: call)
  }

  /// The values to start from in GLPK's count, adding the column that carries a cut-off.
  private func prepare(_ start: SearchStart) throws(SolverFailure) -> [Double] {
    switch start {
    case .none: return []
    case .solution(let values): return [0] + values
    case .cutoff(let objective):
      let column = try problem.appendCutoffColumn()
      return [Double](repeating: 0, count: column + 1) + [objective - program.objectiveConstant]
    }
  }

  private func request() -> stowage_glpk_search {
    var search = stowage_glpk_search()
    search.deadline = deadline.instant
    search.node_limit = options.nodeLimit.map { Int32(clamping: max($0, 0)) } ?? -1
    search.iteration_limit =
      options.iterationLimit.map { Int32(clamping: max($0 - iterationsBefore, 0)) } ?? -1
    search.stall_limit = Int32(clamping: problem.stallLimit)
    search.absolute_gap = options.absoluteGap
    let never = program.sense == .minimize ? -Double.infinity : .infinity
    search.goal = options.knownBound.map(reachable) ?? never
    return search
  }

  /// An objective that counts as reaching `bound`: worse by no more than GLPK's own tolerance.
  private func reachable(_ bound: Double) -> Double {
    let slack = max(options.absoluteGap, 1e-7 * (1 + bound.magnitude))
    return program.sense == .minimize ? bound + slack : bound - slack
  }

  private func finding(
    _ search: stowage_glpk_search, values: UnsafeMutableBufferPointer<Double>, call: stowage_glpk_call
  ) throws(SolverFailure) -> Finding {
    var fault: SolverFailure?
    switch call {
    case STOWAGE_GLPK_FAULT: fault = GLPKProblem.fault("glp_intopt")
    case STOWAGE_GLPK_ABANDONED where search.stop == STOWAGE_GLPK_STALLED:
      fault = SolverFailure(
        .numerical, operation: "glp_intopt", message: "a relaxation did not end within its stall limit")
    case STOWAGE_GLPK_ABANDONED: break
    default: try GLPKProblem.check(call, "glp_intopt")
    }
    let state = search.state
    let best = Array(values[1..<program.columnCount + 1])
    return Finding(
      code: GLPKReturnCode(search.code), status: search.status, stop: search.stop,
      incumbent: state.has_incumbent == 0 ? nil : (state.incumbent, best),
      bound: state.has_bound == 0 ? nil : state.bound,
      work: Work(iterations: iterationsBefore + Int(state.iterations), nodes: Int(state.nodes)),
      fault: fault)
  }
}

/// What a search starts from.
enum SearchStart {
  case none
  /// A solution that has been checked.
  case solution([Double])
  /// An objective to be beaten.
  case cutoff(Double)

  var isNone: Bool { if case .none = self { true } else { false } }
  var isSolution: Bool { if case .solution = self { true } else { false } }
}
