import StowageDiagnostics
import StowageModel

/// Reads one rule from its object and reports everything that is wrong with it, not only the first.
struct RuleDecoder {
  /// What was reported, what came before included.
  private(set) var log: DiagnosticLog
  private(set) var fields = ObjectFields(members: [], place: SourcePlace(file: ""))
  private var name = "the rule"
  private var failed = false

  /// A decoder that adds to what is already reported.
  init(log: DiagnosticLog) {
    self.log = log
  }

  /// The rule, or `nil` when it cannot be used.
  mutating func decode(_ node: DocumentNode) -> Rule? {
    guard case .object(let members) = node.value else {
      report(
        .ruleBadValue, node.place, "a rule is \(node.noun), not an object",
        "write {\"id\": …, \"kind\": …, …}")
      return nil
    }
    fields = ObjectFields(members: members, place: node.place)
    let id = decodeID()
    guard let kind = decodeKind() else { return nil }
    checkKeys(kind)
    let isHard = strength(kind)
    let weight = number("weight", least: 0) ?? 1
    let requirement = decodeRequirement(kind)
    guard !failed, let id, let requirement else { return nil }
    return Rule(id: id, requirement, isHard: isHard, weight: weight)
  }

  private mutating func decodeID() -> Rule.ID? {
    guard let node = fields["id"] else {
      report(.ruleBadValue, fields.place, "the rule has no 'id'", "give it an \"id\" of its own")
      return nil
    }
    let text: String
    switch node.value {
    case .text(let words): text = words
    case .number(_, text: let words): text = words
    default:
      report(.ruleBadValue, node.place, "'id' is \(node.noun), not text", "write the id in quotes")
      return nil
    }
    guard !text.isEmpty, text.unicodeScalars.count <= IdentifierText.longest else {
      report(
        .ruleBadValue, node.place, "the id has \(text.unicodeScalars.count) characters",
        "give it 1 to \(IdentifierText.longest)")
      return nil
    }
    name = "rule \(Diagnostic.quoted(text))"
    return Rule.ID(text)
  }

  private mutating func decodeKind() -> RuleKind? {
    let all = RuleKind.allCases.map(\.rawValue)
    let choices = "this version holds \(all.joined(separator: ", "))"
    guard let node = fields["kind"] else {
      report(.ruleBadValue, fields.place, "\(name) has no 'kind'", "add a \"kind\"; \(choices)")
      return nil
    }
    guard case .text(let text) = node.value else {
      report(.ruleBadValue, node.place, "the 'kind' of \(name) is \(node.noun), not text", choices)
      return nil
    }
    if let kind = RuleKind(rawValue: text) { return kind }
    let quoted = Diagnostic.quoted(text)
    if let same = ForeignRuleKind.same[text] {
      report(
        .ruleUnknownKind, node.place, "\(name) is of the kind \(quoted), which does not exist",
        "write '\(same)'; \(choices)")
    } else {
      report(
        .ruleUnknownKind, node.place, "\(name) is of the kind \(quoted), which does not exist",
        Suggestion.remedy(for: text, among: all, otherwise: choices))
    }
    return nil
  }

  private mutating func checkKeys(_ kind: RuleKind) {
    var seen: Set<String> = []
    for member in fields.members {
      if !seen.insert(member.key).inserted {
        report(
          .ruleBadValue, member.place, "\(name) says \(Diagnostic.quoted(member.key)) twice",
          "keep one of the two")
      }
      guard !kind.keys.contains(member.key) else { continue }
      let otherwise = "keys of '\(kind.rawValue)' are \(kind.keys.joined(separator: ", "))"
      let remedy =
        Self.renamedKeys[member.key].map { "write '\($0)'; \(otherwise)" }
        ?? Suggestion.remedy(for: member.key, among: kind.keys, otherwise: otherwise)
      report(
        .ruleUnknownKey, member.place,
        "\(name) has the key \(Diagnostic.quoted(member.key)), which '\(kind.rawValue)' does not have", remedy
      )
    }
  }

  /// Keys that people know from elsewhere, and what they are called here.
  private static let renamedKeys = [
    "strict": "hard", "enforced": "hard", "mandatory": "hard", "vm_selector": "labels", "vm_labels": "labels",
    "host_selector": "host_labels", "type": "kind", "name": "id", "host": "hosts", "vm": "vms",
  ]

  // MARK: Kinds

  private mutating func decodeRequirement(_ kind: RuleKind) -> Requirement? {
    switch kind {
    case .affinity:
      let (vms, scope) = (vmSelection(), scope())
      return vms.map { .affinity(Affinity(vms: $0, scope: scope)) }
    case .antiAffinity:
      let (vms, scope) = (vmSelection(), scope())
      return vms.map { .antiAffinity(AntiAffinity(vms: $0, scope: scope)) }
    case .onlyOn:
      guard let (vms, hosts) = bothSelections() else { return nil }
      return .onlyOn(OnlyOn(vms: vms, hosts: hosts))
    case .neverOn:
      guard let (vms, hosts) = bothSelections() else { return nil }
      return .neverOn(NeverOn(vms: vms, hosts: hosts))
    case .stay:
      return vmSelection().map { .stay(Stay(vms: $0)) }
    case .drain:
      return hostSelection(isRequired: true).map { .drain(Drain(hosts: $0)) }
    case .failover:
      return decodeFailover()
    case .spread:
      return decodeSpread()
    case .preferOn:
      guard let (vms, hosts) = bothSelections() else { return nil }
      return .preferOn(PreferOn(vms: vms, hosts: hosts))
    case .noNew:
      return hostSelection(isRequired: true).map { .noNew(NoNew(hosts: $0)) }
    case .keepOn:
      return hostSelection(isRequired: true).map { .keepOn(KeepOn(hosts: $0)) }
    case .dedicated:
      return vmSelection().map { .dedicated(Dedicated(vms: $0)) }
    case .groupCap:
      return decodeGroupCap()
    case .maxMoves:
      let vms = vmSelection(isRequired: false)
      let limit = count("limit", least: 0, isRequired: true)
      guard let vms, let limit else { return nil }
      return .maxMoves(MaxMoves(vms: vms, limit: limit))
    case .moveBudget:
      let vms = vmSelection(isRequired: false)
      let limit = requiredNumber("limit_mib", least: 0)
      guard let vms, let limit else { return nil }
      return .moveBudget(MoveBudget(vms: vms, limitMiB: limit))
    case .before:
      let vms = vmSelection()
      let then = selection(globs: "then", labels: "then_labels", isRequired: true)
      guard let vms, let then else { return nil }
      return .before(Before(vms: vms, then: then))
    case .serialize:
      return vmSelection().map { .serialize(Serialize(vms: $0)) }
    case .together:
      return vmSelection().map { .together(Together(vms: $0)) }
    case .concurrency:
      return decodeConcurrency()
    case .technique:
      return decodeTechnique()
    case .deadline:
      return decodeDeadline()
    case .window:
      let (vms, hours) = (vmSelection(), hours())
      guard let vms, let hours else { return nil }
      return .window(MoveWindow(vms: vms, hours: hours))
    case .blackout:
      let (vms, hours) = (vmSelection(), hours())
      guard let vms, let hours else { return nil }
      return .blackout(MoveBlackout(vms: vms, hours: hours))
    }
  }

  /// Some kinds are always soft, others always hard.
  private mutating func strength(_ kind: RuleKind) -> Bool {
    let written = flag("hard")
    if written == true, kind == .preferOn {
      report(
        .ruleBadValue, fields["hard"]?.place ?? fields.place, "\(name) is a preference and cannot be hard",
        "write the kind 'only_on' if it must hold, else remove 'hard'")
    }
    if written == false, kind.isAlwaysHard {
      report(
        .ruleBadValue, fields["hard"]?.place ?? fields.place,
        "\(name) is about the moves of a plan and cannot be soft", "remove 'hard', or the rule")
    }
    return written ?? (kind != .preferOn)
  }

  private mutating func decodeSpread() -> Requirement? {
    let (vms, scope) = (vmSelection(), scope())
    let least = count("min_domains", least: 1, isRequired: false)
    let most = count("max_per_domain", least: 1, isRequired: false)
    if fields["min_domains"] == nil, fields["max_per_domain"] == nil {
      report(
        .ruleBadValue, fields.place, "\(name) says neither 'min_domains' nor 'max_per_domain'",
        "write \"min_domains\": 2 or \"max_per_domain\": 1, or both")
    }
    guard !failed, let vms else { return nil }
    return .spread(Spread(vms: vms, scope: scope, minDomains: least, maxPerDomain: most))
  }

  private mutating func decodeGroupCap() -> Requirement? {
    let hosts = hostSelection(isRequired: true)
    let vms = vmSelection(isRequired: false)
    let resource = resource()
    let limit = requiredNumber("limit", least: 0)
    guard let hosts, let vms, let resource, let limit else { return nil }
    return .groupCap(GroupCap(hosts: hosts, vms: vms, resource: resource, limit: limit))
  }

  private mutating func decodeConcurrency() -> Requirement? {
    let vms = vmSelection(isRequired: false)
    let hosts = hostSelection(isRequired: false)
    let links = words("links")
    let limit = count("limit", least: 1, isRequired: true)
    let place = choice("per", of: MovesAtOnce.Place.self, renamed: Self.foreignPlaces) ?? .total
    for (keys, isMeant) in [(["hosts", "host_labels"], place.isOfHosts), (["links"], place == .link)] {
      for key in keys where !isMeant && fields[key] != nil {
        report(
          .ruleBadValue, fields[key]?.place ?? fields.place,
          "\(name) counts moves per '\(place.rawValue)' and names '\(key)'",
          key == "links" ? "write \"per\": \"link\", or remove it" : "write \"per\": \"host\", or remove it")
      }
    }
    guard !failed, let vms, let hosts, let links, let limit else { return nil }
    return .concurrency(
      MovesAtOnce(vms: vms, place: place, hosts: hosts, links: links.map { Glob($0) }, limit: limit))
  }

  /// Words for places that people know from elsewhere, and what they are called here.
  private static let foreignPlaces = [
    "all": "total", "fleet": "total", "global": "total", "cluster": "total", "source": "host_out",
    "out": "host_out", "outbound": "host_out", "target": "host_in", "in": "host_in", "inbound": "host_in",
    "inflow": "host_in", "node": "host", "wan": "link",
  ]

  private mutating func decodeDeadline() -> Requirement? {
    let vms = vmSelection()
    let seconds = number("within_s", least: 0)
    let instant = instant("by")
    if (fields["within_s"] == nil) == (fields["by"] == nil) {
      report(
        .ruleBadValue, fields.place,
        "\(name) says \(fields["by"] == nil ? "neither" : "both") 'within_s' \(fields["by"] == nil ? "nor" : "and") 'by'",
        "write \"within_s\": seconds after the start of the plan, or \"by\": an instant with its zone")
    }
    guard !failed, let vms else { return nil }
    if let seconds { return .deadline(Deadline(vms: vms, due: .within(seconds: seconds))) }
    return instant.map { .deadline(Deadline(vms: vms, due: .by($0))) }
  }

  private mutating func decodeTechnique() -> Requirement? {
    let vms = vmSelection()
    let allowed = techniques("allow")
    let denied = techniques("deny")
    let downtime = number("max_downtime_ms", least: 0)
    let slowdown = number("max_slowdown_s", least: 0)
    let loss = number("max_loss_probability", least: 0)
    if let loss, loss > 1 {
      report(
        .ruleBadValue, fields["max_loss_probability"]?.place ?? fields.place,
        "'max_loss_probability' of \(name) is \(loss)", "write a number from 0 to 1")
    }
    let keys = ["allow", "deny", "max_downtime_ms", "max_loss_probability", "max_slowdown_s"]
    if keys.allSatisfy({ fields[$0] == nil }) {
      report(
        .ruleBadValue, fields.place, "\(name) limits nothing",
        "write one or more of \(keys.joined(separator: ", "))")
    }
    guard !failed, let vms else { return nil }
    return .technique(
      TechniqueLimit(
        vms: vms, allowed: fields["allow"] == nil ? nil : Set(allowed), denied: Set(denied),
        maxDowntimeMilliseconds: downtime, maxLossProbability: loss,
        maxSlowdownSeconds: slowdown))
  }

  private mutating func techniques(_ key: String) -> [Technique] {
    let names = words(key) ?? []
    return names.compactMap { word in
      if let technique = Technique(rawValue: word) { return technique }
      let choices = Technique.allCases.map(\.rawValue)
      let remedy = "write one of \(choices.joined(separator: ", "))"
      let same = Self.foreignTechniques[word].map { "write '\($0)'; \(remedy)" }
      report(
        .ruleBadValue, fields[key]?.place ?? fields.place,
        "'\(key)' of \(name) names the technique \(Diagnostic.quoted(word))",
        same ?? Suggestion.remedy(for: word, among: choices, otherwise: remedy))
      return nil
    }
  }

  /// Words for techniques that people know from elsewhere, and what they are called here.
  private static let foreignTechniques = [
    "live": "pre-copy", "precopy": "pre-copy", "pre_copy": "pre-copy", "vmotion": "pre-copy",
    "postcopy": "post-copy", "post_copy": "post-copy", "offline": "cold", "stop": "cold",
  ]

  private mutating func decodeFailover() -> Requirement? {
    let hosts = hostSelection(isRequired: false)
    let scope = scope()
    if scope != .host && scope != .rack {
      report(
        .ruleBadValue, fields["scope"]?.place ?? fields.place,
        "\(name) counts failures of a \(scope.rawValue)",
        "write \"scope\": \"host\" or \"rack\"")
    }
    let failures = number("failures", least: 1) ?? 1
    if failures != failures.rounded() || failures > 1000 {
      report(
        .ruleBadValue, fields["failures"]?.place ?? fields.place, "'failures' of \(name) is \(failures)",
        "write a whole number from 1 to 1000")
    }
    guard !failed, let hosts else { return nil }
    return .failover(Failover(scope: scope, failures: Int(failures), hosts: hosts))
  }

  // MARK: Selections

  private mutating func bothSelections() -> (Selection, Selection)? {
    let vms = vmSelection()
    let hosts = hostSelection(isRequired: true)
    guard let vms, let hosts else { return nil }
    return (vms, hosts)
  }

  private mutating func vmSelection(isRequired: Bool = true) -> Selection? {
    selection(globs: "vms", labels: "labels", isRequired: isRequired)
  }

  private mutating func hostSelection(isRequired: Bool) -> Selection? {
    selection(globs: "hosts", labels: "host_labels", isRequired: isRequired)
  }

  private mutating func selection(globs: String, labels: String, isRequired: Bool) -> Selection? {
    if isRequired, fields[globs] == nil, fields[labels] == nil {
      report(
        .ruleBadValue, fields.place, "\(name) names no '\(globs)' and no '\(labels)'",
        "add \"\(globs)\": [ … ]; [\"*\"] means all")
      return nil
    }
    guard let patterns = words(globs), let pairs = labelPairs(labels) else { return nil }
    return Selection(globs: patterns.map { Glob($0) }, labels: pairs)
  }

  /// The words of a list; `nil` after reporting what is wrong with it.
  mutating func words(_ key: String) -> [String]? {
    guard let node = fields[key] else { return [] }
    guard case .list(let items) = node.value else {
      report(
        .ruleBadValue, node.place, "'\(key)' of \(name) is \(node.noun), not a list",
        "write \"\(key)\": [\"…\", \"…\"]")
      return nil
    }
    if items.isEmpty {
      report(
        .ruleBadValue, node.place, "'\(key)' of \(name) is an empty list",
        "name at least one; [\"*\"] means all")
      return nil
    }
    let words = items.compactMap { word($0, in: key) }
    return words.count == items.count ? words : nil
  }

  private mutating func word(_ node: DocumentNode, in key: String) -> String? {
    switch node.value {
    case .text(let text) where !text.isEmpty: return text
    case .number(_, text: let text): return text
    case .text:
      report(.ruleBadValue, node.place, "an entry of '\(key)' of \(name) is empty", "remove it")
    default:
      report(
        .ruleBadValue, node.place, "an entry of '\(key)' of \(name) is \(node.noun), not text",
        "write it in quotes")
    }
    return nil
  }

  /// Labels, as `key=value` words or as an object.
  private mutating func labelPairs(_ key: String) -> [String: String]? {
    guard let node = fields[key] else { return [:] }
    if case .object(let members) = node.value { return labelPairs(key, members) }
    guard let words = words(key) else { return nil }
    var labels: [String: String] = [:]
    for word in words {
      guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")), equals != word.startIndex else {
        report(
          .ruleBadValue, node.place, "\(Diagnostic.quoted(word)) in '\(key)' of \(name) is no label",
          "write it as key=value")
        return nil
      }
      labels[String(word[..<equals])] = String(word[word.utf8.index(after: equals)...])
    }
    return labels
  }

  private mutating func labelPairs(_ key: String, _ members: [DocumentNode.Member]) -> [String: String]? {
    var labels: [String: String] = [:]
    for member in members {
      guard let value = word(member.value, in: key) else { return nil }
      labels[member.key] = value
    }
    return labels
  }

  // MARK: Plain values

  private mutating func scope() -> Scope {
    guard let node = fields["scope"] else { return .host }
    let choices = Scope.allCases.map(\.rawValue)
    let remedy = "write one of \(choices.joined(separator: ", "))"
    guard case .text(let text) = node.value else {
      report(.ruleBadValue, node.place, "'scope' of \(name) is \(node.noun), not text", remedy)
      return .host
    }
    if let scope = Scope(rawValue: text) { return scope }
    report(
      .ruleBadValue, node.place, "'scope' of \(name) is \(Diagnostic.quoted(text))",
      Suggestion.remedy(for: text, among: choices, otherwise: remedy))
    return .host
  }

  /// A word of a closed list; `nil` when it is not there or after reporting what is wrong with it.
  private mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, of kind: Choice.Type, renamed: [String: String]
  ) -> Choice? where Choice.RawValue == String {
    guard let node = fields[key] else { return nil }
    let choices = kind.allCases.map(\.rawValue)
    let remedy = "write one of \(choices.joined(separator: ", "))"
    guard case .text(let text) = node.value else {
      report(.ruleBadValue, node.place, "'\(key)' of \(name) is \(node.noun), not text", remedy)
      return nil
    }
    if let choice = Choice(rawValue: text) { return choice }
    let same = renamed[text].map { "write '\($0)'; \(remedy)" }
    report(
      .ruleBadValue, node.place, "'\(key)' of \(name) is \(Diagnostic.quoted(text))",
      same ?? Suggestion.remedy(for: text, among: choices, otherwise: remedy))
    return nil
  }

  private mutating func resource() -> Resource? {
    let choices = Resource.allCases.map(\.rawValue)
    let remedy = "write one of \(choices.joined(separator: ", "))"
    guard let node = fields["resource"] else {
      report(.ruleBadValue, fields.place, "\(name) has no 'resource'", "add \"resource\"; \(remedy)")
      return nil
    }
    guard case .text(let text) = node.value else {
      report(.ruleBadValue, node.place, "'resource' of \(name) is \(node.noun), not text", remedy)
      return nil
    }
    if let resource = Resource(rawValue: text) { return resource }
    let same = Self.foreignResources[text].map { "write '\($0)'; \(remedy)" }
    report(
      .ruleBadValue, node.place, "'resource' of \(name) is \(Diagnostic.quoted(text))",
      same ?? Suggestion.remedy(for: text, among: choices, otherwise: remedy))
    return nil
  }

  /// Words for resources that people know from elsewhere, and what they are called here.
  private static let foreignResources = [
    "vcpu": "cpu", "vcpus": "cpu", "cores": "cpu", "mhz": "cpu", "ram": "memory", "mem": "memory",
    "disk": "local_disk", "storage": "local_disk", "vms": "slots", "count": "slots", "gpu": "gpus",
    "bandwidth": "network", "power": "cpu",
  ]

  /// A whole number; `nil` when there is none or after reporting what is wrong with it.
  private mutating func count(_ key: String, least: Double, isRequired: Bool) -> Int? {
    guard let value = isRequired ? requiredNumber(key, least: least) : number(key, least: least) else {
      return nil
    }
    guard value == value.rounded(), value <= 1_000_000 else {
      report(
        .ruleBadValue, fields[key]?.place ?? fields.place, "'\(key)' of \(name) is \(value)",
        "write a whole number from \(Int(least)) to 1000000")
      return nil
    }
    return Int(value)
  }

  private mutating func requiredNumber(_ key: String, least: Double) -> Double? {
    if fields[key] == nil {
      report(.ruleBadValue, fields.place, "\(name) has no '\(key)'", "add \"\(key)\": and a number")
    }
    return number(key, least: least)
  }

  /// Text that must be there; `nil` after reporting what is wrong with it.
  mutating func requiredText(_ key: String) -> String? {
    guard let node = fields[key] else {
      report(.ruleBadValue, fields.place, "\(name) has no '\(key)'", "add \"\(key)\"")
      return nil
    }
    if case .text(let text) = node.value { return text }
    report(
      .ruleBadValue, node.place, "'\(key)' of \(name) is \(node.noun), not text", "write it in quotes")
    return nil
  }

  /// Says what is wrong with the value of a key.
  mutating func reportValue(_ key: String, _ problem: String, _ remedy: String) {
    report(.ruleBadValue, fields[key]?.place ?? fields.place, "'\(key)' of \(name) \(problem)", remedy)
  }

  private mutating func flag(_ key: String) -> Bool? {
    guard let node = fields[key] else { return nil }
    if case .flag(let flag) = node.value { return flag }
    report(
      .ruleBadValue, node.place, "'\(key)' of \(name) is \(node.noun), not true or false",
      "write true or false, without quotes")
    return nil
  }

  private mutating func number(_ key: String, least: Double) -> Double? {
    guard let node = fields[key] else { return nil }
    guard case .number(let number, _) = node.value else {
      report(
        .ruleBadValue, node.place, "'\(key)' of \(name) is \(node.noun), not a number",
        "write a number, without quotes")
      return nil
    }
    if number >= least && number <= 1e9 { return number }
    report(
      .ruleBadValue, node.place, "'\(key)' of \(name) is \(number)",
      "write a number from \(Int(least)) to 1000000000")
    return nil
  }

  private mutating func report(
    _ code: DiagnosticCode, _ place: SourcePlace, _ summary: String, _ remedy: String
  ) {
    failed = true
    log.report(code, .error, at: place, summary, remedy: remedy)
  }
}
