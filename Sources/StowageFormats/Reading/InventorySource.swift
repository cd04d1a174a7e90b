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
  /// Files whose content tells which platform they come from.
  case exports([String])
  /// Several of these at once.
  case parts([InventorySource])
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
    if wanted == nil || wanted == .native {
      let tables = ["hosts.csv", "vms.csv"].filter(names.contains).map { Self.join(path, $0) }
      if !tables.isEmpty, wanted == .native || !areExports(tables) { return .nativeFolder(path) }
      if names.contains("inventory.json") { return .nativeDocument(Self.join(path, "inventory.json")) }
    }
    var parts: [InventorySource] = []
    var exports = wanted == .native ? [] : ExportFolder.files(below: path, log: &log)
    if wanted == nil || wanted == .rvtools {
      if names.contains(where: Self.isRVToolsTab) { return .rvtoolsFolder(path) }
      for name in names where !name.hasPrefix(".") {
        let inner = Self.join(path, name)
        if name.lowercased().hasSuffix(".xlsx") && !name.hasPrefix("~$") {
          parts.append(.rvtoolsWorkbook(inner))
        }
        let listed = (try? FileManager.default.contentsOfDirectory(atPath: inner)) ?? []
        if listed.contains(where: Self.isRVToolsTab) {
          parts.append(.rvtoolsFolder(inner))
          exports.removeAll { $0.hasPrefix(inner + "/") }
        }
      }
    }
    if wanted != .rvtools, !exports.isEmpty { parts.append(.exports(exports)) }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? unknown(path, into: &log) : .parts(parts)
  }

  /// Whether tables with the names of native ones come from a platform: people name exports so.
  private func areExports(_ tables: [String]) -> Bool {
    tables.allSatisfy { table in
      guard let start = Self.firstBytes(table) else { return false }
      let line = String(decoding: start.filter { $0 != 0 }, as: UTF8.self).lowercased().prefix {
        !$0.isNewline
      }
      if line.firstRange(of: "memory_mib") != nil { return false }
      var log = DiagnosticLog()
      guard let file = ExportFile.read(table, log: &log) else { return false }
      return PlatformReaders.all(nil).contains { reader in
        var reader = reader
        return reader.take(file)
      }
    }
  }

  /// Reports that a folder holds nothing that is known.
  func unknown(_ path: String, into log: inout DiagnosticLog) -> InventorySource? {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
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
    case nil:
      "looked for \(native) (native), for \(rvtools) (rvtools), and for exports of other platforms."
    case let format?: "looked for exports of \(format.rawValue)."
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
    if Workbook.looksLikeWorkbook(start), wanted == nil || wanted == .rvtools {
      return .rvtoolsWorkbook(path)
    }
    let isObject = Self.looksLikeObject(start)
    if isObject, wanted == .native || wanted == nil && Self.mentionsSchema(start) {
      return .nativeDocument(path)
    }
    if wanted != .native, wanted != .rvtools, !start.isEmpty { return .exports([path]) }
    reportUnknown(path, start, into: &log)
    return nil
  }

  /// Reports that a file is of no form that is known.
  func unknownFile(_ path: String, into log: inout DiagnosticLog) {
    reportUnknown(path, Self.firstBytes(path) ?? [], into: &log)
  }

  /// Whether a file of no platform is an object, and so may have been meant as a native document.
  func mayBeNative(_ path: String) -> Bool {
    wanted == nil && Self.looksLikeObject(Self.firstBytes(path) ?? [])
  }

  private static func mentionsSchema(_ start: [UInt8]) -> Bool {
    String(decoding: start.filter { $0 != 0 }, as: UTF8.self).contains("stowage.")
  }

  private func reportUnknown(_ path: String, _ start: [UInt8], into log: inout DiagnosticLog) {
    let place = SourcePlace(file: path)
    let looked =
      "looked for a JSON object (native), for a workbook (.xlsx, rvtools), and for exports of other platforms"
    if start.isEmpty {
      log.report(
        .fileUnknownFormat, .error, at: place, "the file is empty; \(looked)",
        remedy: "export the inventory again")
    } else if path.lowercased().hasSuffix(".csv") {
      log.report(
        .fileUnknownFormat, .error, at: place,
        "one CSV file alone is no inventory, unless it is an export; \(looked)",
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
