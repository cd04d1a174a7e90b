import StowageDiagnostics
import StowageModel

/// Checks that the ends of dependencies are VMs or applications of the inventory.
struct DependencyCheck {
  let dependencies: NativeTable<Dependency>
  let vms: [VM]

  /// Checks every dependency.
  func check(into log: inout DiagnosticLog) {
    let names = Set(vms.map(\.id.rawValue)).union(vms.compactMap(\.app))
    for (position, dependency) in dependencies.rows.enumerated() {
      for (column, end) in [("from", dependency.from), ("to", dependency.to)]
      where !names.contains(end) && !end.isEmpty {
        log.report(
          .inventoryUnknownReference, .error, at: dependencies.place(at: position, column),
          "a dependency names \(Diagnostic.quoted(end)), which is no VM and no application (column app)",
          remedy: Suggestion.remedy(
            for: end, among: names.sorted(), otherwise: "write the id of a VM or the name of an application"))
      }
      if dependency.from == dependency.to, !dependency.from.isEmpty {
        log.report(
          .inventoryContradiction, .error, at: dependencies.place(at: position, "to"),
          "\(Diagnostic.quoted(dependency.from)) depends on itself", remedy: "correct one of its ends")
      }
      if !dependency.isHard, dependency.trafficMbps == nil {
        log.report(
          .inventoryAssumed, .notice, at: dependencies.place(at: position, "traffic_mbps"),
          "traffic between \(Diagnostic.quoted(dependency.from)) and \(Diagnostic.quoted(dependency.to)) is not "
            + "stated, and counts as none",
          remedy: "fill in traffic_mbps, or write hard = true if both must move together")
      }
    }
  }
}
