extension Reassignment {
  /// No assignment costs less: of each resource all machines together have load above all their safety capacities
  /// together, and all together lack balance, whoever runs where. In the unit of the problem's costs.
  ///
  /// Both are sums over machines of what is above zero, which is never less than what their sum is above zero. A term
  /// that 64 bits do not hold is left out.
  public var leastCost: Int64 {
    let use = resources.indices.map { resource in
      processes.reduce(Int64(0)) { $0 + $1.requirement[resource] }
    }
    func total(_ amounts: (Machine) -> [Int64], _ resource: Int) -> Int64 {
      machines.reduce(0) { $0 + amounts($1)[resource] }
    }
    func free(_ resource: Int) -> Int64 { total(\.capacity, resource) - use[resource] }
    let load = resources.indices.map { resource in
      let weights = machines.map { $0.loadWeights?[resource] ?? resources[resource].loadWeight }
      return (weights.min() ?? 0, use[resource] - total(\.safetyCapacity, resource))
    }
    let balance = balances.map { balance -> (Int64, Int64) in
      let (wanted, isTooLarge) = balance.target.multipliedReportingOverflow(by: free(balance.resource))
      return (balance.weight, isTooLarge ? 0 : wanted - free(balance.other))
    }
    return (load + balance).reduce(0) { sum, term in
      let (cost, isTooLarge) = term.0.multipliedReportingOverflow(by: max(0, term.1))
      let (next, isTooMuch) = sum.addingReportingOverflow(cost)
      return isTooLarge || isTooMuch ? sum : next
    }
  }
}
