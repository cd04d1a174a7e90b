import StowageDiagnostics
import StowageModel

/// The VMs of vInfo, and how the other tabs name them.
struct RVToolsMachines {
  /// The VMs, in the order of vInfo.
  private(set) var machines: [RVToolsMachine] = []
  private var byObject: [String: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  private var leftOut: Set<String> = []

  /// Adds a VM.
  mutating func add(_ machine: RVToolsMachine) {
    byName[machine.name, default: []].append(machines.count)
    if let object = machine.objectID { byObject[object, default: []].append(machines.count) }
    machines.append(machine)
  }

  /// Notes a VM that vInfo lists and that is left out, so that other tabs may name it.
  mutating func leaveOut(name: String, objectID: String?) {
    leftOut.insert(name)
    if let objectID { leftOut.insert(objectID) }
  }

  /// Changes a VM in place.
  mutating func update(_ position: Int, _ change: (inout RVToolsMachine) -> Void) {
    change(&machines[position])
  }

  /// Hands the VMs over; none are left.
  mutating func takeAll() -> [RVToolsMachine] {
    defer { machines = [] }
    return machines
  }

  /// What a row of another tab is about.
  enum Match {
    /// A VM.
    case machine(Int)
    /// A VM that is left out.
    case leftOut
    /// A VM that vInfo does not list, or that several may be.
    case unknown
  }

  /// The VM that a row of another tab is about: by object id and vCenter, else by name, and where
  /// several have the name by host and cluster too.
  func find(_ row: TableRow, in sheet: RVToolsSheet) -> Match {
    let object = sheet.text(row, .vmID)
    let vCenter = sheet.vCenter(row)
    if let object, let found = pick(byObject[object] ?? [], vCenter) { return .machine(found) }
    if let object, leftOut.contains(object) { return .leftOut }
    guard let name = sheet.name(row, .vm) else { return .unknown }
    let candidates = byName[name] ?? []
    if object == nil || candidates.allSatisfy({ machines[$0].objectID == nil }) {
      if let found = pick(candidates, vCenter) { return .machine(found) }
      let host = sheet.text(row, .host)
      let cluster = sheet.text(row, .cluster)
      let near = candidates.filter { machines[$0].hostName == host && machines[$0].vm.cluster == cluster }
      if near.count == 1 { return .machine(near[0]) }
    }
    return leftOut.contains(name) ? .leftOut : .unknown
  }

  private func pick(_ candidates: [Int], _ vCenter: String?) -> Int? {
    if candidates.count == 1 { return candidates[0] }
    guard let vCenter else { return nil }
    let here = candidates.filter { machines[$0].vCenter == vCenter }
    return here.count == 1 ? here[0] : nil
  }
}
