import StowageDiagnostics
import StowageModel

/// Checks that the ends of links are places of the inventory.
struct LinkCheck {
  let links: NativeTable<Link>
  let hosts: [Host]
  let sites: [SiteRow]

  /// Checks every link.
  func check(into log: inout DiagnosticLog) {
    var places = Set(sites.map(\.id))
    for host in hosts {
      for scope in Scope.allCases {
        if let place = host.domain(scope) { places.insert(place) }
      }
    }
    for (position, link) in links.rows.enumerated() {
      let name = "link \(Diagnostic.quoted(link.id.rawValue))"
      for (column, end) in [("a", link.a), ("b", link.b)] where !places.contains(end) && !end.isEmpty {
        log.report(
          .inventoryUnknownReference, .error, at: links.place(at: position, column),
          "\(name) ends at \(Diagnostic.quoted(end)), which is no host, rack, cluster or site",
          remedy: Suggestion.remedy(
            for: end, among: places.sorted(), otherwise: "write the id of a host, rack, cluster or site"))
      }
      if link.a == link.b {
        log.report(
          .inventoryContradiction, .error, at: links.place(at: position, "b"),
          "\(name) starts and ends at \(Diagnostic.quoted(link.a))", remedy: "correct one of its ends")
      }
    }
  }
}
