import StowageDiagnostics

/// Reads what one platform exports.
protocol PlatformReader {
  /// The platform.
  static var format: InventoryFormat { get }
  /// A reader that has no files yet.
  init()
  /// Takes a file in if it is one of the platform's, told by its content; whether it did.
  mutating func take(_ file: ExportFile) -> Bool
  /// Reads all files taken in.
  func read(into draft: inout FleetDraft)
}

/// The readers, the ones that look most closely first.
enum PlatformReaders {
  /// A fresh reader of each platform, or of the one that the operator names.
  static func all(_ wanted: InventoryFormat?) -> [any PlatformReader] {
    let types: [any PlatformReader.Type] = [
      ProxmoxReader.self,
      GanetiReader.self,
      OpenStackReader.self,
      WatcherReader.self,
      GovcReader.self,
      LibvirtReader.self,
      NutanixReader.self,
      HyperVReader.self,
      PowerCLIReader.self,
      XCPReader.self,
      AzureMigrateReader.self,
      AWSMigrationReader.self,
      GoogleMigrationReader.self,
    ]
    return types.filter { wanted == nil || $0.format == wanted }.map { $0.init() }
  }
}
