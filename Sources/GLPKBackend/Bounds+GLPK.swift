import CGLPK
import LinearOptimization

extension Bounds {
  /// GLPK's name for the kind of interval. Crossing ends are left to GLPK, which reports them when it solves.
  var glpkType: Int32 {
    switch (lower, upper) {
    case (nil, nil): GLP_FR
    case (_?, nil): GLP_LO
    case (nil, _?): GLP_UP
    case (let low?, let high?): low == high ? GLP_FX : GLP_DB
    }
  }

  /// The lower end; zero, which GLPK does not read, where there is none.
  var glpkLow: Double { lower ?? 0 }

  /// The upper end; zero, which GLPK does not read, where there is none.
  var glpkHigh: Double { upper ?? 0 }
}
