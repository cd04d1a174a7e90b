public import StowageModel

/// Names an inventory by its facts, so that a plan can say which one it was made for.
public enum InventoryDigest {
  /// SHA-256 of the inventory's native document without its `source` and `warnings`, in hexadecimal.
  ///
  /// It does not depend on the form or the names of the files that were read, nor on the order of
  /// their rows; the order of rules counts, as it does for the planner.
  public static func sha256(of inventory: Inventory) -> String {
    SHA256.hexadecimal(of: NativeWriter.canonical(inventory))
  }
}
