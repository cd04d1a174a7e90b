/// A tab of an RVTools export.
enum RVToolsTab: String, CaseIterable {
  case info = "vInfo"
  case cpu = "vCPU"
  case memory = "vMemory"
  case disk = "vDisk"
  case network = "vNetwork"
  case cd = "vCD"
  case usb = "vUSB"
  case snapshot = "vSnapshot"
  case host = "vHost"
  case cluster = "vCluster"
  case datastore = "vDatastore"
  case nic = "vNIC"

  /// The tab of a file or sheet called `name`; `nil` for tabs that tell the planner nothing and for
  /// other names.
  ///
  /// A folder holds `RVTools_tabvInfo.csv`, a workbook the sheet `vInfo`, or `tabvInfo` from older
  /// versions.
  static func named(_ name: String) -> RVToolsTab? {
    var plain = RVToolsColumn.plain(name)
    for prefix in ["rvtools", "tab"] where plain.hasPrefix(prefix) { plain.removeFirst(prefix.count) }
    return allCases.first { $0.rawValue.lowercased() == plain }
  }
}
