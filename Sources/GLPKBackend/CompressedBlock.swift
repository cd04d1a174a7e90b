import CGLPKShim
import LinearOptimization

/// Rows or columns to append, their coefficients gathered row by row or column by column.
///
/// GLPK counts from 1 and never reads entry 0, so every array begins with an unused entry.
struct CompressedBlock {
  enum Axis {
    case row
    case column
  }

  private var types: [Int32]
  private var low: [Double]
  private var high: [Double]
  private var starts: [Int32]
  private var indices: [Int32]
  private var values: [Double]

  /// Gathers the coefficients of items that `axis` counts, the first of them being number `first` of the program.
  init(
    _ bounds: ArraySlice<Bounds>, by axis: Axis, from first: Int, _ coefficients: CoefficientSlice
  ) {
    self.init(empty: bounds)
    let items = axis == .row ? coefficients.rows : coefficients.columns
    let others = axis == .row ? coefficients.columns : coefficients.rows

    // A counting sort. After the first loop, starts[k + 2] is the number of coefficients of item k from zero; after
    // the second, starts[k + 1] is where it begins, which is entry k in C's count of items.
    for item in items { starts[Int(item) - first + 2] += 1 }
    for item in starts.indices.dropFirst() { starts[item] += starts[item - 1] }

    var next = starts
    indices = [Int32](repeating: 0, count: items.count + 1)
    values = [Double](repeating: 0, count: items.count + 1)
    for (index, item) in items.enumerated() {
      next[Int(item) - first + 1] += 1
      let place = Int(next[Int(item) - first + 1])
      indices[place] = others[index] + 1
      values[place] = coefficients.values[index]
    }
  }

  /// Items without coefficients.
  init(empty bounds: ArraySlice<Bounds>) {
    types = [0] + bounds.map(\.glpkType)
    low = [0] + bounds.map(\.glpkLow)
    high = [0] + bounds.map(\.glpkHigh)
    starts = [Int32](repeating: 0, count: bounds.count + 2)
    indices = [0]
    values = [0]
  }

  /// Calls `body` with the block as C sees it; the block is gone afterwards.
  func withBlock(_ body: (UnsafePointer<stowage_glpk_block>) -> stowage_glpk_call) -> stowage_glpk_call {
    types.withUnsafeBufferPointer { types in
      low.withUnsafeBufferPointer { low in
        high.withUnsafeBufferPointer { high in
          starts.withUnsafeBufferPointer { starts in
            indices.withUnsafeBufferPointer { indices in
              values.withUnsafeBufferPointer { values in
                var block = stowage_glpk_block(
                  count: Int32(types.count - 1), types: types.baseAddress, low: low.baseAddress,
                  high: high.baseAddress, starts: starts.baseAddress, indices: indices.baseAddress,
                  values: values.baseAddress)
                return withUnsafePointer(to: &block, body)
              }
            }
          }
        }
      }
    }
  }
}

/// Some coefficients of a program, scaled.
struct CoefficientSlice {
  var rows: [Int32] = []
  var columns: [Int32] = []
  var values: [Double] = []

  /// Those within `range` whose row satisfies `belongs`.
  init(
    _ all: Coefficients, _ range: Range<Int>, _ scaling: RowScaling, where belongs: (Int) -> Bool
  ) {
    for index in range where belongs(Int(all.rows[index])) {
      rows.append(all.rows[index])
      columns.append(all.columns[index])
      values.append(all.values[index] * scaling.factors[Int(all.rows[index])])
    }
  }
}
