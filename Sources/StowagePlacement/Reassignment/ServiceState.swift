/// Where services run: what conflicts, spread and dependencies ask about.
///
/// Services of one process that nothing depends on never stand in the way and have no rows.
struct ServiceState: ~Copyable {
  /// What a service must be asked about.
  private enum Trait {
    static let conflict: UInt8 = 1
    static let spread: UInt8 = 2
    static let dependency: UInt8 = 4
  }

  private let traits: UnsafeMutablePointer<UInt8>
  private let serviceCount: Int

  private let location: UnsafeMutablePointer<Int32>
  private let neighbourhood: UnsafeMutablePointer<Int32>

  /// A bit for each machine that runs the service.
  private let occupied: UnsafeMutablePointer<UInt64>
  private let occupiedRow: UnsafeMutablePointer<Int32>
  private let words: Int

  /// Processes of the service in each location.
  private let inLocation: UnsafeMutablePointer<Int32>
  private let locationRow: UnsafeMutablePointer<Int32>
  private let locations: UnsafeMutablePointer<Int32>
  private let leastLocations: UnsafeMutablePointer<Int32>

  /// Processes of the service in each neighbourhood.
  private let inNeighbourhood: UnsafeMutablePointer<Int32>
  private let neighbourhoodRow: UnsafeMutablePointer<Int32>
  /// The services it depends on, and those that depend on it: ranges into `linked`.
  private let firstNeed: UnsafeMutablePointer<Int32>
  private let firstUser: UnsafeMutablePointer<Int32>
  private let linked: UnsafeMutablePointer<Int32>
  /// Where the prices of each entry of `linked` begin, one for each neighbourhood.
  private let priceRow: UnsafeMutablePointer<Int32>
  /// What is asked for dependencies that are broken; nothing where none may be.
  private var prices: DependencyPrices
  /// Whether dependencies may be broken for a while, at a price.
  private let isSoft: Bool

  /// Processes of each service that are not at home, and how many services have so many.
  private let moved: UnsafeMutablePointer<Int32>
  private let servicesWithMoved: UnsafeMutablePointer<Int32>
  /// The most moved processes in any service.
  private(set) var mostMoved: Int32 = 0

  /// Nothing runs yet. With a price, which is the first for each dependency, these may be broken for a while.
  init(_ problem: Reassignment, firstPrice: Double? = nil) {
    isSoft = firstPrice != nil
    let services = problem.services
    serviceCount = services.count
    let machineCount = problem.machines.count
    var sizes = [Int](repeating: 0, count: services.count)
    for process in problem.processes { sizes[process.service] += 1 }
    var needs = services.indices.map { service in
      Set(services[service].dependencies).subtracting([service]).sorted()
    }
    for service in services.indices where sizes[service] == 0 { needs[service] = [] }
    var users = [[Int]](repeating: [], count: services.count)
    for (service, list) in needs.enumerated() { for need in list { users[need].append(service) } }

    func allocate<T>(_ count: Int, _ value: T) -> UnsafeMutablePointer<T> {
      let pointer = UnsafeMutablePointer<T>.allocate(capacity: max(1, count))
      pointer.initialize(repeating: value, count: max(1, count))
      return pointer
    }
    traits = allocate(services.count, 0)
    occupiedRow = allocate(services.count, 0)
    locationRow = allocate(services.count, 0)
    neighbourhoodRow = allocate(services.count, 0)
    leastLocations = allocate(services.count, 0)
    locations = allocate(services.count, 0)
    moved = allocate(services.count, 0)
    servicesWithMoved = allocate((sizes.max() ?? 0) + 2, 0)
    servicesWithMoved[0] = Int32(services.count)
    var (conflicts, spreads, links) = (0, 0, 0)
    for service in services.indices {
      if sizes[service] > 1 {
        traits[service] |= Trait.conflict
        occupiedRow[service] = Int32(conflicts)
        conflicts += 1
      }
      if services[service].leastLocations > 1 {
        traits[service] |= Trait.spread
        locationRow[service] = Int32(spreads)
        leastLocations[service] = Int32(services[service].leastLocations)
        spreads += 1
      }
      if !needs[service].isEmpty || !users[service].isEmpty {
        traits[service] |= Trait.dependency
        neighbourhoodRow[service] = Int32(links)
        links += 1
      }
    }
    words = (machineCount + 63) / 64
    let locationCount = (problem.machines.map(\.location).max() ?? 0) + 1
    let neighbourhoodCount = (problem.machines.map(\.neighbourhood).max() ?? 0) + 1
    for service in services.indices {
      occupiedRow[service] *= Int32(words)
      locationRow[service] *= Int32(locationCount)
      neighbourhoodRow[service] *= Int32(neighbourhoodCount)
    }
    occupied = allocate(conflicts * words, 0)
    inLocation = allocate(spreads * locationCount, 0)
    inNeighbourhood = allocate(links * neighbourhoodCount, 0)
    location = allocate(machineCount, 0)
    neighbourhood = allocate(machineCount, 0)
    for (index, machine) in problem.machines.enumerated() {
      location[index] = Int32(machine.location)
      neighbourhood[index] = Int32(machine.neighbourhood)
    }
    firstNeed = allocate(services.count + 1, 0)
    firstUser = allocate(services.count + 1, 0)
    let linkCount = needs.reduce(0) { $0 + $1.count }
    linked = allocate(2 * linkCount, 0)
    priceRow = allocate(2 * linkCount, 0)
    prices = DependencyPrices(
      count: firstPrice == nil ? 0 : linkCount * neighbourhoodCount, start: firstPrice ?? 1)
    var next = 0
    var rows: [[Int32]] = Array(repeating: [], count: services.count)
    for service in services.indices {
      firstNeed[service] = Int32(next)
      for need in needs[service] {
        linked[next] = Int32(need)
        priceRow[next] = Int32(next * neighbourhoodCount)
        rows[need].append(priceRow[next])
        next += 1
      }
    }
    firstNeed[services.count] = Int32(next)
    for service in services.indices {
      firstUser[service] = Int32(next)
      for (user, row) in zip(users[service], rows[service]) {
        (linked[next], priceRow[next]) = (Int32(user), row)
        next += 1
      }
    }
    firstUser[services.count] = Int32(next)
  }

  deinit {
    traits.deallocate()
    location.deallocate()
    neighbourhood.deallocate()
    occupied.deallocate()
    occupiedRow.deallocate()
    inLocation.deallocate()
    locationRow.deallocate()
    locations.deallocate()
    leastLocations.deallocate()
    inNeighbourhood.deallocate()
    neighbourhoodRow.deallocate()
    firstNeed.deallocate()
    firstUser.deallocate()
    linked.deallocate()
    priceRow.deallocate()
    moved.deallocate()
    servicesWithMoved.deallocate()
  }

  // MARK: Questions

  /// Whether another process of the service runs on a machine.
  @inline(__always)
  func isOccupied(_ service: Int, _ machine: Int) -> Bool {
    guard traits[service] & Trait.conflict != 0 else { return false }
    let word = occupied[Int(occupiedRow[service]) + machine >> 6]
    return word >> UInt64(machine & 63) & 1 != 0
  }

  /// Whether a process of the service may go from one machine to another, all else as it is.
  @inline(__always)
  func allows(_ service: Int, from: Int, to: Int) -> Bool {
    let trait = traits[service]
    if trait == 0 { return true }
    if isOccupied(service, to) { return false }
    if trait & Trait.spread != 0, location[from] != location[to] {
      let row = inLocation + Int(locationRow[service])
      if row[Int(location[from])] == 1, row[Int(location[to])] > 0,
        locations[service] == leastLocations[service]
      {
        return false
      }
    }
    if trait & Trait.dependency != 0, !isSoft, neighbourhood[from] != neighbourhood[to] {
      if !hasNeeds(service, near: Int(neighbourhood[to])) { return false }
      if inNeighbourhood[Int(neighbourhoodRow[service]) + Int(neighbourhood[from])] == 1,
        isNeeded(service, near: Int(neighbourhood[from]))
      {
        return false
      }
    }
    return true
  }

  @inline(never)
  private func hasNeeds(_ service: Int, near place: Int) -> Bool {
    for index in needs(of: service)
    where !runs(linked[index], near: place) {
      return false
    }
    return true
  }

  @inline(never)
  private func isNeeded(_ service: Int, near place: Int) -> Bool {
    for index in users(of: service)
    where runs(linked[index], near: place) {
      return true
    }
    return false
  }

  /// Whether a service that has just gone from one machine to another keeps its spread and its
  /// dependencies, and lets others keep theirs.
  func isSettled(_ service: Int, from: Int, to: Int) -> Bool {
    let trait = traits[service]
    if trait & Trait.spread != 0, locations[service] < leastLocations[service] { return false }
    if trait & Trait.dependency != 0, !isSoft, neighbourhood[from] != neighbourhood[to] {
      if !hasNeeds(service, near: Int(neighbourhood[to])) { return false }
      if inNeighbourhood[Int(neighbourhoodRow[service]) + Int(neighbourhood[from])] == 0,
        isNeeded(service, near: Int(neighbourhood[from]))
      {
        return false
      }
    }
    return true
  }

  // MARK: Changes

  mutating func remove(_ service: Int, from machine: Int) {
    let trait = traits[service]
    if trait & Trait.conflict != 0 {
      occupied[Int(occupiedRow[service]) + machine >> 6] &= ~(1 << UInt64(machine & 63))
    }
    if trait & Trait.spread != 0 {
      let cell = Int(locationRow[service]) + Int(location[machine])
      inLocation[cell] -= 1
      if inLocation[cell] == 0 { locations[service] -= 1 }
    }
    if trait & Trait.dependency != 0 {
      let cell = Int(neighbourhoodRow[service]) + Int(neighbourhood[machine])
      inNeighbourhood[cell] -= 1
      if isSoft, inNeighbourhood[cell] == 0 { turn(service, Int(neighbourhood[machine]), isThere: false) }
    }
  }

  mutating func add(_ service: Int, to machine: Int) {
    let trait = traits[service]
    if trait & Trait.conflict != 0 {
      occupied[Int(occupiedRow[service]) + machine >> 6] |= 1 << UInt64(machine & 63)
    }
    if trait & Trait.spread != 0 {
      let cell = Int(locationRow[service]) + Int(location[machine])
      if inLocation[cell] == 0 { locations[service] += 1 }
      inLocation[cell] += 1
    }
    if trait & Trait.dependency != 0 {
      let cell = Int(neighbourhoodRow[service]) + Int(neighbourhood[machine])
      if isSoft, inNeighbourhood[cell] == 0 { turn(service, Int(neighbourhood[machine]), isThere: true) }
      inNeighbourhood[cell] += 1
    }
  }

  // MARK: Prices

  /// What is asked for all dependencies that are broken.
  @inline(__always)
  var owed: Int64 { prices.owed }

  /// Dependencies that are broken, counted in each neighbourhood.
  @inline(__always)
  var brokenCount: Int { prices.brokenCount }

  /// Raises the prices of broken dependencies, and lowers the others by a part.
  mutating func reprice(fall: Double) {
    if isSoft { prices.adapt(fall: fall) }
  }

  /// Keeps the prices of now.
  mutating func keepPrices() { prices.keep() }

  /// Takes the prices back that were kept.
  mutating func restorePrices() { prices.restore() }

  /// The first process of the service comes to a neighbourhood, or its last has left. When it comes, what it needs and
  /// does not find there is broken, and what its users there lacked is mended; when it leaves, the other way round.
  @inline(never)
  private mutating func turn(_ service: Int, _ place: Int, isThere: Bool) {
    for index in needs(of: service) where !runs(linked[index], near: place) {
      prices.set(Int(priceRow[index]) + place, isBroken: isThere)
    }
    for index in users(of: service) where runs(linked[index], near: place) {
      prices.set(Int(priceRow[index]) + place, isBroken: !isThere)
    }
  }

  /// Entries of `linked`: what the service depends on.
  @inline(__always)
  private func needs(of service: Int) -> Range<Int> { Int(firstNeed[service])..<Int(firstNeed[service + 1]) }

  /// Entries of `linked`: what depends on the service.
  @inline(__always)
  private func users(of service: Int) -> Range<Int> { Int(firstUser[service])..<Int(firstUser[service + 1]) }

  @inline(__always)
  private func runs(_ service: Int32, near place: Int) -> Bool {
    inNeighbourhood[Int(neighbourhoodRow[Int(service)]) + place] > 0
  }

  /// Counts one more (or one fewer) process of the service that is not at home.
  @inline(__always)
  mutating func countMoved(_ service: Int, by change: Int32) {
    guard change != 0 else { return }
    let old = moved[service]
    let new = old + change
    moved[service] = new
    servicesWithMoved[Int(old)] -= 1
    servicesWithMoved[Int(new)] += 1
    if new > mostMoved {
      mostMoved = new
    } else if old == mostMoved, servicesWithMoved[Int(old)] == 0 {
      mostMoved = new
    }
  }
}
