// Problems of the inventory as a whole: identities and references.
extension DiagnosticCode {
  /// Two hosts share an id.
  public static let inventoryDuplicateHost = DiagnosticCode(rawValue: "inventory.duplicate-host")
  /// Two VMs share an id.
  public static let inventoryDuplicateVM = DiagnosticCode(rawValue: "inventory.duplicate-vm")
  /// Two links, datastores or other rows share an id.
  public static let inventoryDuplicateID = DiagnosticCode(rawValue: "inventory.duplicate-id")
  /// A VM names a host that the inventory does not have.
  public static let inventoryUnknownHost = DiagnosticCode(rawValue: "inventory.unknown-host")
  /// A reference other than a VM's host leads nowhere.
  public static let inventoryUnknownReference = DiagnosticCode(rawValue: "inventory.unknown-reference")
  /// There is no host at all.
  public static let inventoryNoHosts = DiagnosticCode(rawValue: "inventory.no-hosts")
  /// Rows that were left out on purpose, such as templates.
  public static let inventorySkipped = DiagnosticCode(rawValue: "inventory.skipped")
  /// A value that was missing and was taken as something.
  public static let inventoryAssumed = DiagnosticCode(rawValue: "inventory.assumed")
  /// Two values of one row cannot both be right.
  public static let inventoryContradiction = DiagnosticCode(rawValue: "inventory.contradiction")
  /// A host holds more than its capacity today.
  public static let inventoryOverloaded = DiagnosticCode(rawValue: "inventory.overloaded")

  static let inventoryCodes: [DiagnosticCode] = [
    .inventoryDuplicateHost, .inventoryDuplicateVM, .inventoryDuplicateID, .inventoryUnknownHost,
    .inventoryUnknownReference, .inventoryNoHosts, .inventorySkipped, .inventoryAssumed,
    .inventoryContradiction, .inventoryOverloaded,
  ]
}
