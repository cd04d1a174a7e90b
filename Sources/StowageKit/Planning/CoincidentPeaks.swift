import StowageFleet
import StowageModel
import StowageReports

/// What it makes that peaks are counted in the hours in which they come: how full a placement is so, and how full
/// it would be if all peaks came at once.
struct CoincidentPeaks {
  let fleet: Fleet
  /// The host of each VM.
  let placement: [Int]

  /// For each resource that is counted by the hour; none where none is.
  var sentences: [String] {
    guard let hourly = fleet.hourly else { return [] }
    let state = FleetState(fleet, placement: placement)
    return hourly.resources.indices.compactMap { index in
      let resource = hourly.resources[index]
      let byHour = fullest(resource) { state.peakLoad(of: $0)[resource] }
      let sums = sums(hourly, hourly.columns[index])
      guard let byHour, let atOnce = fullest(resource, { sums[$0] }) else { return nil }
      return
        "the fullest host ends at \(Units.percent(byHour, digits: 1)) of its \(resource.name) in its fullest hour; if the peaks of its VMs came at once, the fullest would be at \(Units.percent(atOnce, digits: 1))"
    }
  }

  /// The sum of each host's VMs, each in the hour in which it asks for most.
  private func sums(_ hourly: HourlyDemand, _ columns: Range<Int>) -> [Int64] {
    var sums = [Int64](repeating: 0, count: fleet.hosts.count)
    for (vm, host) in placement.enumerated() {
      sums[host] += columns.lazy.map { hourly.amount(of: vm, $0) }.max() ?? 0
    }
    return sums
  }

  /// The highest load as a part of the size, among hosts that may be used; `nil` where none has a size.
  private func fullest(_ resource: Resource, _ load: (_ host: Int) -> Int64) -> Double? {
    fleet.hosts.indices.compactMap { host in
      guard fleet.hosts[host].isUsableAsTarget, let size = fleet.capacity[host][resource], size > 0 else {
        return nil
      }
      return Double(load(host)) / Double(size)
    }.max()
  }
}
