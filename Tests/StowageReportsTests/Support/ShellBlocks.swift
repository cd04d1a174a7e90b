/// The shell commands of a Markdown page, read as a Markdown reader would: fences open with at
/// least three backticks at the start of a line and close with at least as many.
enum ShellBlocks {
  static func lines(of markdown: String) -> [String] {
    var commands: [String] = []
    var fence: Int?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let ticks = line.prefix { $0 == "`" }.count
      if let open = fence {
        if ticks >= open, line.dropFirst(ticks).allSatisfy({ $0 == " " }) {
          fence = nil
        } else {
          commands.append(String(line))
        }
      } else if ticks >= 3 {
        fence = ticks
      }
    }
    return commands
  }

  /// Runs the commands with stand-ins for the programs they call, and nothing else to call.
  /// Returns each call as its words.
  static func calls(of commands: [String]) throws -> [[String]] {
    let standIns = """
      PATH=/nonexistent
      call() { for word; do printf '%s\\001' "$word"; done; printf '\\002'; }
      virsh() { call virsh "$@"; }
      ssh() { call ssh "$@"; }
      sleep() { :; }
      kill() { return 1; }
      wait() { :; }
      """
    // What runs in the background is run in its turn here, so that calls do not mix.
    let turns = commands.map { $0.hasSuffix(" </dev/null &") ? String($0.dropLast(2)) : $0 }
    let output = try Shell.run(standIns + "\n" + turns.joined(separator: "\n"), mustBeSilent: true)
    return output.split(separator: "\u{2}").map { call in
      call.split(separator: "\u{1}", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
  }
}
