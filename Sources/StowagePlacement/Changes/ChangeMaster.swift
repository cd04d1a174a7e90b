import LinearOptimization
import StowageModel

/// The linear program over changes of hosts, and its columns.
///
/// - Given: a ``ChangeModel``.
/// - Decides: for each known change whether it is made.
/// - Minimises: the VMs that enter.
/// - Subject to: a row for each class, entering less leaving at least those that cannot remain; a row
///   for each host, at most one change, exactly one where it cannot stay as it is. For bounds over very many sizes
///   a row stands for several classes, each with its part (``SmoothWeights``): their weights come from fewer numbers.
/// - Reads back: values of changes, and weights of classes from the duals.
///
/// Columns of no change stand in where no known change helps; they cost more than any move could. Where weights are
/// looked for near given ones (``WeightCorridor``), such columns are priced at its walls instead.
/// Blocks that take no room of the two resources enter wherever they like at their cost.
final class ChangeMaster {
  let model: ChangeModel
  var pricing: ChangePricing
  private let session: any LinearSession
  private(set) var changes: [HostChange] = []
  private var known: Set<HostChange> = []
  private var columns: [LinearProgram.Column] = []
  private let classRows: [LinearProgram.Row]
  private let smooth: SmoothWeights
  private let hostRows: [LinearProgram.Row]
  private let standIns: Int
  private let firstChange: Int
  private let walls: WeightCorridor.Walls?

  /// No lower number of moves is possible, in parts of a move; `nil` when nothing is proved.
  private(set) var bound: Int?
  /// The weights that prove it.
  private(set) var boundWeights: [Int]?
  /// The value of the linear program when it was last solved.
  private(set) var value = Double.infinity
  /// Whether columns of no change took part then.
  private(set) var isStandingIn = true
  private(set) var rounds = 0
  /// Whether the program would have gone beyond its corridor then.
  private(set) var isAtWall = false
  private let countsMoves: Bool
  private let workers: Workers
  /// Positions of hosts whose change is decided: nothing further is priced for them.
  var closed: Set<Int> = []
  /// Columns added in one round at most. Chosen: the best few hundred do what thousands would.
  var columnsPerRound = 400

  /// What a stand-in costs, in moves. Chosen: more than a chain of moves in any fleet that was looked at.
  private static let standInCost = 50.0

  /// A master without columns; when it does not count moves, it asks whether there is room at all.
  ///
  /// A corridor is for classes that have weights of their own.
  init(
    _ model: ChangeModel, solver: any Solver, countsMoves: Bool = true, smooth: SmoothWeights? = nil,
    near corridor: WeightCorridor? = nil, workers: Workers
  ) throws(SolverFailure) {
    self.model = model
    self.workers = workers
    let smooth = smooth ?? SmoothWeights(of: model.classes.count)
    self.smooth = smooth
    self.countsMoves = countsMoves
    pricing = ChangePricing(model, countsMoves: countsMoves)
    var program = LinearProgram()
    var classRows: [LinearProgram.Row] = []
    var homeless = [Double](repeating: 0, count: smooth.nodeCount)
    for (sizeClass, shares) in zip(model.classes, smooth.shares) {
      for share in shares { homeless[share.node] += share.part * Double(sizeClass.homeless.count) }
    }
    for least in homeless { classRows.append(program.appendRow(bounds: .atLeast(least))) }
    var hostRows: [LinearProgram.Row] = []
    for room in model.hosts {
      hostRows.append(program.appendRow(bounds: room.mustChange ? .exactly(1) : .between(0, 1)))
    }
    var standIns = 0
    for (position, room) in model.hosts.enumerated() where room.mustChange {
      program.appendColumn(cost: Self.standInCost, coefficients: [(hostRows[position], 1)])
      standIns += 1
    }
    if let corridor {
      walls = WeightCorridor.Walls(corridor, rows: classRows, &program)
    } else {
      for row in classRows { program.appendColumn(cost: Self.standInCost, coefficients: [(row, 1)]) }
      standIns += classRows.count
      walls = nil
    }
    let weightless = pricing.weightless
    for index in weightless {
      program.appendColumn(
        cost: countsMoves ? Double(model.classes[index].cost) : 0,
        coefficients: smooth.shares[index].map { (classRows[$0.node], $0.part) })
    }
    self.classRows = classRows
    self.hostRows = hostRows
    self.standIns = standIns
    firstChange = program.columnCount
    session = try solver.makeSession(program)
  }

  /// What a change adds to the row of each class.
  func balance(_ change: HostChange) -> [Int: Int] {
    var balance: [Int: Int] = [:]
    for index in change.entering { balance[index, default: 0] += 1 }
    for leaver in change.leavers {
      balance[model.hosts[change.position].residents[leaver].sizeClass, default: 0] -= 1
    }
    return balance.filter { $0.value != 0 }
  }

  @discardableResult
  func add(_ change: HostChange) -> Bool {
    guard known.insert(change).inserted else { return false }
    changes.append(change)
    var sums: [Int: Double] = [:]
    for (index, count) in balance(change).sorted(by: { $0.key < $1.key }) {
      for share in smooth.shares[index] { sums[share.node, default: 0] += share.part * Double(count) }
    }
    var entries = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
      (row: classRows[$0.key], value: $0.value)
    }
    entries.append((row: hostRows[change.position], value: 1))
    columns.append(session.appendColumn(cost: countsMoves ? Double(change.cost) : 0, coefficients: entries))
    return true
  }

  /// Learns what some weights prove.
  func judge(_ weights: [Int]) {
    let tables = pricing.tables(weights)
    record(
      tables.weights, pricing.offers(Array(model.hosts.indices), tables, wantsChanges: false, workers))
  }

  /// Lays the corridor anew, around the best weights that are known.
  func centreCorridor() {
    if let boundWeights { walls?.lay(around: boundWeights, session) }
  }

  // MARK: Relaxation

  struct Relaxed {
    /// The value of each change.
    let values: [Double]
    let reducedCosts: [Double]
    let weights: [Int]
    /// Duals of the rows of hosts, in moves; none above zero save where a host must change.
    let hostDuals: [Double]
    let objective: Double
    let isStandingIn: Bool
  }

  /// Solves the program over the known changes; `nil` when it has no solution with what is fixed.
  func relax() throws(SolverFailure) -> Relaxed? {
    var options = SolverOptions()
    options.iterationLimit = 200_000
    let outcome = try session.solveRelaxation(options).outcome
    guard case .optimal(let solution) = outcome, let duals = solution.duals else { return nil }
    let weights = smooth.weights(
      classRows.map { max(0, duals.rows[$0.index]) * Double(ChangePricing.scale) })
    value = solution.objective
    isStandingIn = solution.values[..<standIns].contains { $0 > 1e-7 }
    isAtWall = walls?.isReached(solution.values) ?? false
    return Relaxed(
      values: Array(solution.values[firstChange...]), reducedCosts: Array(duals.reducedCosts[firstChange...]),
      weights: weights, hostDuals: hostRows.map { duals.rows[$0.index] }, objective: solution.objective,
      isStandingIn: isStandingIn)
  }

  // MARK: Columns

  /// Solves and adds the best changes until no change is worth anything or `isEnough` says so.
  ///
  /// - Returns: the last relaxation; `nil` when there is none.
  func generate(rounds limit: Int, stopwatch: Stopwatch, isEnough: (Relaxed) -> Bool) throws(SolverFailure)
    -> Relaxed?
  {
    for _ in 0..<limit {
      guard let relaxed = try relax() else { return nil }
      rounds += 1
      if isEnough(relaxed) || stopwatch.hasRunOut { return relaxed }
      let added = price(relaxed)
      if added == 0 { return relaxed }
    }
    return try relax()
  }

  /// Generates until no number of moves lies between what is proved and what the program costs.
  func converge(_ stopwatch: Stopwatch) throws(SolverFailure) {
    _ = try generate(rounds: Self.roundLimit, stopwatch: stopwatch) { relaxed in
      guard !relaxed.isStandingIn, let bound else { return false }
      let moves = (Double(bound) / Double(ChangePricing.scale) - 1e-9).rounded(.up)
      return moves >= (relaxed.objective - 1e-6).rounded(.up)
    }
  }

  /// Rounds after which a program that does not converge is given up.
  static let roundLimit = 400

  /// Weights between the best known and the program's own make steadier columns; where they give
  /// none, the program's own are asked.
  private func price(_ relaxed: Relaxed) -> Int {
    if let boundWeights, !relaxed.isStandingIn {
      let smooth = zip(boundWeights, relaxed.weights).map { (2 * $0 + 3 * $1) / 5 }
      let added = price(at: smooth, relaxed)
      if added > 0 { return added }
    }
    return price(at: relaxed.weights, relaxed)
  }

  private func price(at weights: [Int], _ relaxed: Relaxed) -> Int {
    var found: [(change: HostChange, gain: Double)] = []
    let breadth = model.hosts.count > 200 ? 1 : 3
    let open = model.hosts.indices.filter { !closed.contains($0) }
    let tables = pricing.tables(weights)
    let offers = pricing.offers(open, tables, wantsChanges: true, workers)
    for (position, offer) in zip(open, offers) {
      let dual = relaxed.hostDuals[position]
      let gains = offer.changes.map { change, _ -> (change: HostChange, gain: Double) in
        let worth = Double(pricing.worth(change, relaxed.weights)) / Double(ChangePricing.scale)
        // Weights are rounded down: a gain within that error is none.
        return (change, worth + dual - 1e-6 - 1e-5 * Double(change.entering.count + change.leavers.count))
      }
      found += gains.filter { $0.gain > 0 }.sorted { $0.gain > $1.gain }.prefix(breadth)
    }
    let ranked = found.enumerated().sorted { a, b in
      a.element.gain != b.element.gain ? a.element.gain > b.element.gain : a.offset < b.offset
    }
    let most = max(columnsPerRound, model.hosts.count / 2)
    let added = ranked.prefix(most).reduce(0) { $0 + (add($1.element.change) ? 1 : 0) }
    record(tables.weights, offers)
    return added
  }

  private func record(_ weights: [Int], _ offers: [ChangePricing.Offer]) {
    guard closed.isEmpty, let new = pricing.bound(weights, offers) else { return }
    if bound.map({ new > $0 }) ?? true {
      bound = new
      boundWeights = weights
    }
  }

  /// Adds the best changes at weights that somebody else chose.
  func addChanges(at weights: [Int], keep: (HostChange) -> Bool) {
    let tables = pricing.tables(weights)
    for offer in pricing.offers(Array(model.hosts.indices), tables, wantsChanges: true, workers) {
      for (change, _) in offer.changes where keep(change) { add(change) }
    }
  }

  // MARK: Fixing

  func fix(_ index: Int) { session.setBounds(of: columns[index], to: .exactly(1)) }
  func release(_ index: Int) { session.setBounds(of: columns[index], to: .nonNegative) }

  // MARK: Integer program

  /// The best choice among some of the known changes, by GLPK's branch and bound.
  ///
  /// - Returns: indices of changes; `nil` when none better than `cutoff` moves was found.
  func choose(
    among indices: [Int], cutoff: Int, knownBound: Int, solver: any Solver, seconds: Double?, nodes: Int
  ) throws(SolverFailure) -> [Int]? {
    var program = LinearProgram()
    let classRows = model.classes.map { program.appendRow(bounds: .atLeast(Double($0.homeless.count))) }
    let hostRows = model.hosts.map { program.appendRow(bounds: $0.mustChange ? .exactly(1) : .between(0, 1)) }
    for index in indices {
      let change = changes[index]
      var entries = balance(change).sorted { $0.key < $1.key }.map {
        (row: classRows[$0.key], value: Double($0.value))
      }
      entries.append((row: hostRows[change.position], value: 1))
      program.appendColumn(kind: .binary, bounds: .unit, cost: Double(change.cost), coefficients: entries)
    }
    for index in pricing.weightless {
      program.appendColumn(cost: Double(model.classes[index].cost), coefficients: [(classRows[index], 1)])
    }
    var options = SolverOptions()
    options.cutoff = Double(cutoff)
    options.knownBound = Double(knownBound)
    options.timeLimitSeconds = seconds
    options.nodeLimit = nodes
    options.cuts = []
    let outcome = try solver.soundOutcome(program, options: options)
    guard let solution = outcome?.solution, solution.objective < Double(cutoff) - 0.5 else { return nil }
    return indices.indices.filter { solution.values[$0] > 0.5 }.map { indices[$0] }
  }
}
