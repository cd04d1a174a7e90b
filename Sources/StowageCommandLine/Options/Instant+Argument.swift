public import ArgumentParser
public import StowageKit

extension Instant: ExpressibleByArgument {
  /// RFC 3339 with its zone.
  public init?(argument: String) {
    self.init(rfc3339: argument)
  }
}
