import ArgumentParser

/// `stowage-bench`: named cases in, figures out, so that anybody can repeat them.
@main
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stowage-bench",
    abstract: "Measures Stowage. Build it with -c release.",
    subcommands: [
      ReadSuite.self, ConsolidationSuite.self, ScheduleSuite.self, WriteFleet.self, WriteSamples.self,
      MutationSuite.self, MutateOne.self,
      MigrationModelSuite.self,
      EvacuationSuite.self, OverloadSuite.self, PackingSuite.self, AgreementSuite.self, ReplanSuite.self,
      BalanceSuite.self, MachineReassignmentSuite.self, GanetiSuite.self, PeersSuite.self, HotLoopSuite.self,
      WaveSuite.self, ReviewSuite.self, RunbookSuite.self, TraceSuite.self,
    ])
}
