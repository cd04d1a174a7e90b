// swift-tools-version: 6.2
import PackageDescription

// One line per module: its name, then what it may import. CI builds with
// `--explicit-target-dependency-import-check error`, so these lines are the architecture.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// With `STOWAGE_OPTIMIZE_TESTS` set, the modules that search are optimised in debug builds too, which makes
/// the tests of whole plans two to three times as fast. Not otherwise: a package with unsafe flags cannot be depended on.
let optimized: [SwiftSetting] =
  Context.environment["STOWAGE_OPTIMIZE_TESTS"] == nil
  ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))]

func search(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict + optimized)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "stowage",
  products: [
    .executable(name: "stowage", targets: ["stowage"]),
    .executable(name: "stowage-bench", targets: ["StowageBenchmarks"]),
    .library(name: "StowageKit", targets: ["StowageKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // Speech and words.
    module("StowageDiagnostics", []),
    search("StowageModel", ["StowageDiagnostics"]),

    // Files.
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CLibZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    module(
      "StowageFormats",
      ["StowageModel", "StowageDiagnostics", "CExpat", "CLibZip", "CNettle", yams]),

    // Integer programs; C stays behind the back end.
    search("LinearOptimization", []),
    .systemLibrary(name: "CGLPK", providers: [.apt(["libglpk-dev"]), .brew(["glpk"])]),
    .target(name: "CGLPKShim", dependencies: ["CGLPK"]),
    search("GLPKBackend", ["LinearOptimization", "CGLPK", "CGLPKShim"]),

    // Planning.
    search("StowageCosts", ["StowageModel"]),
    search("StowageFleet", ["StowageModel"]),
    search(
      "StowagePlacement",
      ["StowageModel", "StowageFleet", "StowageCosts", "LinearOptimization", collections]),
    search("StowageCalendar", ["LinearOptimization"]),
    search(
      "StowageSequencing",
      [
        "StowageModel", "StowageFleet", "StowageCosts", "StowageCalendar", "LinearOptimization", collections,
      ]),

    // The judge: sees neither the planner's fleet nor a solver.
    module("StowageVerification", ["StowageModel", "StowageDiagnostics", "StowageCosts"]),

    // Pages.
    module(
      "StowageReports", ["StowageModel", "StowageDiagnostics", mustache],
      resources: [.embedInCode("Templates")]),

    // The whole.
    module(
      "StowageKit",
      [
        "StowageDiagnostics", "StowageModel", "StowageFormats", "LinearOptimization", "GLPKBackend",
        "StowageCosts", "StowageFleet", "StowagePlacement", "StowageSequencing",
        "StowageVerification", "StowageReports",
      ]),
    module("StowageCommandLine", ["StowageKit", argumentParser]),
    .executableTarget(name: "stowage", dependencies: ["StowageCommandLine"], swiftSettings: strict),

    // Measurements.
    .executableTarget(
      name: "StowageBenchmarks",
      dependencies: [
        "StowageKit", "StowageFleet", "StowageCosts", "StowageCalendar", "StowagePlacement", "GLPKBackend",
        "LinearOptimization", "StowageTestSupport",
        "CLibZip",
        argumentParser,
      ],
      path: "Tests/StowageBenchmarks", exclude: ["README.md"], swiftSettings: strict),

    // Tests: one target per module, same file stems.
    .target(
      name: "StowageTestSupport",
      dependencies: [
        "StowageModel", "StowageDiagnostics", "LinearOptimization", "StowagePlacement", "StowageFleet",
        "StowageCosts", "StowageCalendar",
      ],
      path: "Tests/StowageTestSupport", swiftSettings: strict),
    tests("StowageDiagnosticsTests", ["StowageDiagnostics"]),
    tests("StowageModelTests", ["StowageModel", "StowageTestSupport"]),
    tests(
      "StowageFormatsTests", ["StowageFormats", "StowageModel", "StowageDiagnostics", "StowageTestSupport"]),
    tests("LinearOptimizationTests", ["LinearOptimization"]),
    tests(
      "GLPKBackendTests",
      ["GLPKBackend", "CGLPK", "CGLPKShim", "LinearOptimization", "StowageTestSupport"]),
    tests("StowageCostsTests", ["StowageCosts", "StowageModel", "StowageTestSupport"]),
    tests("StowageFleetTests", ["StowageFleet", "StowageModel", "StowageTestSupport"]),
    tests(
      "StowagePlacementTests",
      [
        "StowagePlacement", "StowageModel", "StowageFleet", "StowageCosts", "LinearOptimization",
        "GLPKBackend", "StowageTestSupport",
      ]),
    tests(
      "StowageSequencingTests",
      [
        "StowageSequencing", "StowageModel", "StowageFleet", "StowageCosts", "GLPKBackend",
        "StowageTestSupport",
      ]),
    tests(
      "StowageCalendarTests",
      ["StowageCalendar", "LinearOptimization", "GLPKBackend", "StowageTestSupport"]),
    tests(
      "StowageVerificationTests",
      ["StowageVerification", "StowageModel", "StowageDiagnostics", "StowageCosts", "StowageTestSupport"]),
    tests(
      "StowageReportsTests",
      ["StowageReports", "StowageModel", "StowageDiagnostics", "StowageTestSupport", yams],
      exclude: ["Golden"]),
    tests("StowageScenarioTests", ["StowageKit", "StowageTestSupport"]),
    tests("StowageCommandLineTests", ["StowageCommandLine", "StowageKit", "StowageTestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
