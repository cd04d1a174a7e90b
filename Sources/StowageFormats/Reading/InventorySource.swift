import Foundation
import StowageDiagnostics

/// What an operator pointed at, told by looking at it.
enum InventorySource: Equatable {
  /// A folder with native tables.
  case nativeFolder(String)
  /// A native document.
  case nativeDocument(String)
  /// A folder with tabs of RVTools, each in its file.
  case rvtoolsFolder(String)
  /// A workbook with tabs of RVTools.
  case rvtoolsWorkbook(String)

  /// The form that the source is in.
  var format: InventoryFormat {
    switch self {
    case .nativeFolder, .nativeDocument: .native
    case .rvtoolsFolder, .rvtoolsWorkbook: .rvtools
    }
  }
}

/// Finds out what a path holds by its content, not by its name alone.
struct SourceDetector {
  /// The form that the operator asked for; `nil` means any.
  let wanted: InventoryFormat?

  /// What the path holds, or `nil` after reporting why it cannot be told.
  func detect(_ path: String, into log: inout DiagnosticLog) -> InventorySource? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path), "there is no such file or folder",
        remedy: "check the path")
      return nil
    }
    return isFolder.boolValue ? detectFolder(path, into: &log) : detectFile(path, into: &log)
  }

  // MARK: Folders

  private func detectFolder(_ path: String, into log: inout DiagnosticLog) -> InventorySource? {
    guard let listing = try? FileManager.default.contentsOfDirectory(atPath: path) else {
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path), "the folder cannot be listed",
        remedy: "allow reading it")
      return nil
    }
    let names = listing.sorted()
    if wanted != .rvtools {
      if names.contains("hosts.csv") || names.contains("vms.csv") { return .nativeFolder(path) }
      if names.contains("inventory.json") { return .nativeDocument(Self.join(path, "inventory.json")) }
    }
    if wanted != .native {
      if names.contains(where: Self.isRVToolsTab) { return .rvtoolsFolder(path) }
      let workbooks = names.filter { $0.lowercased().hasSuffix(".xlsx") && !$0.hasPrefix("~$") }
      if workbooks.count == 1 { return .rvtoolsWorkbook(Self.join(path, workbooks[0])) }
    }
    log.report(
      .fileUnknownFormat, .error, at: SourcePlace(file: path),
      "the folder holds nothing that can be read: \(Self.sought(wanted)) \(Self.found(names))",
      remedy: remedy(names: names))
    return nil
  }

  static func isRVToolsTab(_ name: String) -> Bool {
    guard name.lowercased().hasSuffix(".csv") else { return false }
    return RVToolsTab.named(String(name.dropLast(4))) != nil
  }

  private static func sought(_ wanted: InventoryFormat?) -> String {
    let native = "hosts.csv and vms.csv, or inventory.json"
    let rvtools = "RVTools_tabvInfo.csv and its like, or one RVTools workbook (.xlsx)"
    return switch wanted {
    case .native: "looked for \(native)."
    case .rvtools: "looked for \(rvtools)."
    case nil: "looked for \(native) (native), and for \(rvtools) (rvtools)."
    }
  }

  private static func found(_ names: [String]) -> String {
    if names.isEmpty { return "It is empty." }
    let shown = names.prefix(5).map { Diagnostic.quoted($0) }.joined(separator: ", ")
    return "Found \(shown)" + (names.count > 5 ? " and \(names.count - 5) more." : ".")
  }

  private func remedy(names: [String]) -> String {
    if wanted != nil { return "leave out --from, or point at another folder" }
    if let near = names.lazy.compactMap({ Self.nearNativeName($0) }).first {
      return "rename \(Diagnostic.quoted(near.found)) to '\(near.meant)'"
    }
    return "point at the folder that holds these files"
  }

  private static func nearNativeName(_ name: String) -> (found: String, meant: String)? {
    let meant = Suggestion.nearest(to: name, among: ["hosts.csv", "vms.csv", "inventory.json"])
    return meant.map { (name, $0) }
  }

  // MARK: Files

  private func detectFile(_ path: String, into log: inout DiagnosticLog) -> InventorySource? {
    guard let start = Self.firstBytes(path) else {
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path), "the file cannot be read",
        remedy: "allow reading it")
      return nil
    }
    if Workbook.looksLikeWorkbook(start), wanted != .native { return .rvtoolsWorkbook(path) }
    if Self.looksLikeObject(start), wanted != .rvtools { return .nativeDocument(path) }
    reportUnknown(path, start, into: &log)
    return nil
  }

  private func reportUnknown(_ path: String, _ start: [UInt8], into log: inout DiagnosticLog) {
    let place = SourcePlace(file: path)
    let looked = "looked for a JSON object (native) and for a workbook (.xlsx, rvtools)"
    if start.isEmpty {
      log.report(
        .fileUnknownFormat, .error, at: place, "the file is empty; \(looked)",
        remedy: "export the inventory again")
    } else if path.lowercased().hasSuffix(".csv") {
      log.report(
        .fileUnknownFormat, .error, at: place, "one CSV file alone is no inventory; \(looked)",
        remedy: "point at the folder that holds it together with the others")
    } else {
      log.report(
        .fileUnknownFormat, .error, at: place, "the file starts like nothing that can be read; \(looked)",
        remedy: wanted == nil ? "point at an inventory" : "leave out --from, or point at another file")
    }
  }

  private static func looksLikeObject(_ start: [UInt8]) -> Bool {
    // UTF-16 has a NUL beside every ASCII character; byte order marks and blanks come first.
    let skipped: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0x00, 0x20, 0x09, 0x0A, 0x0D]
    return start.first { !skipped.contains($0) } == UInt8(ascii: "{")
  }

  private static func firstBytes(_ path: String) -> [UInt8]? {
    guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
    defer { try? handle.close() }
    guard let data = try? handle.read(upToCount: 4096) else { return [] }
    return [UInt8](data)
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }
}
