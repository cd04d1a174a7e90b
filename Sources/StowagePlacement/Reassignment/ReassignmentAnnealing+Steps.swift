extension ReassignmentAnnealing {
  /// Tries so many changes at a temperature.
  func step(
    _ state: inout ReassignmentState, _ random: inout SeededGenerator, _ temperature: Double,
    _ limits: UnsafeBufferPointer<Float>
  ) {
    let (processes, machines) = (state.tables.processCount, state.tables.machineCount)
    let goHome = mixture.shift + mixture.goHome
    let ejectHome = goHome + mixture.ejectHome
    let replace = ejectHome + mixture.replace
    let chain = replace + mixture.chain
    for _ in 0..<Self.stride {
      let bits = random.next()
      let limit = Int64(temperature * Double(limits[Int(bits & 1023)]))
      let kind = Int(bits >> 10 & 255)
      let picks = random.next()
      let process: Int
      if Int(bits >> 18 & 255) < mixture.costlier {
        let one = Self.pick(UInt32(truncatingIfNeeded: bits >> 32), machines)
        let two = Self.pick(UInt32(truncatingIfNeeded: picks), machines)
        let machine = state.cost(of: one) >= state.cost(of: two) ? one : two
        let count = state.count(on: machine)
        guard count > 0 else { continue }
        process = state.member(random.below(count), of: machine)
      } else {
        process = Self.pick(UInt32(truncatingIfNeeded: bits >> 32), processes)
      }
      let part = UInt32(truncatingIfNeeded: picks >> 32)
      var done = false
      if kind < mixture.shift {
        done = state.shift(process, to: Self.pick(part, machines), limit: limit)
      } else if kind >= chain {
        done = state.swap(process, Self.pick(part, processes), limit: limit)
      } else if kind < goHome {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = state.shift(returning, to: state.homeMachine(of: returning), limit: limit)
      } else if kind < ejectHome {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = eject(&state, &random, returning, limit)
      } else if kind < replace {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = state.chain(process, returning, to: state.homeMachine(of: returning), limit: limit)
      } else {
        let other = Self.pick(part, processes)
        done = state.chain(process, other, to: random.below(machines), limit: limit)
      }
      if done { state.keepIfBest() }
    }
  }

  /// Sends a process home, and one that is there now to its own home, or to where the first comes
  /// from, or anywhere.
  @inline(__always)
  private func eject(
    _ state: inout ReassignmentState, _ random: inout SeededGenerator, _ returning: Int, _ limit: Int64
  ) -> Bool {
    let home = state.homeMachine(of: returning)
    let count = state.count(on: home)
    guard count > 0 else { return false }
    let bits = random.next()
    let other = state.member(Self.pick(UInt32(truncatingIfNeeded: bits >> 32), count), of: home)
    let itsHome = state.homeMachine(of: other)
    let third: Int
    switch bits & 3 {
    case 0: third = Self.pick(UInt32(truncatingIfNeeded: bits) >> 2, state.tables.machineCount)
    case 1: third = state.machine(of: returning)
    default: third = itsHome != home ? itsHome : state.machine(of: returning)
    }
    return state.chain(returning, other, to: third, limit: limit)
  }

  /// A number below `bound` from 32 random bits.
  @inline(__always)
  private static func pick(_ bits: UInt32, _ bound: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(bits) &* UInt64(truncatingIfNeeded: bound)) >> 32)
  }
}
