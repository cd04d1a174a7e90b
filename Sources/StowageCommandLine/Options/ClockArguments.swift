public import ArgumentParser
public import StowageKit

/// Whose clocks pages go by.
struct ClockArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Whose clocks pages go by: Europe/Paris, UTC, +01:00 [that of the first rule about hours, else UTC].",
      valueName: "zone"))
  var timeZone: TimeZoneOffsets?
}

extension TimeZoneOffsets: ExpressibleByArgument {
  /// A zone by its name or its distance to UTC.
  public init?(argument: String) {
    self.init(named: argument)
  }
}
