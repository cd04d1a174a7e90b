import CLibZip
import Foundation
import StowageKit

/// A generated fleet as RVTools would export it, with all columns of version 4.7 in the tab of VMs.
struct RVToolsFleet {
  let inventory: Inventory

  private static let infoHeaders = """
    VM|Powerstate|Template|SRM Placeholder|Config status|DNS Name|Connection state|Guest state|Heartbeat|\
    Consolidation Needed|PowerOn|Suspended To Memory|Suspend time|Suspend Interval|Creation date|Change Version|CPUs|\
    Overall Cpu Readiness|Memory|Active Memory|NICs|Disks|Total disk capacity MiB|Fixed Passthru HotPlug|\
    min Required EVC Mode Key|Latency Sensitivity|Op Notification Timeout|EnableUUID|CBT|Primary IP Address|Network #1|\
    Network #2|Network #3|Network #4|Network #5|Network #6|Network #7|Network #8|Num Monitors|Video Ram KiB|\
    Resource pool|Folder ID|Folder|vApp|DAS protection|FT State|FT Role|FT Latency|FT Bandwidth|FT Sec. Latency|\
    Vm Failover In Progress|Provisioned MiB|In Use MiB|Unshared MiB|HA Restart Priority|HA Isolation Response|\
    HA VM Monitoring|Cluster rule(s)|Cluster rule name(s)|Boot Required|Boot delay|Boot retry delay|Boot retry enabled|\
    Boot BIOS setup|Reboot PowerOff|EFI Secure boot|Firmware|HW version|HW upgrade status|HW upgrade policy|HW target|\
    Path|Log directory|Snapshot directory|Suspend directory|Annotation|Datacenter|Cluster|Host|\
    OS according to the configuration file|OS according to the VMware Tools|Customization Info|Guest Detailed Data|\
    VM ID|SMBIOS UUID|VM UUID|VI SDK Server type|VI SDK API Version|VI SDK Server|VI SDK UUID
    """

  /// Rows of each tab, the header first.
  private var tabs: [(name: String, rows: [[String]])] {
    let headers = Self.infoHeaders.split(separator: "|").map(String.init)
    var info = [headers]
    var cpu = [
      ["VM", "Powerstate", "CPUs", "Max", "Overall", "Reservation", "Limit", "Host", "VM ID", "VI SDK UUID"]
    ]
    var memory = [
      [
        "VM", "Powerstate", "Size MiB", "Consumed", "Active", "Reservation", "Limit", "Host", "VM ID",
        "VI SDK UUID",
      ]
    ]
    for (number, vm) in inventory.vms.enumerated() {
      let id = "vm-\(number + 1000)"
      let mebibytes = String(Int(vm.memoryMiB))
      let values: [String: String] = [
        "VM": vm.id.rawValue, "Powerstate": "poweredOn", "Template": "False", "SRM Placeholder": "False",
        "Connection state": "connected", "Config status": "green", "Guest state": "running",
        "CPUs": String(Int(vm.vCPUs)),
        "Memory": mebibytes, "Active Memory": String(Int(vm.memoryMiB / 4)), "NICs": "1", "Disks": "1",
        "Provisioned MiB": "102400", "In Use MiB": "51200", "Network #1": "VLAN 120",
        "Latency Sensitivity": "normal",
        "FT State": "notConfigured", "Path": "[san-01] \(vm.id.rawValue)/\(vm.id.rawValue).vmx",
        "Datacenter": "dc1",
        "Cluster": "c1", "Host": vm.host?.rawValue ?? "", "VM ID": id, "VI SDK UUID": "3f6c",
        "OS according to the VMware Tools": "Ubuntu Linux (64-bit)", "HW version": "19",
        "Annotation": "owner, team",
        "Creation date": "2024/05/04 07:12:31", "DNS Name": "\(vm.id.rawValue).example.org",
      ]
      info.append(headers.map { values[$0] ?? "" })
      cpu.append([
        vm.id.rawValue, "poweredOn", String(Int(vm.vCPUs)), "4800", "312", "0", "-1", "", id, "3f6c",
      ])
      memory.append([vm.id.rawValue, "poweredOn", mebibytes, mebibytes, "512", "0", "-1", "", id, "3f6c"])
    }
    var hosts = [
      [
        "Host", "Datacenter", "Cluster", "Speed", "HT Active", "# CPU", "Cores per CPU", "# Cores",
        "# Memory", "VI SDK UUID",
      ]
    ]
    for host in inventory.hosts {
      hosts.append([
        host.id.rawValue, "dc1", "c1", "2400", "True", "2", String(Int(host.cores / 2)),
        String(Int(host.cores)),
        String(Int(host.memoryMiB)), "3f6c",
      ])
    }
    return [("vInfo", info), ("vCPU", cpu), ("vMemory", memory), ("vHost", hosts)]
  }

  /// Writes a folder with a file for each tab.
  func writeCSV(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for tab in tabs {
      let text = tab.rows.map { row in
        row.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
      }.joined(separator: "\n")
      try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: "\(folder)/RVTools_tab\(tab.name).csv"))
    }
  }

  /// Writes a workbook with a sheet for each tab, texts inline, compressed.
  func writeWorkbook(to path: String) throws {
    var failure: CInt = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &failure) else {
      throw CocoaError(.fileWriteUnknown)
    }
    // libzip reads the parts when it closes the archive: they live until then.
    var parts: [(name: String, bytes: [UInt8])] = []
    let tabs = tabs
    for (index, tab) in tabs.enumerated() {
      parts.append(("xl/worksheets/sheet\(index + 1).xml", Self.sheet(tab.rows)))
    }
    let sheets = tabs.indices.map {
      "<sheet name=\"\(tabs[$0].name)\" sheetId=\"\($0 + 1)\" r:id=\"rId\($0 + 1)\"/>"
    }.joined()
    parts.append(
      (
        "xl/workbook.xml",
        Array(
          ("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\(sheets)</sheets></workbook>")
            .utf8)
      ))
    let relations = tabs.indices.map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
        + "Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }.joined()
    parts.append(
      (
        "xl/_rels/workbook.xml.rels",
        Array(
          "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\(relations)</Relationships>"
            .utf8)
      ))
    parts.append(
      (
        "_rels/.rels",
        Array(
          ("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
            + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")
            .utf8)
      ))
    parts.append(
      (
        "[Content_Types].xml",
        Array(
          ("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
            + "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>")
            .utf8)
      ))
    let storage = parts.map { part in
      let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: part.bytes.count)
      _ = copy.initialize(from: part.bytes)
      return (part.name, copy)
    }
    defer { for (_, bytes) in storage { bytes.deallocate() } }
    for (name, bytes) in storage {
      let source = zip_source_buffer(archive, bytes.baseAddress, zip_uint64_t(bytes.count), 0)
      guard let source, zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_OVERWRITE)) >= 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    }
    guard zip_close(archive) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  private static func sheet(_ rows: [[String]]) -> [UInt8] {
    var bytes = Array(
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>".utf8)
    for (number, row) in rows.enumerated() {
      bytes.append(contentsOf: "<row r=\"\(number + 1)\">".utf8)
      for cell in row {
        if cell.isEmpty {
          bytes.append(contentsOf: "<c/>".utf8)
        } else if number > 0, cell.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) {
          bytes.append(contentsOf: "<c><v>\(cell)</v></c>".utf8)
        } else {
          bytes.append(contentsOf: "<c t=\"inlineStr\"><is><t>\(cell)</t></is></c>".utf8)
        }
      }
      bytes.append(contentsOf: "</row>".utf8)
    }
    bytes.append(contentsOf: "</sheetData></worksheet>".utf8)
    return bytes
  }
}
