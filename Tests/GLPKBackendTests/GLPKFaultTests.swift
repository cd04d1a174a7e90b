import CGLPK
import CGLPKShim
import Dispatch
import GLPKBackend
import LinearOptimization
import Testing

/// What GLPK would abort the process for. Each test runs without suspending, hence on one thread.
struct GLPKFaultTests {
  private static func program() -> LinearProgram {
    var program = LinearProgram()
    let x = program.addInteger(cost: 1), y = program.addInteger(cost: 1)
    program.require("enough", 2 * x + 3 * y, atLeast: 7)
    return program
  }

  /// Makes GLPK fault on this thread by naming a column that does not exist.
  private static func fault() -> (stowage_glpk_call, message: String) {
    var handle: OpaquePointer?
    #expect(stowage_glpk_create(&handle) == STOWAGE_GLPK_DONE)
    guard let handle else { return (STOWAGE_GLPK_NO_MEMORY, "") }
    let call = stowage_glpk_set_column_bounds(handle, 999, GLP_FR, 0, 0)
    let message = String(cString: stowage_glpk_message())
    #expect(stowage_glpk_is_lost(handle) != 0)
    #expect(stowage_glpk_delete(handle) == STOWAGE_GLPK_LOST)
    return (call, message)
  }

  @Test("a fault is returned with what GLPK said, and the thread solves afterwards")
  func recovery() throws {
    let solver = GLPKSolver()
    let before = try solver.solve(Self.program()).outcome
    for _ in 0..<3 {
      let (call, message) = Self.fault()
      #expect(call == STOWAGE_GLPK_FAULT)
      #expect(message.contains("column number out of range"))
      #expect(try solver.solve(Self.program()).outcome == before)
    }
  }

  @Test("a session survives a fault on its thread and only loses its basis")
  func session() throws {
    let session = try GLPKSolver().makeSession(Self.program())
    let before = try session.solveRelaxation()
    _ = Self.fault()
    let after = try session.solveRelaxation()
    #expect(after.outcome == before.outcome)
    #expect(after.work == before.work)
    #expect(try session.solveRelaxation().work.iterations == 0)
  }

  @Test("a problem refuses other threads and is none the worse for it")
  func otherThread() {
    var handle: OpaquePointer?
    #expect(stowage_glpk_create(&handle) == STOWAGE_GLPK_DONE)
    guard let handle else { return }
    let address = UInt(bitPattern: handle)
    let elsewhere = DispatchQueue(label: "elsewhere")
    let calls = onOtherThread(of: elsewhere) { () -> [UInt32] in
      let handle = OpaquePointer(bitPattern: address)
      return [stowage_glpk_scale(handle).rawValue, stowage_glpk_delete(handle).rawValue]
    }
    #expect(calls == [STOWAGE_GLPK_WRONG_THREAD.rawValue, STOWAGE_GLPK_WRONG_THREAD.rawValue])
    #expect(stowage_glpk_delete(handle) == STOWAGE_GLPK_DONE)
  }

  /// `sync` would run the body on the calling thread; a semaphore makes sure that it does not.
  private func onOtherThread<Value: Sendable>(
    of queue: DispatchQueue, _ body: @escaping @Sendable () -> Value
  ) -> Value? {
    let box = Box<Value>()
    let done = DispatchSemaphore(value: 0)
    queue.async {
      box.value = body()
      done.signal()
    }
    done.wait()
    return box.value
  }

  private final class Box<Value: Sendable>: @unchecked Sendable {
    var value: Value?
  }

  @Test("a thread that has solved holds no problem")
  func nothingLeft() throws {
    _ = try GLPKSolver().solve(Self.program())
    #expect(stowage_glpk_problem_count() == 0)
    do {
      let session = try GLPKSolver().makeSession(Self.program())
      _ = try session.solveRelaxation()
      _ = try session.solveInteger(SolverOptions())
      #expect(stowage_glpk_problem_count() == 1)
    }
    #expect(stowage_glpk_problem_count() == 0)
  }

  @Test("GLPK prints nothing, faults included")
  func silence() async throws {
    let result = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
    ) {
      _ = Self.fault()
      _ = try GLPKSolver().solve(Self.program())
    }
    let printed = (result?.standardOutputContent ?? []) + (result?.standardErrorContent ?? [])
    let text = String(decoding: printed, as: UTF8.self)
    #expect(!text.contains("out of range") && !text.contains("Error detected"))
  }

  @Test("solving from within a progress function is refused before GLPK sees it")
  func nested() async {
    await #expect(processExitsWith: .failure) {
      var options = SolverOptions()
      options.presolve = false
      options.progress = { _ in
        _ = try? GLPKSolver().solve(Self.program())
        return .proceed
      }
      _ = try GLPKSolver().solve(Self.program(), options: options)
    }
  }
}
