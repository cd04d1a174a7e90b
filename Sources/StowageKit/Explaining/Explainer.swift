public import StowageDiagnostics
import StowageFleet
import StowageFormats
public import StowageModel
public import StowageReports

/// Explains VMs and hosts of a plan, with what the inventory adds where it is at hand.
public struct Explainer: Sendable {
  /// What can be said.
  public enum Answer: Sendable {
    /// An explanation.
    case explained(Explanation)
    /// The plan has no such VM or host; says which name was probably meant.
    case unknown(Diagnostic)
  }

  private let plan: Plan
  private let inventory: Inventory?

  /// An explainer of a plan; `inventory` is what the plan starts from.
  public init(plan: Plan, inventory: Inventory? = nil) {
    self.plan = plan
    self.inventory = inventory
  }

  /// Why a VM moves or stays, and why no other host would take it.
  public func explain(vm: VM.ID) -> Answer {
    guard var explanation = PlanExplainer(plan, inventory: inventory).explain(vm: vm) else {
      let names = plan.placement.keys.map(\.rawValue) + plan.unplaced.map(\.vm.rawValue)
      return .unknown(unknown("VM", vm.rawValue, among: names))
    }
    if let room = RoomFinder(plan: plan, inventory: inventory) {
      explanation.sections.append(contentsOf: room.sections(of: vm))
    }
    return .explained(explanation)
  }

  /// What happens to a host, and how full it is.
  public func explain(host: Host.ID) -> Answer {
    let known = PlanExplainer(plan).explain(host: host)
    let isThere = inventory?.hosts.contains { $0.id == host } ?? false
    guard
      var explanation = known
        ?? (isThere
          ? Explanation(
            kind: "host", id: host.rawValue, headline: "Nothing is on it, and nothing comes.", sections: [])
          : nil)
    else {
      let names = plan.placement.values.map(\.rawValue) + (inventory?.hosts.map(\.id.rawValue) ?? [])
      return .unknown(unknown("host", host.rawValue, among: Array(Set(names))))
    }
    if let inventory {
      let loads = HostLoad.all(of: inventory, options: plan.options, placement: plan.placement)
      if let load = loads.first(where: { $0.host == host }) {
        explanation.sections.append(
          Explanation.Section("load", "Load", Resource.allCases.compactMap { loadWords(load, $0) }))
      }
    }
    return .explained(explanation)
  }

  private func unknown(_ noun: String, _ name: String, among names: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: names).map {
      "write \(Diagnostic.quoted($0)), if that is meant"
    }
    return Diagnostic(
      .planBadRequest, .error, "the plan has no \(noun) \(Diagnostic.quoted(name))",
      remedy: near ?? "name \(noun)s by the ids of the plan's placement")
  }

  private func loadWords(_ load: HostLoad, _ resource: Resource) -> String? {
    guard load.start[resource] > 0 || load.end[resource] > 0 else { return nil }
    let unit = ResourceWords(options: plan.options)
    let limit = load.capacity[resource].map { unit.amount($0, resource) } ?? "no limit"
    return
      "\(resource.rawValue): \(unit.amount(load.start[resource], resource)) before, \(unit.amount(load.end[resource], resource)) after, of \(limit)"
  }
}

/// Amounts of resources in words.
struct ResourceWords {
  let options: PlanOptions

  func amount(_ value: Int64, _ resource: Resource) -> String {
    switch resource {
    case .cpu:
      Units.decimal(Double(value) / 1000, digits: 1) + (options.sizing.cpu == .vcpu ? " vCPUs" : " MHz")
    case .memory, .localDisk: Units.gibibytes(fromMiB: Double(value) / 1024)
    case .network: Units.decimal(Double(value) / 1000) + " Mb/s"
    case .slots, .gpus: Units.count(Int(value))
    }
  }
}
