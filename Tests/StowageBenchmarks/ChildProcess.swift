import ArgumentParser
import Foundation

/// Another program, run to its end.
struct ChildProcess {
  let output: String
  let status: Int32
  /// CPU seconds of the program and of those that it started.
  let cpuSeconds: Double

  /// - Throws: when the program cannot be run at all.
  init(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    let before = Self.childSeconds()
    do { try process.run() } catch { throw ValidationError("\(program) cannot be run") }
    output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
    cpuSeconds = Self.childSeconds() - before
  }

  private static func childSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
