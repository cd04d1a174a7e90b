import StowageFormats
public import StowageModel
public import StowageVerification

extension Verifier {
  /// Judges a plan of an inventory, both digests compared.
  public static func judge(_ plan: Plan, of inventory: Inventory) -> PlanVerdict {
    Verifier(
      inventory: inventory, inventoryDigest: InventoryDigest.sha256(of: inventory),
      requestDigest: RequestDigest.sha256(of: plan)
    ).judge(plan)
  }
}
