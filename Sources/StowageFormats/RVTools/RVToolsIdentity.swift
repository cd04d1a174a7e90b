import StowageDiagnostics
import StowageModel

/// Chooses readable, stable ids for the VMs of an export.
///
/// A name that only one VM has is its id. Where several VMs share a name, each gets its managed
/// object id behind it, and the vCenter too when that is not enough: `web [vm-12]`,
/// `web [vm-12 @ vc01.example.org]`.
enum RVToolsIdentity {
  /// One id for each machine, in the same order.
  static func ids(_ machines: [RVToolsMachine]) -> [String] {
    var ids = machines.map(\.name)
    for refine in [withObject, withServer] {
      let repeated = repeated(ids)
      if repeated.isEmpty { break }
      for position in machines.indices where repeated.contains(ids[position]) {
        ids[position] = refine(machines[position])
      }
    }
    return ids
  }

  private static func withObject(_ machine: RVToolsMachine) -> String {
    guard let object = machine.objectID ?? machine.hostName else { return machine.name }
    return "\(machine.name) [\(object)]"
  }

  private static func withServer(_ machine: RVToolsMachine) -> String {
    guard let object = machine.objectID ?? machine.hostName, let server = machine.server ?? machine.vCenter
    else { return withObject(machine) }
    return "\(machine.name) [\(object) @ \(server)]"
  }

  private static func repeated(_ ids: [String]) -> Set<String> {
    var seen: Set<String> = []
    return Set(ids.filter { !seen.insert($0).inserted })
  }
}
