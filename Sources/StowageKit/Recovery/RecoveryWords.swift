import StowageCosts
import StowageFleet
import StowageModel
import StowagePlacement
import StowageReports

/// What keeps VMs from having a copy, in words with numbers.
struct RecoveryWords {
  let problem: RecoveryProblem

  func sentence(_ limit: RecoveryLimit) -> String {
    switch limit {
    case .room(let place, let resource, let failing):
      let asked = problem.items.filter { problem.sites[$0.site] == failing }.reduce(Int64(0)) {
        $0 + $1.demand[resource]
      }
      let amount = resource.amount(asked, counting: problem.terms.sizing.cpu)
      return
        "\(resource.name) of the hosts of \(VisibleText.name(place)) when \(VisibleText.name(failing)) fails (\(amount) asked by its VMs)"
    case .space(let name): return "space for disks in \(VisibleText.name(name))"
    case .channel(let channel):
      let carried = problem.payload[channel].map { Units.rate(mibPerSecond: $0) } ?? "any rate"
      return
        "\(VisibleText.name(problem.fleet.network.channels[channel].name)) carries \(carried) of copies"
    case .whole(let group):
      let vm = problem.fleet.vms[problem.items[group].vm]
      return
        "VMs that go together with \(VisibleText.name(vm.id.rawValue))\(vm.app.map { " (app \(VisibleText.name($0)))" } ?? "") go to one site"
    case .apart(let rule): return "rule \(VisibleText.name(rule.rawValue)) keeps its VMs apart"
    case .rule(let rule): return "rule \(VisibleText.name(rule.rawValue)) holds for who restarts"
    case .vendor(let limit):
      return
        "\(problem.terms.replicator.name) bears at most \(Figure.decimal(limit.most, places: 1)) \(limit.quantity.rawValue) (\(limit.source)); to have more, \(limit.remedy)"
    case .rank: return "restarts in time"
    }
  }
}
