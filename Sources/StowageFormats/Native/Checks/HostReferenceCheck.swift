import StowageDiagnostics
import StowageModel

/// Checks the hosts that VMs name: where they run, where they may, where they may not.
struct HostReferenceCheck {
  let hosts: NativeTable<Host>
  let vms: NativeTable<VM>

  /// Reports what is wrong; returns how many VMs have no known host.
  func check(into log: inout DiagnosticLog) -> Int {
    let clusters = Dictionary(hosts.rows.map { ($0.id, $0.cluster) }, uniquingKeysWith: { first, _ in first })
    var unplaced = 0
    var checkedPatterns: [String: Bool] = [:]
    for (position, vm) in vms.rows.enumerated() {
      for pattern in vm.allowedHosts + vm.forbiddenHosts {
        checkPattern(pattern, position, &checkedPatterns, into: &log)
      }
      guard let host = vm.host else {
        unplaced += 1
        reportNowhere(position, into: &log)
        continue
      }
      guard let cluster = clusters[host] else {
        unplaced += 1
        reportUnknown(host, position, into: &log)
        continue
      }
      if let own = vm.cluster, let cluster, own != cluster {
        reportOtherCluster(vm, own, cluster, position, into: &log)
      }
    }
    return unplaced
  }

  private func reportNowhere(_ position: Int, into log: inout DiagnosticLog) {
    guard log.keeps(.inventoryAssumed) else {
      log.report(.inventoryAssumed, .notice, "")
      return
    }
    log.report(
      .inventoryAssumed, .notice, at: vms.place(at: position, "host"),
      "VM \(Diagnostic.quoted(vms.rows[position].id.rawValue)) names no host; it is not planned")
  }

  private func reportUnknown(_ host: Host.ID, _ position: Int, into log: inout DiagnosticLog) {
    guard log.keeps(.inventoryUnknownHost) else {
      log.report(.inventoryUnknownHost, .warning, "")
      return
    }
    log.report(
      .inventoryUnknownHost, .warning, at: vms.place(at: position, "host"),
      "VM \(Diagnostic.quoted(vms.rows[position].id.rawValue)) is on host \(Diagnostic.quoted(host.rawValue)), "
        + "which the inventory does not list; it is not planned",
      remedy: Suggestion.remedy(
        for: host.rawValue, among: hosts.rows.lazy.map(\.id.rawValue),
        otherwise: "add the host, or correct its name"))
  }

  private func reportOtherCluster(
    _ vm: VM, _ own: String, _ cluster: String, _ position: Int, into log: inout DiagnosticLog
  ) {
    guard log.keeps(.inventoryContradiction) else {
      log.report(.inventoryContradiction, .warning, "")
      return
    }
    log.report(
      .inventoryContradiction, .warning, at: vms.place(at: position, "cluster"),
      "VM \(Diagnostic.quoted(vm.id.rawValue)) is in cluster \(Diagnostic.quoted(own)) and its host in "
        + "\(Diagnostic.quoted(cluster)); the host counts",
      remedy: "correct one of the two")
  }

  /// A name without wildcards that is no host confines a VM to nothing, or forbids nothing.
  private func checkPattern(
    _ pattern: String, _ position: Int, _ checked: inout [String: Bool], into log: inout DiagnosticLog
  ) {
    guard checked[pattern] == nil else { return }
    let glob = Glob(pattern)
    let isKnown = hosts.rows.contains { glob.matches($0.id.rawValue) }
    checked[pattern] = isKnown
    guard !isKnown else { return }
    let column = vms.rows[position].allowedHosts.contains(pattern) ? "allowed_hosts" : "forbidden_hosts"
    log.report(
      .inventoryUnknownReference, .warning, at: vms.place(at: position, column),
      "\(Diagnostic.quoted(pattern)) in \(column) is no host of the inventory",
      remedy: Suggestion.remedy(
        for: pattern, among: hosts.rows.lazy.map(\.id.rawValue), otherwise: "correct the name, or remove it"))
  }
}
