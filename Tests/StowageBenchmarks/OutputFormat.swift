import ArgumentParser

/// For whom a suite prints.
enum OutputFormat: String, ExpressibleByArgument {
  /// For people.
  case text
  /// For programs: an array of objects, one a case.
  case json
}
