import StowageModel

/// Puts the question what happens when certain hosts of a cluster fail.
struct FailoverQuestions {
  let roster: Roster
  private let eligibility: Eligibility
  let apart: ApartHosts
  private let rulebook: Rulebook
  /// Hard rules that bind a VM to hosts or bar it, by VM.
  private let bindings: [[Int]]

  init(roster: Roster, rulebook: Rulebook, eligibility: Eligibility, apart: ApartHosts) {
    self.roster = roster
    self.eligibility = eligibility
    self.apart = apart
    bindings = rulebook.bindingsByVM(count: roster.vms.count)
    self.rulebook = rulebook
  }

  /// The VMs that run on the failed hosts, and the room that the others have.
  func relocation(failed: [Int], in hosts: [Int], _ moment: FleetMoment, isOn: [Bool]) -> Relocation {
    let failed = Set(failed)
    let stranded = failed.flatMap { moment.running[$0] }.sorted()
    let survivors = hosts.filter {
      !failed.contains($0) && isOn[$0] && roster.hosts[$0].isUsableAsTarget && !rulebook.closed.contains($0)
    }
    var reserved: [Int: [Int]] = [:]
    for vm in stranded { for host in moment.charges[vm] ?? [] { reserved[host, default: []].append(vm) } }
    let groups = stranded.map(apart.groups)
    let relevant = Set(groups.joined())
    return Relocation(
      vms: stranded, demand: stranded.map(roster.taken), hosts: survivors,
      free: survivors.map { free($0, moment, givenBack: reserved[$0] ?? []) },
      allowed: stranded.map { allowed($0, survivors) }, groups: groups,
      taken: survivors.map { taken($0, relevant, moment, givenBack: reserved[$0] ?? []) })
  }

  private func free(_ host: Int, _ moment: FleetMoment, givenBack: [Int]) -> HourlyAmounts {
    var free = HourlyAmounts.nothing(roster)
    let load = moment.load[host]
    for resource in Resource.allCases {
      free.whole[resource] =
        roster.capacity[host][resource].map { $0 - load.whole[resource] } ?? Relocation.unlimited
    }
    for column in load.hours.indices {
      free.hours[column] =
        roster.capacity(of: host, column: column).map { $0 - load.hours[column] } ?? Relocation.unlimited
    }
    for vm in givenBack { free += roster.taken(by: vm) }
    return free
  }

  private func taken(_ host: Int, _ groups: Set<Int>, _ moment: FleetMoment, givenBack: [Int]) -> Set<Int> {
    groups.filter { group in
      let returned = givenBack.filter { apart.groups(of: $0).contains(group) }.count
      return moment.members(ofGroup: group, on: host) > returned
    }
  }

  private func allowed(_ vm: Int, _ survivors: [Int]) -> [Int]? {
    guard !bindings[vm].isEmpty || !eligibility.isEasy(vm) else { return nil }
    return survivors.indices.filter { mayRun(vm, on: survivors[$0]) }
  }

  /// Whether hard rules and the columns of the two let a VM run on a host.
  func mayRun(_ vm: Int, on host: Int) -> Bool {
    eligibility.suits(host, for: vm) && rulebook.bindings(bindings[vm], permit: host)
  }
}
