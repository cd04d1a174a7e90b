import StowageModel

extension FleetCompiler {
  /// Dependencies with both ends in the fleet.
  var dependencies: [FleetDependency] { Self.dependencies(inventory, vms: vms) }

  static func dependencies(_ inventory: Inventory, vms: [VM]) -> [FleetDependency] {
    guard !inventory.dependencies.isEmpty else { return [] }
    let byID = Dictionary(uniqueKeysWithValues: vms.enumerated().map { ($1.id.rawValue, $0) })
    var ofApp: [String: [Int]] = [:]
    for (index, vm) in vms.enumerated() { if let app = vm.app { ofApp[app, default: []].append(index) } }
    return inventory.dependencies.compactMap { dependency in
      let ends = [dependency.from, dependency.to].map { end in byID[end].map { [$0] } ?? ofApp[end] ?? [] }
      guard !ends[0].isEmpty, !ends[1].isEmpty else { return nil }
      return FleetDependency(
        from: ends[0], to: ends[1], mbps: dependency.trafficMbps ?? 0, isHard: dependency.isHard)
    }
  }
}
