import StowageKit

extension InventoryArguments {
  /// Reads the inventory as ``ReadingOptions/load(_:on:isQuiet:)`` does.
  func load(on console: Console, isQuiet: Bool = false) -> (inventory: Inventory?, log: DiagnosticLog) {
    reading.load(inventory, on: console, isQuiet: isQuiet)
  }
}

extension ReadingOptions {
  /// Reads the inventory, tells what was found on standard error, and gives it back when it can be used.
  ///
  /// - Parameters:
  ///   - path: the inventory.
  ///   - console: where problems are told.
  ///   - isQuiet: whether only errors are told, because the command shows the rest in its answer.
  /// - Returns: The inventory, unless there were errors, and everything that was found.
  func load(
    _ path: String, on console: Console, isQuiet: Bool = false
  ) -> (inventory: Inventory?, log: DiagnosticLog) {
    var result = InventoryReader.read([path] + also, from: from, rules: rules)
    if !utilisation.isEmpty, let found = result.inventory {
      let measured = UtilisationReader.read(utilisation)
      result.log.merge(measured.log)
      result.inventory = measured.applied(to: found)
    }
    if let found = result.inventory { result.inventory = orders.added(to: found, into: &result.log) }
    let shown = isQuiet ? result.log.kept.filter { $0.severity == .error } : result.log.kept
    for diagnostic in shown where diagnostic.severity != .notice { console.note(diagnostic.description) }
    for (code, count) in result.log.omitted where !isQuiet {
      console.note("… and \(count) more of [\(code.rawValue)]")
    }
    return (result.log.hasErrors ? nil : result.inventory, result.log)
  }
}
