import StowageModel

/// `playbook.yml`: the runbook as an Ansible playbook that runs where the platform's own commands run.
///
/// Live moves run in the background (`async`) and are waited for when a later step needs it, or at the
/// end of their wave; cold moves run in their turn. Waves run one after the other. What is executed
/// must be named in `confirmed`; nothing is by default.
struct AnsiblePlaybook {
  let runbook: Runbook
  let guide: any RunbookGuide
  let conditions: StartConditions
  private let procedures: [Procedure]
  private let openings: [PlanCalendar.Opening]
  private let times: [Int: String]

  init(_ runbook: Runbook, guide: any RunbookGuide) {
    self.runbook = runbook
    self.guide = guide
    conditions = StartConditions(runbook.input.plan.moves)
    procedures = conditions.moves.map(guide.procedure)
    openings = runbook.calendar?.openings ?? []
    times = runbook.scriptTimes(conditions)
  }

  /// How long Ansible lets a move in the background run, in s: killing it is not Ansible's business.
  private static let backgroundSeconds = 604_800

  /// The playbook.
  var text: String {
    var page = Lines()
    page.add(0, "---")
    for comment in runbook.scriptComments { page.add(0, "# \(comment)") }
    page.add(
      0,
      "# Nothing is executed unless its wave is confirmed: ansible-playbook playbook.yml -e '{\"confirmed\": [1]}'",
      "# (\"all\" for all waves, \"hosts\" to close the emptied hosts and switch them off). Needs ansible-core 2.16.",
      "- name: \(YAMLText.scalar(runbook.scriptName))")
    page.add(1, "hosts: localhost", "connection: local", "gather_facts: false", "vars:")
    page.add(2, "confirmed: []", "journal: stowage-journal.jsonl", "stop_file: \"{{ journal }}.stop\"")
    page.add(2, "gate: \(runbook.gate.shellWord)", "gate_minutes: \(runbook.gate.minutes)")
    addOpenings(to: &page)
    page.add(1, "tasks:")
    addJournal(to: &page)
    for wave in Set(conditions.waves).sorted() { addWave(wave, to: &page) }
    addHosts(to: &page)
    return page.text
  }

  private func addJournal(to page: inout Lines) {
    page.add(2, "- name: Look for the journal")
    page.add(3, "ansible.builtin.stat:")
    page.add(4, "path: \"{{ journal }}\"")
    page.add(3, "register: journal_file")
    page.add(2, "- name: Read the journal")
    page.add(3, "ansible.builtin.slurp:")
    page.add(4, "path: \"{{ journal }}\"")
    page.add(3, "register: journal_text", "when: journal_file.stat.exists")
    page.add(2, "- name: Know what is done")
    page.add(3, "ansible.builtin.set_fact:")
    page.add(
      4,
      "outcomes: >-",
      "  {{ dict(((journal_text.content | default('') | b64decode).splitlines() | select | map('from_json'))",
      "  | map(attribute='step') | zip(((journal_text.content | default('') | b64decode).splitlines() | select",
      "  | map('from_json')) | map(attribute='outcome'))) }}")
    page.add(2, "- name: Refuse to go on while the end of a step is not known")
    page.add(3, "ansible.builtin.fail:")
    page.add(
      4, "msg: >-",
      "  Steps were under way when an earlier run ended. See where their VMs are, and add their outcome",
      "  to the journal: {{ outcomes | dict2items | selectattr('value', 'equalto', 'started') | map(attribute='key') | join(', ') }}"
    )
    page.add(3, "when: \"'started' in outcomes.values()\"")
  }

  /// Hours within which steps may be under way, in seconds since 1970.
  private func addOpenings(to page: inout Lines) {
    guard !openings.isEmpty else { return }
    page.add(2, "# any_time: true does not ask for hours.", "any_time: false", "outside: false", "openings:")
    for opening in openings {
      page.add(
        3,
        "- {hours: \(opening.hours), from: \(opening.from), to: \(opening.to), text: \(YAMLText.scalar(opening.text))}"
      )
    }
  }

  // MARK: Waves

  /// Something that begins at an instant of the plan.
  private enum Event {
    case begin(Int)
    case restart(Int)
  }

  private func addWave(_ wave: Int, to page: inout Lines) {
    let positions = conditions.moves.indices.filter { conditions.waves[$0] == wave }
    if let time = times[wave] { page.add(2, "# Wave \(wave): \(time)") }
    var events: [(seconds: Double, order: Int, event: Event)] = []
    for position in positions {
      let move = conditions.moves[position]
      events.append((move.startSeconds, 2 * position, .begin(position)))
      if isCold(position) {
        events.append(
          (max(move.startSeconds, move.targetReservedSeconds), 2 * position + 1, .restart(position)))
      }
    }
    events.sort { ($0.seconds, $0.order) < ($1.seconds, $1.order) }
    var underWay: Set<Int> = []
    for entry in events {
      switch entry.event {
      case .begin(let position):
        collect(conditions.conditions[position].ended, &underWay, &page)
        begin(position, &page)
        if !isCold(position), procedures[position].byHand == nil { underWay.insert(position) }
      case .restart(let position):
        collect(conditions.conditions[position].endedBeforeRestart, &underWay, &page)
        restart(position, &page)
      }
    }
    collect(positions, &underWay, &page)
    addHoursEnd(wave, positions, &page)
    addGate(wave, positions, &page)
  }

  private func isCold(_ position: Int) -> Bool {
    let move = conditions.moves[position]
    return move.technique == .cold || !runbook.names.runs(move.vm)
  }

  /// From the first step on that could not end within its hours nothing more is begun; what is under way is
  /// waited for all the same.
  private func addHours(_ position: Int, _ page: inout Lines) {
    let move = conditions.moves[position]
    guard let calendar = runbook.calendar, let hours = calendar.hours(of: move) else { return }
    page.add(
      2, "- name: \"\(move.id): is it within its hours\"", "  when: \(condition(position, "not any_time"))")
    page.add(3, "ansible.builtin.set_fact:")
    page.add(
      4, "outside: >-",
      "  {{ openings | selectattr('hours', 'equalto', \(hours)) | selectattr('from', 'le', now().timestamp())",
      "  | selectattr('to', 'ge', now().timestamp() + \(calendar.need(of: move))) | list | length == 0 }}")
  }

  private func addHoursEnd(_ wave: Int, _ positions: [Int], _ page: inout Lines) {
    guard let calendar = runbook.calendar,
      positions.contains(where: { calendar.hours(of: conditions.moves[$0]) != nil })
    else { return }
    page.add(2, "- name: \"Wave \(wave): stop outside of hours\"", "  when: outside | bool")
    page.add(3, "ansible.builtin.fail:")
    page.add(
      4,
      "msg: \"steps of wave \(wave) are not begun outside of their hours, which are in openings; any_time does not ask for them\""
    )
  }

  private func begin(_ position: Int, _ page: inout Lines) {
    let id = conditions.moves[position].id.rawValue
    let procedure = procedures[position]
    addHours(position, &page)
    page.add(2, "- name: \"\(id): begin\"", "  when: \(condition(position))", "  block:")
    page.add(4, "- name: \"\(id): is there a stop file\"")
    page.add(5, "ansible.builtin.stat:")
    page.add(6, "path: \"{{ stop_file }}\"")
    page.add(5, "register: stop_mark", "failed_when: stop_mark.stat.exists")
    if let byHand = procedure.byHand {
      page.add(4, "- name: \"\(id): is done by a person\"")
      page.add(5, "ansible.builtin.fail:")
      page.add(6, "msg: \(YAMLText.scalar("\(byHand); then add its outcome to the journal"))")
    } else {
      add(procedure.actions(.check), id, "check", &page)
      note(id, "started", &page)
      add(procedure.actions(.stop), id, "stop", &page)
      if isCold(position) {
        page.add(4, "- name: \"\(id): has begun\"")
        page.add(5, "ansible.builtin.set_fact:")
        page.add(6, "begun_\(position + 1): true")
      }
      if !isCold(position) { addLive(procedure.actions(.act), position, &page) }
    }
    rescue(id, [], &page)
  }

  /// A running move is left in the background; ``collect(_:_:_:)`` waits for it.
  private func addLive(_ actions: [RunbookAction], _ position: Int, _ page: inout Lines) {
    let id = conditions.moves[position].id.rawValue
    add(Array(actions.dropLast()), id, "prepare", &page)
    switch actions.last {
    case .run(let command), .longRun(let command, nil, _):
      addBackground(command, position, &page)
    case .longRun(let command, .some(let meanwhile), _):
      addBackground(command, position, &page)
      addCommand(meanwhile, "\(id): once it runs", &page)
      page.add(
        5, "register: limits", "until: limits.rc == 0", "retries: 30", "delay: 1", "failed_when: false")
    case .look, .expect, .wait, .pause, nil: break
    }
  }

  private func addBackground(_ command: Command, _ position: Int, _ page: inout Lines) {
    addCommand(command, "\(conditions.moves[position].id.rawValue): move", &page)
    page.add(5, "async: \(Self.backgroundSeconds)", "poll: 0", "register: job_\(position + 1)")
  }

  private func collect(_ positions: [Int], _ underWay: inout Set<Int>, _ page: inout Lines) {
    for position in positions where underWay.remove(position) != nil {
      let id = conditions.moves[position].id.rawValue
      let number = position + 1
      page.add(
        2, "- name: \"\(id): end\"", "  when: job_\(number).ansible_job_id is defined", "  block:")
      page.add(4, "- name: \"\(id): wait for its end\"")
      page.add(5, "ansible.builtin.async_status:")
      page.add(6, "jid: \"{{ job_\(number).ansible_job_id }}\"")
      page.add(
        5, "register: end_\(number)", "until: end_\(number) is finished",
        "retries: \(patience(position))", "delay: 1")
      add(procedures[position].actions(.verify), id, "verify", &page)
      note(id, "done", &page)
      let isReturnable = !conditions.moves[position].technique.hasPointOfNoReturn
      rescue(id, isReturnable ? procedures[position].actions(.abort) : [], &page)
    }
  }

  private func patience(_ position: Int) -> Int {
    for case .longRun(_, _, let seconds?) in procedures[position].actions(.act) { return seconds }
    return Self.backgroundSeconds
  }

  private func restart(_ position: Int, _ page: inout Lines) {
    guard procedures[position].byHand == nil else { return }
    let id = conditions.moves[position].id.rawValue
    page.add(2, "- name: \"\(id): move and start\"", "  when: begun_\(position + 1) is defined", "  block:")
    add(procedures[position].actions(.act), id, "move", &page)
    add(procedures[position].actions(.restart), id, "start", &page)
    add(procedures[position].actions(.verify), id, "verify", &page)
    note(id, "done", &page)
    rescue(id, [], &page)
  }

  private func condition(_ position: Int, _ more: String? = nil) -> String {
    let id = conditions.moves[position].id.rawValue
    let parts =
      [
        "(\(conditions.waves[position]) in confirmed or 'all' in confirmed)",
        "outcomes['\(id)'] | default('') != 'done'",
      ] + (openings.isEmpty ? [] : ["not (outside | bool)"]) + (more.map { [$0] } ?? [])
    return "\"\(parts.joined(separator: " and "))\""
  }

  private func rescue(_ id: String, _ abort: [RunbookAction], _ page: inout Lines) {
    page.add(3, "rescue:")
    for case .run(let command) in abort {
      addCommand(command, "\(id): abort", &page)
      page.add(5, "failed_when: false")
    }
    note(id, "failed", &page)
    page.add(4, "- name: \"\(id): stop here\"")
    page.add(5, "ansible.builtin.fail:")
    page.add(6, "msg: \"\(id) has failed, or was stopped: no more steps are begun\"")
  }

  private func addGate(_ wave: Int, _ positions: [Int], _ page: inout Lines) {
    let confirmed = "(\(wave) in confirmed or 'all' in confirmed)"
    page.add(2, "- name: \"Gate of wave \(wave)\"", "  when: \"gate != 'none' and \(confirmed)\"", "  block:")
    page.add(4, "- name: \"Wait for somebody to confirm wave \(wave)\"")
    page.add(5, "ansible.builtin.wait_for:")
    page.add(
      6, "path: \"{{ journal }}.wave-\(wave).confirmed\"", "timeout: \"{{ gate_minutes | int * 60 }}\"")
    page.add(5, "register: agreement", "failed_when: \"gate == 'rollback' and agreement is failed\"")
    page.add(3, "rescue:")
    for position in positions.reversed() {
      let id = conditions.moves[position].id.rawValue
      let back = procedures[position].actions(.back)
      guard !back.isEmpty else { continue }
      add(back, id, "take back", &page)
      note(id, "failed", &page)
    }
    page.add(4, "- name: \"Wave \(wave) is taken back\"")
    page.add(5, "ansible.builtin.fail:")
    page.add(6, "msg: \"nobody has confirmed wave \(wave): it is taken back\"")
  }

  private func addHosts(to page: inout Lines) {
    let hosts = runbook.closingHosts
    guard !hosts.isEmpty else { return }
    page.add(2, "- name: Close the emptied hosts", "  when: \"'hosts' in confirmed\"", "  block:")
    let count = page.count
    for host in hosts {
      let parts = [guide.close(host)] + (runbook.isPoweredOff(host) ? [guide.switchOff(host)] : [])
      for part in parts where part.kind == .act { add(part.actions, "host", part.title.lowercased(), &page) }
    }
    if page.count == count {
      page.add(4, "- name: No command is printed", "  ansible.builtin.meta: noop")
    }
  }

  // MARK: Tasks

  private func add(_ actions: [RunbookAction], _ id: String, _ verb: String, _ page: inout Lines) {
    for action in actions {
      switch action {
      case .run(let command), .longRun(let command, _, _):
        addCommand(command, "\(id): \(verb)", &page)
      case .look(let command):
        addCommand(command, "\(id): \(verb)", &page)
        page.add(5, "changed_when: false", "failed_when: false")
      case .pause(let seconds):
        page.add(4, "- name: \"\(id): wait\"")
        page.add(5, "ansible.builtin.pause:")
        page.add(6, "seconds: \(seconds)")
      case .expect(let command, let expectation):
        addWanted(expectation, id, verb, &page)
        addCommand(command, "\(id): \(verb)", &page)
        page.add(
          5, "register: answer", "changed_when: false",
          "failed_when: answer.rc != 0 or not (\(Self.test(expectation)))")
        addWantedValue(expectation, &page)
      case .wait(let command, let expectation, let every, let tries):
        addCommand(command, "\(id): \(verb)", &page)
        page.add(
          5, "register: answer", "changed_when: false", "until: \(Self.test(expectation))",
          "retries: \(tries)", "delay: \(every)")
        addWantedValue(expectation, &page)
      }
    }
  }

  private func addCommand(_ command: Command, _ name: String, _ page: inout Lines) {
    page.add(4, "- name: \"\(name)\"")
    page.add(5, "ansible.builtin.command:")
    page.add(
      6, "argv: \(YAMLText.list(ShellText.arguments(of: command)))", "expand_argument_vars: false")
  }

  /// The answer of another command, where that is what is wanted.
  private func addWanted(_ expectation: Expectation, _ id: String, _ verb: String, _ page: inout Lines) {
    guard case .sameAs(let other) = expectation else { return }
    addCommand(other, "\(id): \(verb)", &page)
    page.add(5, "register: reference", "changed_when: false")
  }

  private func addWantedValue(_ expectation: Expectation, _ page: inout Lines) {
    switch expectation {
    case .equals(let wanted), .field(_, let wanted):
      page.add(5, "vars:")
      page.add(6, "wanted: \(YAMLText.scalar(wanted))")
    case .isEmpty, .sameAs: break
    }
  }

  /// Backslashes are doubled for Jinja, which would take `\1` for a control character.
  private static func test(_ expectation: Expectation) -> String {
    switch expectation {
    case .equals: "answer.stdout | trim == wanted"
    case .isEmpty: "answer.stdout | trim == ''"
    case .field(let field, _):
      "(answer.stdout | regex_search('(?m)^\\\\s*\(field):\\\\s*(.*)$', '\\\\1') | default([''], true) | first | trim) == wanted"
    case .sameAs: "answer.stdout | trim == reference.stdout | trim"
    }
  }

  private func note(_ id: String, _ outcome: String, _ page: inout Lines) {
    page.add(4, "- name: \"\(id): \(outcome)\"")
    page.add(5, "ansible.builtin.lineinfile:")
    page.add(6, "path: \"{{ journal }}\"", "create: true", "mode: \"0644\"", "insertafter: EOF")
    page.add(
      6,
      "line: \"{{ {'step': '\(id)', 'outcome': '\(outcome)', 'instant': now(utc=true, fmt='%Y-%m-%dT%H:%M:%S.%fZ')} | to_json }}\""
    )
  }

  /// Lines of YAML by their depth.
  private struct Lines {
    private var lines: [String] = []

    var count: Int { lines.count }
    var text: String { lines.map { "\($0)\n" }.joined() }

    mutating func add(_ depth: Int, _ texts: String...) {
      let indentation = String(repeating: "  ", count: depth)
      for text in texts { lines.append(indentation + text) }
    }
  }
}
