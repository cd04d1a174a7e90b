import StowageFleet
import StowageModel

/// What a local search reads about the hours of the week.
struct HourlySpace: Sendable {
  let blocks: HourlyBlocks
  /// Host by host, the most that it may hold in each column.
  private let limits: [Int64]
  /// What makes the columns of each resource comparable: ``SearchSpace/scale``.
  private let scales: [Double]
  /// The columns of each resource.
  private let columns: [Range<Int>]
  /// Columns of a row.
  let width: Int

  /// `limits` are those of a search: where they are below those of the problem they hold in every hour.
  init(_ blocks: HourlyBlocks, _ problem: Problem, limits: [LoadVector], scale: LoadVector) {
    self.blocks = blocks
    let demand = blocks.demand
    width = demand.width
    columns = demand.columns
    scales = demand.resources.map { scale[$0] }
    self.limits = limits.indices.flatMap { host in
      (0..<demand.width).map { column in
        let resource = demand.resource(of: column)
        let (limit, proper) = (limits[host][resource], problem.limits[host][resource])
        return limit < Double(proper)
          ? Int64(limit.rounded(.down)) : blocks.limit(problem.limits[host], host, column)
      }
    }
  }

  /// How far a host exceeds its limits in its worst hour when a block comes and another goes: the square
  /// of the part of the mean host, as in ``SearchSpace/excess(_:on:)``. `load` is what hosts hold, column by
  /// column of all of them.
  func excess(_ load: [Int64], on host: Int, coming: Int? = nil, going: Int? = nil) -> Double {
    let first = host * width
    var worst = 0.0
    for (index, scale) in scales.enumerated() {
      var over: Int64 = 0
      let columns = columns[index]
      load.withUnsafeBufferPointer { load in
        limits.withUnsafeBufferPointer { limits in
          withRow(coming) { coming in
            withRow(going) { going in
              for column in columns {
                var excess = load[first + column] - limits[first + column]
                if let coming { excess += coming[column] }
                if let going { excess -= going[column] }
                over = max(over, excess)
              }
            }
          }
        }
      }
      worst = max(worst, Double(over) * scale)
    }
    return worst * worst
  }

  /// The load of a host with each resource that is counted by the hour at its peak.
  func peaks(_ load: [Int64], of host: Int, _ rest: LoadVector, coming: Int?, going: Int?) -> LoadVector {
    var peaks = rest
    for (index, resource) in blocks.demand.resources.enumerated() {
      var most: Int64 = 0
      for column in columns[index] {
        let change = amount(coming, column) - amount(going, column)
        most = max(most, load[host * width + column] + change)
      }
      peaks[resource] = Double(most)
    }
    return peaks
  }

  private func amount(_ block: Int?, _ column: Int) -> Int64 {
    guard let block else { return 0 }
    let row = blocks.row(of: block)
    return row[row.startIndex + column]
  }

  /// Adds a block to a host's load, or takes it off.
  func add(_ block: Int, to load: inout [Int64], on host: Int, _ sign: Int64) {
    let first = host * width
    blocks.row(of: block).withUnsafeBufferPointer { row in
      load.withUnsafeMutableBufferPointer { load in
        for column in row.indices { load[first + column] &+= sign &* row[column] }
      }
    }
  }

  private func withRow(_ block: Int?, _ body: (UnsafeBufferPointer<Int64>?) -> Void) {
    if let block { blocks.row(of: block).withUnsafeBufferPointer { body($0) } } else { body(nil) }
  }
}
