import StowageDiagnostics
import StowageModel

/// Checks names of datastores against the table of datastores, and its hosts against the hosts.
struct DatastoreCheck {
  let datastores: NativeTable<Datastore>
  let hosts: NativeTable<Host>
  let vms: NativeTable<VM>

  /// Warns of each unknown name once.
  func check(into log: inout DiagnosticLog) {
    let known = Set(datastores.rows.map(\.id))
    var reported: Set<String> = []
    for (position, host) in hosts.rows.enumerated() {
      for name in host.datastores where !known.contains(name) && reported.insert(name).inserted {
        report(name, at: hosts.place(at: position, "datastores"), known, into: &log)
      }
    }
    for (position, vm) in vms.rows.enumerated() {
      for name in vm.datastores where !known.contains(name) && reported.insert(name).inserted {
        report(name, at: vms.place(at: position, "datastores"), known, into: &log)
      }
    }
    checkHosts(into: &log)
  }

  private func report(
    _ name: String, at place: SourcePlace?, _ known: Set<String>, into log: inout DiagnosticLog
  ) {
    log.report(
      .inventoryUnknownReference, .warning, at: place,
      "datastore \(Diagnostic.quoted(name)) is not in the table of datastores",
      remedy: Suggestion.remedy(for: name, among: known.sorted(), otherwise: "add it, or correct its name"))
  }

  private func checkHosts(into log: inout DiagnosticLog) {
    let known = Set(hosts.rows.map(\.id))
    for (position, datastore) in datastores.rows.enumerated() {
      for host in datastore.hosts where !known.contains(host) {
        log.report(
          .inventoryUnknownReference, .warning, at: datastores.place(at: position, "hosts"),
          "datastore \(Diagnostic.quoted(datastore.id)) is reached by host \(Diagnostic.quoted(host.rawValue)), "
            + "which the inventory does not list",
          remedy: Suggestion.remedy(
            for: host.rawValue, among: hosts.rows.lazy.map(\.id.rawValue),
            otherwise: "add the host, or correct its name"))
      }
    }
  }
}
