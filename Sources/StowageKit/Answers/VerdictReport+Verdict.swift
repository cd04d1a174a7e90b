public import StowageReports
public import StowageVerification

extension VerdictReport {
  /// The verdict as a page.
  ///
  /// - Parameters:
  ///   - verdict: what the verifier says.
  ///   - plan: the plan as the operator named it.
  /// - Returns: the page's parts.
  public static func of(_ verdict: PlanVerdict, plan: String) -> VerdictReport {
    VerdictReport(
      plan: plan,
      checked: [
        ("moves", verdict.facts.movesReplayed), ("instants", verdict.facts.instantsChecked),
        ("hard rules", verdict.facts.rulesChecked),
      ],
      findings: verdict.findings.map { finding in
        Finding(finding.code.rawValue, atSeconds: finding.instantSeconds, finding.message)
      },
      bounds: verdict.facts.bounds.map { bound in
        CheckedBound(
          bound.name, value: bound.value, lowerBound: bound.lowerBound, proof: bound.proof,
          isRecomputed: bound.isRecomputed)
      })
  }
}
