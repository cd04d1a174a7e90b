// Actions as lines to be copied into a terminal.
extension RunbookDialect {
  /// The language as Markdown names it.
  var fence: String {
    switch self {
    case .shell: "sh"
    case .powerShell: "powershell"
    }
  }

  /// The lines of a block of actions.
  func lines(_ actions: [RunbookAction]) -> [String] { actions.flatMap(lines) }

  private func lines(_ action: RunbookAction) -> [String] {
    switch action {
    case .run(let command), .look(let command): [line(command)]
    case .expect(let command, .sameAs(let other)): [line(other), line(command)]
    case .expect(let command, _): [line(command)]
    case .pause(let seconds):
      switch self {
      case .shell: ["sleep \(seconds)"]
      case .powerShell: ["Start-Sleep -Seconds \(seconds)"]
      }
    case .wait(let command, let expectation, let every, let tries):
      wait(command, expectation, every: every, tries: tries)
    case .longRun(let command, let meanwhile, _): longRun(command, meanwhile)
    }
  }

  private func line(_ command: Command) -> String {
    switch self {
    case .shell: ShellText.line(command)
    case .powerShell: PowerShellText.line(command)
    }
  }

  private func wait(_ command: Command, _ expectation: Expectation, every: Int, tries: Int) -> [String] {
    switch self {
    case .shell:
      let wanted = ShellWord(quoting: expectation.wanted)?.description ?? "''"
      var answer = line(command)
      if case .field(let field, _) = expectation { answer += " | sed -n 's/^ *\(field): *//p'" }
      return [
        "n=0; until [ \"$(\(answer))\" = \(wanted) ] || [ \"$n\" -ge \(tries) ]; do n=$((n+1)); sleep \(every); done",
        line(command),
      ]
    case .powerShell:
      let wanted = PowerShellText.literal(expectation.wanted)
      return [
        "for ($n = 0; $n -lt \(tries) -and (\(line(command)) | Out-String).Trim() -ne \(wanted); $n++) "
          + "{ Start-Sleep -Seconds \(every) }", line(command),
      ]
    }
  }

  /// In the background without a terminal as its input, because virsh reads keys while it shows progress and
  /// would be stopped for that. What is repeated beside it is refused until the move is under way.
  private func longRun(_ command: Command, _ meanwhile: Command?) -> [String] {
    switch (self, meanwhile) {
    case (.shell, .some(let meanwhile)):
      [
        "\(line(command)) </dev/null &",
        "until \(line(meanwhile)) || ! kill -0 $!; do sleep 0.2; done; wait $!",
      ]
    case (.shell, nil), (.powerShell, _): [line(command)]
    }
  }
}
