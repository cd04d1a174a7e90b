import LinearOptimization
import StowageCosts
import StowageFleet
import StowageModel

/// The integer program of copies and restarts.
///
/// Given: VMs that ask for a copy, places that can take them, space, links. Decides: which place each VM has its copy at, and in
/// which pool of storage. Minimises: VMs without a copy, or the data that links carry. Subject to: room on the
/// hosts of a place when a site fails, for each failure on its own; what rules ask of those who restart; space; links and ports; VMs of a group at one site; members of an
/// anti-affinity apart; restarts in time. Reads back: the place of each VM.
///
/// With a place for each host the program is exact. With a place for each set of hosts that share storage, or for each
/// site, it is a relaxation, small for hundreds or thousands of VMs: what it proves impossible is impossible, and whether
/// hosts can be found for its answer is for the packing to say.
struct RecoveryProgram {
  /// What counts as one place.
  enum Grain {
    case host
    /// Hosts of one site that share storage.
    case zone
    case site
  }

  /// Hosts that count as one.
  struct Place {
    let name: String
    let site: Int
    let hosts: [Int]
    let pools: [Int]
  }

  /// Storage that counts as one.
  struct Pool {
    let name: String
    let freeGiB: Double?
  }

  let problem: RecoveryProblem
  let places: [Place]
  let pools: [Pool]
  let grain: Grain
  /// Which places each item may go to, ascending.
  let choices: [[Int]]
  private(set) var program = LinearProgram()
  /// Columns of the items' places, in the order of ``choices``.
  private(set) var at: [[LinearProgram.Column]] = []
  /// Columns of the items' pools, where there is a choice.
  private(set) var poolOf: [[(pool: Int, column: LinearProgram.Column)]] = []
  private(set) var left: [LinearProgram.Column] = []
  /// What links lack, by channel, where they may be made faster.
  private(set) var lacks: [(channel: Int, column: LinearProgram.Column)] = []
  /// The limits that have rows, in the order in which they were written.
  private(set) var limits: [RecoveryLimit] = []
  private var seen: Set<RecoveryLimit> = []
  /// The row of each limit that has one, and what it was divided by.
  private(set) var rows: [RecoveryLimit: (row: LinearProgram.Row, scale: Double)] = [:]
  private let dropped: Set<RecoveryLimit>
  private let stretchesLinks: Bool
  private var routes: [[[Int]]] = []

  /// A program.
  ///
  /// - Parameters:
  ///   - problem: what is asked.
  ///   - grain: what counts as one place.
  ///   - dropped: limits that are left out.
  ///   - stretchesLinks: whether links may be made faster, at a cost.
  init(
    _ problem: RecoveryProblem, grain: Grain, dropping dropped: Set<RecoveryLimit> = [],
    stretchesLinks: Bool = false
  ) {
    self.problem = problem
    self.grain = grain
    self.dropped = dropped
    self.stretchesLinks = stretchesLinks
    (places, pools) =
      grain == .host ? Self.hosts(of: problem) : Self.zones(of: problem, isWholeSite: grain == .site)
    var placeOfHost: [Int: Int] = [:]
    for (index, place) in places.enumerated() { for host in place.hosts { placeOfHost[host] = index } }
    choices = problem.items.map { item in Set(item.candidates.compactMap { placeOfHost[$0] }).sorted() }
    build()
  }

  /// Binary columns that a program with a place for each host would have.
  static func exactSize(_ problem: RecoveryProblem) -> Int {
    problem.items.reduce(0) { $0 + $1.candidates.count }
  }

  // MARK: Places

  private static func hosts(of problem: RecoveryProblem) -> ([Place], [Pool]) {
    let places = problem.siteOfHost.enumerated().compactMap { host, site -> Place? in
      guard let site else { return nil }
      return Place(
        name: problem.fleet.hosts[host].id.rawValue, site: site, hosts: [host], pools: problem.reach[host])
    }
    let pools = problem.stores.map { Pool(name: $0.id ?? "local disks", freeGiB: $0.freeGiB) }
    return (places, pools)
  }

  /// Hosts of one site that share storage, directly or by way of others; or all of them.
  private static func zones(of problem: RecoveryProblem, isWholeSite: Bool) -> ([Place], [Pool]) {
    let hosts = problem.siteOfHost.indices.filter { problem.siteOfHost[$0] != nil }
    var sets = DisjointSets(count: problem.siteOfHost.count)
    var firstOfStore: [[Int]: Int] = [:]
    for host in hosts {
      for store in problem.reach[host] where problem.stores[store].id != nil {
        let key = [problem.siteOfHost[host] ?? 0, store]
        if let other = firstOfStore[key] { sets.join(other, host) } else { firstOfStore[key] = host }
      }
    }
    // Hosts with nothing but their own disks are one place with the space of all.
    var local: [Int: Int] = [:]
    for host in hosts
    where isWholeSite || problem.reach[host].allSatisfy({ problem.stores[$0].id == nil }) {
      let site = problem.siteOfHost[host] ?? 0
      if let other = local[site] { sets.join(other, host) } else { local[site] = host }
    }
    var members: [Int: [Int]] = [:]
    for host in hosts { members[sets.representative(host), default: []].append(host) }
    var places: [Place] = []
    var pools: [Pool] = []
    for (_, hosts) in members.sorted(by: { $0.key < $1.key }) {
      let site = problem.siteOfHost[hosts[0]] ?? 0
      let stores = Set(hosts.flatMap { problem.reach[$0] }).sorted()
      let name = problem.sites[site]
      let free = stores.map { problem.stores[$0].freeGiB }
      places.append(Place(name: name, site: site, hosts: hosts, pools: [pools.count]))
      pools.append(
        Pool(name: name, freeGiB: free.contains(nil) ? nil : free.compactMap(\.self).reduce(0, +)))
    }
    return (places, pools)
  }

  // MARK: Building

  private mutating func build() {
    for item in problem.items.indices {
      at.append(choices[item].map { _ in program.addBinary() })
      left.append(program.addBinary())
    }
    var known: [[Int]: [Int]] = [:]
    routes = problem.items.indices.map { item in
      choices[item].map { place in
        let key = [problem.fleet.start[problem.items[item].vm], place]
        if let route = known[key] { return route }
        let route = commonRoute(item, places[place])
        known[key] = route
        return route
      }
    }
    for item in problem.items.indices {
      program.require("a copy or none", sum(at[item]) + left[item], equals: 1)
    }
    addPools()
    addRoom()
    addChannels()
    addVendorLimits()
    addGroups()
    addApart()
    addTotals()
    if grain == .host {
      addDedications()
      addRanks()
    }
  }

  /// The channels that lead from an item's host to every host of a place.
  private func commonRoute(_ item: Int, _ place: Place) -> [Int] {
    var common: [Int]?
    for host in place.hosts {
      guard let route = problem.route(item, to: host) else { continue }
      common = common.map { $0.filter(route.contains) } ?? route
    }
    return common ?? []
  }

  /// Writes a row unless nothing could break it or the limit is dropped. Rows are brought to a largest coefficient of 1.
  private mutating func limit(
    _ limit: RecoveryLimit, _ terms: [(column: LinearProgram.Column, value: Double)], atMost most: Double,
    channel: Int? = nil
  ) {
    let terms = terms.filter { $0.value > 0 }
    guard terms.reduce(0, { $0 + $1.value }) > most else { return }
    if seen.insert(limit).inserted { limits.append(limit) }
    guard !dropped.contains(limit), let scale = terms.map(\.value).max() else { return }
    var entries = terms.map { (column: $0.column, value: $0.value / scale) }
    if stretchesLinks, let channel, problem.isLink(channel) {
      let column = program.addContinuous()
      lacks.append((channel, column))
      entries.append((column, -1 / scale))
    }
    rows[limit] = (program.appendRow(bounds: .atMost(most / scale), coefficients: entries), scale)
  }

  private mutating func addPools() {
    var inPool = [[(column: LinearProgram.Column, value: Double)]](repeating: [], count: pools.count)
    for item in problem.items.indices {
      let size = problem.items[item].diskGiB
      let reached = Set(choices[item].flatMap { places[$0].pools }).sorted().filter {
        pools[$0].freeGiB.map { size <= $0 } ?? true
      }
      if choices[item].allSatisfy({ places[$0].pools.count == 1 }) {
        for (place, column) in zip(choices[item], at[item]) {
          inPool[places[place].pools[0]].append((column, size))
        }
        poolOf.append([])
        continue
      }
      let columns = reached.map { (pool: $0, column: program.addBinary()) }
      poolOf.append(columns)
      for (pool, column) in columns { inPool[pool].append((column, size)) }
      program.require("one pool", sum(columns.map(\.column)), atMost: 1)
      for (place, column) in zip(choices[item], at[item]) {
        let there = columns.filter { places[place].pools.contains($0.pool) }.map(\.column)
        program.require("reached", column - sum(there), atMost: 0)
      }
    }
    for (pool, terms) in inPool.enumerated() {
      guard let free = pools[pool].freeGiB else { continue }
      limit(.space(pools[pool].name), terms, atMost: free)
    }
  }

  private mutating func addRoom() {
    for (index, place) in places.enumerated() {
      for failing in problem.sites.indices where failing != place.site {
        let there = problem.items.indices.compactMap { item -> (Int, LinearProgram.Column)? in
          guard problem.items[item].site == failing,
            let position = choices[item].firstIndex(of: index)
          else { return nil }
          return (item, at[item][position])
        }
        for resource in Resource.allCases {
          let rooms = place.hosts.filter(problem.fleet.targets.contains).map { problem.free[$0][resource] }
          guard !rooms.isEmpty, rooms.allSatisfy({ $0 < Fleet.noLimit / 2 }) else { continue }
          limit(
            .room(place: place.name, resource: resource, failing: problem.sites[failing]),
            there.map { ($0.1, Double(problem.items[$0.0].demand[resource])) },
            atMost: Double(rooms.reduce(0, +)))
        }
      }
    }
  }

  private mutating func addChannels() {
    var terms: [Int: [(column: LinearProgram.Column, value: Double)]] = [:]
    for item in problem.items.indices {
      for (position, route) in routes[item].enumerated() {
        for channel in route {
          terms[channel, default: []].append((at[item][position], problem.items[item].rate))
        }
      }
    }
    for (channel, terms) in terms.sorted(by: { $0.key < $1.key }) {
      guard let payload = problem.payload[channel] else { continue }
      limit(.channel(channel), terms, atMost: payload, channel: channel)
    }
  }

  /// What is counted for each site, or for each two sites.
  private mutating func addVendorLimits() {
    for limit in problem.terms.replicator.limits {
      var terms: [[Int]: [(column: LinearProgram.Column, value: Double)]] = [:]
      for item in problem.items.indices {
        for (place, column) in zip(choices[item], at[item]) {
          guard let share = problem.share(of: item, limit, at: places[place].site) else { continue }
          terms[share.key, default: []].append((column, share.amount))
        }
      }
      for (_, terms) in terms.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        self.limit(.vendor(limit), terms, atMost: limit.most)
      }
    }
  }

  private mutating func addGroups() {
    var members: [Int: [Int]] = [:]
    for item in problem.items.indices { members[problem.items[item].group, default: []].append(item) }
    for (group, items) in members.sorted(by: { $0.key < $1.key }) where items.count > 1 {
      let sites = Set(items.flatMap { choices[$0].map { places[$0].site } }).sorted()
      guard sites.count > 1 else { continue }
      let limit = RecoveryLimit.whole(group: group)
      if seen.insert(limit).inserted { limits.append(limit) }
      guard !dropped.contains(limit) else { continue }
      let taken = sites.map { _ in program.addBinary() }
      program.require("one site", sum(taken), atMost: 1)
      for item in items {
        for (site, column) in zip(sites, taken) {
          let there = zip(choices[item], at[item]).filter { places[$0.0].site == site }.map(\.1)
          if !there.isEmpty { program.require("whole", sum(there) - column, atMost: 0) }
        }
      }
    }
  }

  private mutating func addApart() {
    for group in problem.apart {
      var inDomain: [Int: [(column: LinearProgram.Column, value: Double)]] = [:]
      for item in group.items {
        for (place, column) in zip(choices[item], at[item]) {
          let domains = Set(places[place].hosts.map { group.domainOfHost[$0] })
          if domains.count == 1, let domain = domains.first {
            inDomain[domain, default: []].append((column, 1))
          }
        }
      }
      for (_, terms) in inDomain.sorted(by: { $0.key < $1.key }) {
        limit(.apart(group.rule), terms, atMost: 1)
      }
    }
  }

  /// What VMs of one failure may take together on hosts, as rules say; counted where all hosts of a place are among these.
  private mutating func addTotals() {
    for failing in problem.sites.indices {
      let restarting = problem.items.indices.filter { problem.items[$0].site == failing && restarts($0) }
      for total in problem.rules.totals(failing: failing) where !restarting.isEmpty {
        var terms: [(column: LinearProgram.Column, value: Double)] = []
        for item in restarting where total.members?.contains(problem.items[item].vm) ?? true {
          let demand = problem.fleet.demand[problem.items[item].vm]
          let amount = total.resource.map { Double(demand[$0]) } ?? 1
          for (place, column) in zip(choices[item], at[item])
          where places[place].hosts.allSatisfy(total.hosts.contains) {
            terms.append((column, amount))
          }
        }
        limit(.rule(total.rule), terms, atMost: Double(max(0, total.most)))
      }
    }
  }

  /// On every host members restart, or others.
  private mutating func addDedications() {
    for failing in problem.sites.indices {
      let restarting = problem.items.indices.filter { problem.items[$0].site == failing && restarts($0) }
      for (rule, members) in problem.rules.dedications(failing: failing) {
        for place in places.indices {
          var sides: (own: [LinearProgram.Column], other: [LinearProgram.Column]) = ([], [])
          for item in restarting {
            guard let position = choices[item].firstIndex(of: place) else { continue }
            if members.contains(problem.items[item].vm) {
              sides.own.append(at[item][position])
            } else {
              sides.other.append(at[item][position])
            }
          }
          guard !sides.own.isEmpty, !sides.other.isEmpty else { continue }
          if seen.insert(.rule(rule)).inserted { limits.append(.rule(rule)) }
          guard !dropped.contains(.rule(rule)) else { continue }
          let isOwn = program.addBinary()
          let (own, other) = (Double(sides.own.count), Double(sides.other.count))
          program.require("members alone", sum(sides.own) - own * isOwn, atMost: 0)
          program.require("others alone", sum(sides.other) + other * isOwn, atMost: other)
        }
      }
    }
  }

  /// A VM that must be early restarts on a host where few come before it.
  private mutating func addRanks() {
    for item in problem.items.indices {
      guard let most = problem.items[item].mostBefore else { continue }
      let earlier = problem.items.indices.filter {
        problem.items[$0].site == problem.items[item].site && restarts($0)
          && problem.items[$0].order < problem.items[item].order
      }
      guard earlier.count > most else { continue }
      for (place, column) in zip(choices[item], at[item]) {
        let before = earlier.compactMap { other in choices[other].firstIndex(of: place).map { at[other][$0] }
        }
        guard before.count > most else { continue }
        let slack = Double(before.count - most)
        if seen.insert(.rank).inserted { limits.append(.rank) }
        guard !dropped.contains(.rank) else { continue }
        program.require(
          "in time", sum(before) + slack * column, atMost: Double(most) + slack)
      }
    }
  }

  private func restarts(_ item: Int) -> Bool {
    problem.fleet.vms[problem.items[item].vm].powerState == .on
  }

  // MARK: Objectives

  /// VMs without a copy, those of a high service tier a little more than others.
  private var unprotected: LinearExpression {
    sum(zip(left.indices, left)) { item, column in problem.weight(of: item) * column }
  }

  /// Data on links, in MiB/s, counted on each.
  var linkTraffic: LinearExpression {
    sum(problem.items.indices) { item in
      sum(zip(at[item], routes[item])) { column, route in
        Double(route.count(where: problem.isLink)) * problem.items[item].rate * column
      }
    }
  }

  mutating func minimizeUnprotected() { program.minimize(unprotected) }

  /// How many VMs have no copy, whatever they weigh.
  mutating func minimizeCount() { program.minimize(sum(left)) }

  /// Least data on links with a copy of every VM.
  mutating func minimizeTrafficOfAll() {
    protectAll()
    program.minimize(linkTraffic)
  }

  /// Least data on links, with VMs without a copy that weigh no more than `most`.
  mutating func minimizeTraffic(leavingAtMost most: Double) {
    program.require("copies", unprotected, atMost: most + 1e-6)
    program.minimize(linkTraffic)
  }

  /// Everybody has a copy.
  mutating func protectAll() {
    for column in left { program.setBounds(of: column, to: .exactly(0)) }
  }

  /// Everybody has a copy, over links that are made faster by the least in all.
  mutating func minimizeLacks() {
    protectAll()
    program.minimize(sum(lacks.map(\.column)))
  }

  /// The place of each item, and its pool where that was decided here.
  func reading(_ solution: Solution) -> [(place: Int, pool: Int?)?] {
    problem.items.indices.map { item in
      guard let position = at[item].firstIndex(where: solution.isOne) else { return nil }
      let place = choices[item][position]
      let own = places[place].pools
      let pool = poolOf[item].first { own.contains($0.pool) && solution.isOne($0.column) }?.pool
      return (place, pool ?? (own.count == 1 ? own[0] : nil))
    }
  }
}
