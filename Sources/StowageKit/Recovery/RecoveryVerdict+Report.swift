import StowageFormats
public import StowageModel
public import StowageReports
public import StowageVerification

extension RecoveryVerifier {
  /// Judges a recovery plan of an inventory, digests compared.
  public static func judge(_ plan: RecoveryPlan, of inventory: Inventory) -> RecoveryVerdict {
    RecoveryVerifier(
      inventory: inventory, inventoryDigest: InventoryDigest.sha256(of: inventory)
    ).judge(plan)
  }
}

extension VerdictReport {
  /// The verdict on a recovery plan as a page.
  ///
  /// - Parameters:
  ///   - verdict: what the verifier says.
  ///   - plan: the plan as the operator named it.
  /// - Returns: the page's parts.
  public static func of(_ verdict: RecoveryVerdict, plan: String) -> VerdictReport {
    VerdictReport(
      plan: plan, checked: [("copies", verdict.copies)],
      findings: verdict.findings.map { Finding($0.code.rawValue, $0.sentence) })
  }
}

extension RecoveryVerdict {
  /// The verdict for programs.
  public var json: String {
    JSONWriter.answer("stowage.verdict/v1") { writer in
      writer.member("decision", isAccepted ? "accepted" : "rejected")
      writer.objects("findings", findings) { writer, finding in
        writer.member("code", finding.code.rawValue)
        writer.member("message", finding.sentence)
      }
    }
  }
}
