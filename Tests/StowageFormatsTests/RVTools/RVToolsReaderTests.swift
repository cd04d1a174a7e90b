import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// Exports made here: the headers are RVTools', the fleets are ours.
@Suite("Reading an RVTools export")
struct RVToolsReaderTests {
  @Test("joins hosts by name, also by short name and in another case")
  func hostNames() throws {
    let result = try read([
      "vInfo":
        "VM,Powerstate,CPUs,Memory,Host\na,poweredOn,1,1024,esx1\nb,poweredOn,1,1024,ESX2.example.org\n",
      "vHost": "Host,# CPU,Cores per CPU,# Memory\nesx1.example.org,2,8,65536\nesx2.example.org,2,8,65536\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.vms.map(\.host) == ["esx1.example.org", "esx2.example.org"])
    #expect(inventory.hosts.map(\.cores) == [16, 16])
    #expect(result.log.kept.map(\.code) == [.inventoryAssumed])
  }

  @Test("does not take a host of another domain for the same")
  func otherDomain() throws {
    let result = try read([
      "vInfo":
        "VM,Powerstate,CPUs,Memory,Host\na,poweredOn,1,1024,esx1.b.org\nb,poweredOn,1,1024,esx1.a.org\n",
      "vHost": "Host,# Cores,# Memory\nesx1.a.org,16,65536\n",
    ])
    #expect(result.inventory?.vms.map(\.host) == ["esx1.b.org", "esx1.a.org"])
    #expect(result.counts.unplaced == 1)
    #expect(result.log.kept.map(\.code) == [.inventoryUnknownHost])
    #expect(result.log.kept.first?.severity == .warning)
  }

  @Test("tells VMs of one name apart, also over several vCenters")
  func identities() throws {
    let result = try read([
      "vInfo": """
      VM,Powerstate,CPUs,Memory,Host,VM ID,VI SDK Server,VI SDK UUID
      web,poweredOn,1,1024,h,vm-1,vc1,u1
      web,poweredOn,2,1024,h,vm-2,vc1,u1
      db,poweredOn,1,1024,h,vm-3,vc1,u1
      mail,poweredOn,1,1024,h,vm-9,vc1,u1
      mail,poweredOn,4,1024,h,vm-9,vc2,u2

      """,
      "vHost": "Host,# Cores,# Memory\nh,16,65536\n",
      "vMemory": """
      VM,Active,VM ID,VI SDK UUID
      mail,77,vm-9,u2
      web,55,vm-2,u1

      """,
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(
      inventory.vms.map(\.id) == ["db", "mail [vm-9 @ vc1]", "mail [vm-9 @ vc2]", "web [vm-1]", "web [vm-2]"])
    #expect(inventory.vms.map(\.name) == [nil, "mail", "mail", "web", "web"])
    #expect(inventory.vms.map(\.memoryActiveMiB) == [nil, nil, 77, nil, 55])
  }

  @Test("finds every blocker where its tab has it")
  func blockers() throws {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"]
    let info = names.map { name in
      let fields = [
        "a": "True,normal,notConfigured,False", "b": "False,high,notConfigured,False",
        "c": "False,normal,running,False", "d": "False,normal,notConfigured,True",
      ]
      return "\(name),poweredOn,1,1024,x,\(fields[name] ?? "False,normal,notConfigured,False")"
    }
    let result = try read([
      "vInfo":
        "VM,Powerstate,CPUs,Memory,Host,Fixed Passthru HotPlug,Latency Sensitivity,FT State,Consolidation Needed\n"
        + info.joined(separator: "\n") + "\n",
      "vHost": "Host,# Cores,# Memory\nx,16,65536\n",
      "vDisk": """
      VM,Raw,Sharing mode,Shared Bus,Path
      e,True,sharingNone,noSharing,[lun] e/e.vmdk
      f,False,sharingMultiWriter,noSharing,[ds] f/f.vmdk
      f,False,sharingNone,physicalSharing,[ds] f/g.vmdk

      """,
      "vNetwork": "VM,Network,Adapter,Direct Path IO\ng,n1,SR-IOV passthrough,False\nh,n2,Vmxnet3,True\n",
      "vCD": "VM,Connected,Device Type\nh,True,ISO [ds] x.iso\ni,False,Client device\n",
      "vUSB": "VM,Connected\ni,True\nh,False\n",
      "vSnapshot": "VM,Name\ni,before\ngone,before\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(
      inventory.vms.map(\.blockers) == [
        [.passthrough], [.pinnedCPU], [.faultTolerance], [.snapshot], [.rdm], [.sharedDisk], [.sriov], [.iso],
        [.usb, .snapshot],
      ])
    #expect(inventory.vms[7].networks == ["n2"])
    #expect(result.log.kept.map(\.code) == [.inventoryUnknownReference])
  }

  @Test("knows disks that only one host reaches")
  func localDisks() throws {
    let result = try read([
      "vInfo":
        "VM,Powerstate,CPUs,Memory,Host,Path\na,poweredOn,1,1,h1,[san] a.vmx\nb,poweredOn,1,1,h1,[local] b.vmx\n",
      "vHost": "Host,# Cores,# Memory\nh1,16,65536\nh2,16,65536\n",
      "vDatastore": "Name,Type,Capacity MB,# Hosts,Hosts\nsan,NFS,2048,2,\"h1, h2\"\nlocal,VMFS,1024,1,h1\n",
      "vDisk": "VM,Path\na,[san] a.vmdk\nb,[san] b.vmdk\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.vms.map(\.hasLocalDisk) == [false, true])
    #expect(inventory.datastores.map(\.isShared) == [false, true])
    #expect(inventory.datastores.map(\.capacityGiB) == [1, 2])
    #expect(inventory.hosts.map(\.datastores) == [["san", "local"], ["san"]])
  }

  @Test("reads headers of version 3, semicolons, decimal commas and internal names")
  func spellings() throws {
    let result = try read([
      "vInfo":
        "VM;Powerstate;CPUs;Memory;Provisioned MB;In Use MB;Host;OS\na;poweredOff;2;4.096;10.240;5.120;h;Linux\n",
      "vHost": "vHostName;vHostNumCpu;vHostNumCpuCores;vHostMemorySize;vHostCpuMhz;VMs per Core\n"
        + "h;2;16;1.048.576;2400;0,125\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    #expect(inventory.vms[0].memoryMiB == 4096)
    #expect(inventory.vms[0].diskProvisionedGiB == 10)
    #expect(inventory.vms[0].operatingSystem == "Linux")
    #expect(inventory.vms[0].powerState == .off)
    #expect(inventory.hosts[0].memoryMiB == 1_048_576)
    #expect(inventory.hosts[0].sockets == 2 && inventory.hosts[0].cpuMHz == 2400)
  }

  @Test("fills what vInfo leaves out from other tabs, and leaves out templates and placeholders")
  func otherTabs() throws {
    let result = try read([
      "vInfo": """
      VM,Powerstate,Template,SRM Placeholder,CPUs,Memory,Host
      a,poweredOn,False,False,,,
      t,poweredOff,True,False,1,1024,h
      p,poweredOff,False,True,1,1024,h
      ,,,,,,

      """,
      "vCPU": "VM,CPUs,Overall,Limit,Reservation,Host\na,4,750,-1,500,h\nt,1,0,-1,0,h\n",
      "vMemory": "VM,Size MiB,Consumed,Active\na,8192,8200,100\n",
      "vHost": "Host,# Cores,# Memory\nh,16,65536\n",
    ])
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    let vm = try #require(inventory.vms.first)
    #expect(inventory.vms.count == 1)
    #expect(vm.vCPUs == 4 && vm.memoryMiB == 8192 && vm.host == "h")
    #expect(vm.cpuReservationMHz == 500 && vm.cpuLimitMHz == nil)
    #expect(vm.cpuMHzP95 == nil && vm.cpuMHzMax == nil)
    #expect(vm.attributes["x.rvtools.cpu_overall_mhz"] == "750")
    #expect(result.counts.templates == 1 && result.counts.placeholders == 1)
  }

  @Test("takes DRS rules between VMs, and says which it cannot take")
  func rules() throws {
    let result = try read([
      "vInfo": """
      VM,Powerstate,CPUs,Memory,Host,Cluster rule(s),Cluster rule name(s)
      a,poweredOn,1,1,h,"ClusterAntiAffinityRuleSpec, ClusterVmHostRuleInfo","apart, licence"
      b,poweredOn,1,1,i,ClusterAntiAffinityRuleSpec,apart
      c,poweredOn,1,1,i,ClusterAffinityRuleSpec,"near, far"

      """,
      "vHost": "Host,# Cores,# Memory\nh,16,65536\ni,16,65536\n",
    ])
    #expect(
      result.inventory?.rules == [Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]))))])
    #expect(result.log.kept.map(\.code) == [.inventorySkipped])
    #expect(result.log.kept.first?.summary.contains("'far', 'licence', 'near'") == true)
  }

  @Test("makes labels of custom attributes")
  func customAttributes() throws {
    let result = try read([
      "vInfo": "VM,Powerstate,CPUs,Memory,owner,Datacenter,Host\na,poweredOn,1,1,dba,dc,h\n",
      "vHost": "Host,# Cores,# Memory\nh,16,65536\n",
    ])
    #expect(result.inventory?.vms.first?.labels == ["owner": "dba"])
    #expect(result.inventory?.vms.first?.site == "dc")
  }

  @Test(
    "says what is missing or wrong",
    arguments: [
      Case(["vInfo": info], .inventoryNoHosts, nil, "no tab vHost"),
      Case(["vHost": hosts], .fileUnknownFormat, nil, "no tab vInfo"),
      Case(["vInfo": "Name\na\n", "vHost": hosts], .tableMissingColumn, 1, "no column 'VM'"),
      Case(["vInfo": info, "vHost": "Host,# Cores\nh,16\n"], .tableMissingColumn, 1, "no column '# Memory'"),
      Case(["vInfo": info, "vHost": "Host,# Memory\nh,16\n"], .tableMissingColumn, 1, "no column '# Cores'"),
      Case(["vInfo": info, "vHost": hosts + "h,16,65536\n"], .inventoryDuplicateHost, 3, "first on line 2"),
      Case(
        ["vInfo": info, "vHost": "Host,# Cores,# Memory\nh,16,0\n"], .tableMissingValue, 2, "no '# Memory'"),
      Case(
        ["vInfo": info + "b,poweredOn,,1,h\n", "vHost": hosts], .tableMissingValue, 3, "VM 'b' has no CPUs"),
      Case(
        ["vInfo": info + "a,poweredOn,1,1,h\n", "vHost": hosts], .inventoryDuplicateVM, 3, "first on line 2"),
      Case(["vInfo": info + "b,poweredOn,two,1,h\n", "vHost": hosts], .tableBadValue, 3, "'two'"),
      Case(
        ["vInfo": "VM,Powerstate,CPUs,Memory,Host\na,poweredOn,1,1,x\n", "vHost": hosts],
        .inventoryUnknownHost, nil, "'x' (1 VM)"),
    ])
  func bad(_ example: Case) throws {
    let result = try read(example.tabs)
    #expect(result.inventory == nil)
    let diagnostic = try #require(result.log.kept.first { $0.code == example.code }, "\(result.log.kept)")
    #expect(diagnostic.severity == .error)
    #expect(diagnostic.place?.line == example.line)
    #expect(diagnostic.summary.contains(example.words), "\(diagnostic)")
    #expect(diagnostic.remedy != nil)
  }

  @Test("warns of a power state that is none, and of a VM that vCenter has lost")
  func states() throws {
    let result = try read([
      "vInfo":
        "VM,Powerstate,CPUs,Memory,Host,Connection state\na,an,1,1,h,connected\nb,poweredOn,1,1,h,orphaned\n",
      "vHost": Self.hosts,
    ])
    #expect(result.inventory?.vms.map(\.powerState) == [.on, .on])
    #expect(result.inventory?.vms.map(\.isMovable) == [nil, false])
    #expect(result.log.kept.map(\.severity) == [.warning, .warning])
  }

  @Test("reads a workbook, with booleans and numbers as such, and an older name of a sheet")
  func workbook() throws {
    func row(_ cells: String...) -> String {
      "<row>" + cells.map { $0.hasPrefix("<") ? $0 : "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined()
        + "</row>"
    }
    func number(_ value: Int) -> String { "<c><v>\(value)</v></c>" }
    let yes = "<c t=\"b\"><v>1</v></c>"
    let no = "<c t=\"b\"><v>0</v></c>"
    var workbook = SampleWorkbook(
      rows: row("VM", "Powerstate", "Template", "CPUs", "Memory", "Host")
        + row("a", "poweredOn", no, number(4), number(8192), "h")
        + row("t", "poweredOff", yes, number(1), number(1), "h") + "<row/><row/>")
    workbook.sheets.append(
      (
        "tabvHost",
        row("Host", "# Cores", "# Memory", "in Maintenance Mode") + row("h", number(16), number(65536), yes)
      ))
    let folder = try TemporaryFolder()
    let file = try folder.write("export.xlsx", workbook.bytes)
    for path in [file, folder.path] {
      let result = InventoryReader.read(path)
      let inventory = try #require(result.inventory, "\(result.log.kept)")
      #expect(inventory.vms.map(\.memoryMiB) == [8192])
      #expect(inventory.hosts.map(\.isInMaintenance) == [true])
      #expect(result.counts.templates == 1)
    }
  }

  @Test("refuses a workbook of something else")
  func otherWorkbook() throws {
    let folder = try TemporaryFolder()
    var workbook = SampleWorkbook(rows: "<row><c><v>1</v></c></row>")
    workbook.sheets[0].name = "Budget"
    let log = InventoryReader.read(try folder.write("budget.xlsx", workbook.bytes)).log
    #expect(log.kept.map(\.code) == [.fileUnknownFormat])
    #expect(log.kept.first?.summary.contains("'Budget'") == true)
  }

  static let info = "VM,Powerstate,CPUs,Memory,Host\na,poweredOn,1,1,h\n"
  static let hosts = "Host,# Cores,# Memory\nh,16,65536\n"

  struct Case: Sendable, CustomTestStringConvertible {
    let tabs: [String: String]
    let code: DiagnosticCode
    let line: Int?
    let words: String

    init(_ tabs: [String: String], _ code: DiagnosticCode, _ line: Int?, _ words: String) {
      self.tabs = tabs
      self.code = code
      self.line = line
      self.words = words
    }

    var testDescription: String { "\(code.rawValue): \(words)" }
  }

  private func read(_ tabs: [String: String]) throws -> ReadResult {
    let folder = try TemporaryFolder(
      Dictionary(uniqueKeysWithValues: tabs.map { ("RVTools_tab\($0).csv", $1) }))
    return InventoryReader.read(folder.path)
  }
}
