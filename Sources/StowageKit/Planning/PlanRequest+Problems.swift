public import StowageDiagnostics
public import StowageModel

extension PlanRequest {
  /// What a request asks for that the inventory does not have.
  public static func problems(hosts: [String], in inventory: Inventory) -> [Diagnostic] {
    guard !inventory.hosts.isEmpty else {
      return [
        Diagnostic(
          .planBadRequest, .error, "the inventory has no hosts to place VMs on",
          remedy: "add an export or a table of the hosts with --also")
      ]
    }
    let known = Set(inventory.hosts.map(\.id))
    return hosts.filter { !known.contains(Host.ID($0)) }.map { name in
      Diagnostic(
        .planBadRequest, .error, "there is no host \(Diagnostic.quoted(name))",
        remedy: "name hosts by the id column of the inventory")
    }
  }
}
