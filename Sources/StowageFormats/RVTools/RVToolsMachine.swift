import StowageDiagnostics
import StowageModel

/// A VM as the tabs of an export describe it together.
struct RVToolsMachine {
  /// The name shown in vCenter; may repeat.
  var name: String
  /// The managed object id, unique within one vCenter.
  var objectID: String?
  /// The vCenter: its instance UUID, or its name where the export lacks the UUID.
  var vCenter: String?
  /// The vCenter's name, for people.
  var server: String?
  /// Where its row in vInfo is.
  var place: SourcePlace
  /// The host's name as written.
  var hostName: String?
  /// What goes into the inventory, but for id and host.
  var vm: VM
  /// Kinds and names of the DRS rules that it is in.
  var rules: [RVToolsRuleMention] = []
}

/// A DRS rule as the row of one of its members mentions it.
struct RVToolsRuleMention: Hashable {
  /// The kind, as written.
  let kind: String
  /// The name.
  let name: String
}
