import StowageDiagnostics
import StowageModel

/// Reports pairs of VMs that one hard rule wants together and another apart.
///
/// Sharing a place of one scope implies sharing a place of another when every place of the first
/// lies in exactly one place of the second: one host in one rack, say.
struct TogetherApartCheck {
  let resolution: RuleResolution
  private let impliedScopes: [Scope: Set<Scope>]

  /// Prepares the check for an inventory.
  init(_ resolution: RuleResolution) {
    self.resolution = resolution
    var implied: [Scope: Set<Scope>] = [:]
    for inner in Scope.allCases {
      implied[inner] = Set(Scope.allCases.filter { Self.lies(inner, in: $0, resolution.inventory.hosts) })
    }
    impliedScopes = implied
  }

  /// Checks every affinity against every anti-affinity that has two of its VMs.
  func check(_ rules: [ResolvedRule], into log: inout DiagnosticLog) {
    let apartOf = antiAffinities(rules)
    guard !apartOf.isEmpty else { return }
    for together in rules where together.rule.isHard && together.vms.count > 1 {
      guard case .affinity(let affinity) = together.rule.requirement else { continue }
      for number in shared(together.vms, apartOf) {
        let apart = rules[number]
        guard case .antiAffinity(let antiAffinity) = apart.rule.requirement,
          impliedScopes[affinity.scope]?.contains(antiAffinity.scope) ?? false,
          let pair = sharedPair(together.vms, apart.vms)
        else { continue }
        report(together, affinity.scope, apart, antiAffinity.scope, pair, into: &log)
      }
    }
  }

  /// The hard anti-affinities of each VM that has any, as ascending positions among the rules. A fleet may
  /// have thousands of rules of either kind: comparing each with each would take longer than reading it.
  private func antiAffinities(_ rules: [ResolvedRule]) -> [Int: [Int]] {
    var ofVM: [Int: [Int]] = [:]
    for (number, rule) in rules.enumerated() where rule.rule.isHard && rule.vms.count > 1 {
      guard case .antiAffinity = rule.rule.requirement else { continue }
      for vm in rule.vms { ofVM[vm, default: []].append(number) }
    }
    return ofVM
  }

  /// The rules, ascending, that at least two of some VMs are in.
  private func shared(_ vms: [Int], _ rulesOfVM: [Int: [Int]]) -> [Int] {
    var counts: [Int: Int] = [:]
    for vm in vms { for rule in rulesOfVM[vm] ?? [] { counts[rule, default: 0] += 1 } }
    return counts.filter { $0.value > 1 }.keys.sorted()
  }

  private func report(
    _ together: ResolvedRule, _ inner: Scope, _ apart: ResolvedRule, _ outer: Scope, _ pair: (Int, Int),
    into log: inout DiagnosticLog
  ) {
    let names = [pair.0, pair.1].map { Diagnostic.quoted(resolution.inventory.vms[$0].id.rawValue) }
    log.report(
      .ruleContradiction, .error, at: apart.place ?? together.place,
      "VMs \(names[0]) and \(names[1]) are to share a \(inner.rawValue) by \(together.name) and to be on "
        + "different \(outer.rawValue)s by \(apart.name)",
      remedy: "take one of the two VMs out of one of the rules, or make one rule soft")
  }

  /// The first two positions that two ascending lists have in common.
  private func sharedPair(_ a: [Int], _ b: [Int]) -> (Int, Int)? {
    var shared: Int?
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      if a[i] == b[j] {
        if let first = shared { return (first, a[i]) }
        shared = a[i]
        i += 1
        j += 1
      } else if a[i] < b[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return nil
  }

  /// Whether all hosts of each place of `inner` have one and the same place of `outer`.
  private static func lies(_ inner: Scope, in outer: Scope, _ hosts: [Host]) -> Bool {
    if inner == outer { return true }
    var outerOf: [String: String] = [:]
    for host in hosts {
      guard let place = host.domain(inner) else { continue }
      guard let around = host.domain(outer) else { return false }
      if let known = outerOf[place], known != around { return false }
      outerOf[place] = around
    }
    return true
  }
}
