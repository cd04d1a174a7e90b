import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Reading the native form")
struct NativeReadingTests {
  @Test("gives every column its property")
  func columns() throws {
    let inventory = try read(
      hosts: """
        id,name,site,cluster,rack,power_feed,cores,sockets,threads_per_core,cpu_mhz,cpu_model,cpu_compat_level,\
        memory_mib,memory_reserved_mib,cpu_reserved_mhz,cpu_overcommit_ratio,memory_overcommit_ratio,network_gbps,\
        migration_network_gbps,max_vms,local_disk_gib,gpu_count,power_idle_watts,power_peak_watts,state,\
        maintenance,schedulable,datastores,networks,labels,cost_per_month,license_groups,purchased_at,\
        order_type,order_price,order_currency
        h1,Host 1,s,c,r,f,8,2,2,2400,Xeon,skylake,65536,2048,1000,4,1.5,10,25,40,900.5,1,100,300,offline,yes,no,\
        d1;d2,n1,a=1;b=2,99.5,l1;l2,2024-01-31,large,3600.5,EUR
        """,
      vms: """
        id,name,site,cluster,host,power_state,vcpus,cpu_mhz_p50,cpu_mhz_p95,cpu_mhz_max,cpu_reservation_mhz,\
        cpu_limit_mhz,memory_mib,memory_active_mib,memory_active_p95_mib,memory_consumed_mib,\
        memory_reservation_mib,memory_limit_mib,disk_provisioned_gib,disk_used_gib,disk_local,datastores,networks,\
        network_mbps_p95,iops_p95,gpu_count,working_set_mib,dirty_rate_mib_per_s,cold_dirty_rate_mib_per_s,\
        disk_change_mib_per_s,max_downtime_ms,techniques,rpo_s,rto_s,movable,blockers,allowed_hosts,forbidden_hosts,os,\
        app,tier,owner,priority,restart_priority,labels,annotation
        v1,VM 1,s,c,h1,suspended,2.5,100,200,300,50,400,4096,1000,1100.125,3000,512,8192,40.25,20.5,1,d1,n1,12.5,\
        600,1,256,3.5,0.5,1.5,300,cold;Pre-Copy,900,3600,TRUE,usb;iso,h*,x1;x2,Linux,shop,gold,team,high,low,k=v,\
        "line one
        line two"
        """)
    let host = try #require(inventory.hosts.first)
    #expect(host.name == "Host 1" && host.site == "s" && host.cluster == "c" && host.rack == "r")
    #expect(host.powerFeed == "f" && host.cores == 8 && host.sockets == 2 && host.threadsPerCore == 2)
    #expect(host.cpuMHz == 2400 && host.cpuModel == "Xeon" && host.cpuCompatibilityLevel == "skylake")
    #expect(host.memoryMiB == 65536 && host.memoryReservedMiB == 2048 && host.cpuReservedMHz == 1000)
    #expect(host.cpuOvercommitRatio == 4 && host.memoryOvercommitRatio == 1.5)
    #expect(host.networkGbps == 10 && host.migrationNetworkGbps == 25 && host.maxVMs == 40)
    #expect(host.localDiskGiB == 900.5 && host.gpuCount == 1)
    #expect(host.powerIdleWatts == 100 && host.powerPeakWatts == 300)
    #expect(host.state == .offline && host.isInMaintenance && !host.isSchedulable)
    #expect(
      host.datastores == ["d1", "d2"] && host.networks == ["n1"] && host.labels == ["a": "1", "b": "2"])
    #expect(
      host.costPerMonth == 99.5 && host.licenseGroups == ["l1", "l2"] && host.purchasedAt == "2024-01-31")
    #expect(host.orderType == "large" && host.orderPrice == 3600.5 && host.orderCurrency == "EUR")
    let vm = try #require(inventory.vms.first)
    #expect(vm.name == "VM 1" && vm.site == "s" && vm.cluster == "c" && vm.host == "h1")
    #expect(vm.powerState == .suspended && vm.vCPUs == 2.5)
    #expect(vm.cpuMHzP50 == 100 && vm.cpuMHzP95 == 200 && vm.cpuMHzMax == 300)
    #expect(vm.cpuReservationMHz == 50 && vm.cpuLimitMHz == 400)
    #expect(vm.memoryMiB == 4096 && vm.memoryActiveMiB == 1000 && vm.memoryActiveP95MiB == 1100.125)
    #expect(vm.memoryConsumedMiB == 3000 && vm.memoryReservationMiB == 512 && vm.memoryLimitMiB == 8192)
    #expect(vm.diskProvisionedGiB == 40.25 && vm.diskUsedGiB == 20.5 && vm.hasLocalDisk == true)
    #expect(
      vm.datastores == ["d1"] && vm.networks == ["n1"] && vm.networkMbpsP95 == 12.5 && vm.iopsP95 == 600)
    #expect(vm.gpuCount == 1 && vm.workingSetMiB == 256 && vm.dirtyRateMiBPerSecond == 3.5)
    #expect(vm.coldDirtyRateMiBPerSecond == 0.5 && vm.diskChangeMiBPerSecond == 1.5)
    #expect(
      vm.maxDowntimeMilliseconds == 300 && vm.allowedTechniques == [.cold, .preCopy] && vm.rpoSeconds == 900)
    #expect(vm.rtoSeconds == 3600)
    #expect(vm.isMovable == true && vm.blockers == [.usb, .iso])
    #expect(vm.allowedHosts == ["h*"] && vm.forbiddenHosts == ["x1", "x2"])
    #expect(vm.operatingSystem == "Linux" && vm.app == "shop" && vm.tier == "gold" && vm.owner == "team")
    #expect(vm.priority == "high" && vm.restartPriority == "low" && vm.labels == ["k": "v"])
    #expect(vm.annotation == "line one\nline two")
  }

  @Test("takes empty cells as unknown, which is not zero")
  func unknown() throws {
    let inventory = try read(
      hosts: "id,cores,memory_mib,network_gbps,state\nh1,4,64,,\n",
      vms: "id,host,vcpus,memory_mib,movable\nv,h1,1,1,\n")
    #expect(inventory.hosts[0].networkGbps == nil && inventory.hosts[0].state == .online)
    #expect(inventory.vms[0].isMovable == nil && inventory.vms[0].powerState == .on)
  }

  @Test("takes columns in any order and case, and other separators")
  func spelling() throws {
    let inventory = try read(
      hosts: "Memory MiB;ID;Cores\n64;h1;4,5\n64;h2;4\n", vms: "vcpus\tmemory-mib\tid\thost\n1\t1\tv\th1\n")
    #expect(inventory.hosts.map(\.cores) == [4.5, 4])
    #expect(inventory.vms.map(\.id) == ["v"])
  }

  @Test("skips templates and counts them")
  func templates() throws {
    let folder = try TemporaryFolder([
      "hosts.csv": "id,cores,memory_mib\nh1,4,64\n",
      "vms.csv": "id,host,vcpus,memory_mib,template\na,h1,1,1,false\nb,h1,1,1,true\nc,h1,,,1\n",
    ])
    let result = InventoryReader.read(folder.path)
    #expect(result.inventory?.vms.map(\.id) == ["a"])
    #expect(result.counts.templates == 2 && result.counts.vms == 3)
    #expect(result.inventory?.notes == ["2 templates left out."])
  }

  @Test("keeps columns that it does not know")
  func attributes() throws {
    let inventory = try read(
      hosts: "id,cores,memory_mib,colour,x.own\nh1,4,64,red,\nh2,4,64,,7\n", vms: "id,host,vcpus,memory_mib\n"
    )
    #expect(inventory.hosts.map(\.attributes) == [["colour": "red"], ["x.own": "7"]])
  }

  @Test("gives a cluster's figures to hosts that state none")
  func clusters() throws {
    let folder = try TemporaryFolder([
      "hosts.csv": "id,cores,memory_mib,cluster,cpu_overcommit_ratio\nh1,4,64,c,\nh2,4,64,c,2\nh3,4,64,,\n",
      "vms.csv": "id,vcpus,memory_mib\n",
      "clusters.csv": "id,site,cpu_overcommit_ratio,memory_overcommit_ratio\nc,dub,4,1.25\n",
    ])
    let hosts = try #require(InventoryReader.read(folder.path).inventory).hosts
    #expect(hosts.map(\.cpuOvercommitRatio) == [4, 2, nil])
    #expect(hosts.map(\.memoryOvercommitRatio) == [1.25, 1.25, nil])
    #expect(hosts.map(\.site) == ["dub", "dub", nil])
  }

  @Test("reads a document like the tables that it stands for")
  func document() throws {
    let folder = try TemporaryFolder([
      "inventory.json": """
      {"schema": "stowage.inventory/v1", "generated_at": "2026-11-22T08:00:00Z",
       "clusters": [{"id": "c", "cpu_overcommit_ratio": 4}],
       "hosts": [{"id": "h1", "cores": 4, "memory_mib": 64, "cluster": "c", "labels": {"a": "1"}, "maintenance": true,
                  "networks": ["n1", "n2"], "rack": null, "x.own": 7}],
       "vms": [{"id": "v1", "host": "h1", "vcpus": "2", "memory_mib": 8, "template": false, "labels": "a=1;b=2"},
               {"id": "v2", "vcpus": 1, "memory_mib": 8, "template": true}],
       "rules": [{"id": "r", "kind": "stay", "vms": ["v1"]}]}
      """
    ])
    let result = InventoryReader.read(folder.path)
    let inventory = try #require(result.inventory, "\(result.log.kept)")
    var host = Host(id: "h1", cores: 4, memoryMiB: 64)
    host.cluster = "c"
    host.cpuOvercommitRatio = 4
    host.labels = ["a": "1"]
    host.isInMaintenance = true
    host.networks = ["n1", "n2"]
    host.attributes = ["x.own": "7"]
    #expect(inventory.hosts == [host])
    #expect(inventory.vms.map(\.vCPUs) == [2])
    #expect(inventory.vms[0].labels == ["a": "1", "b": "2"])
    #expect(inventory.rules == [Rule(id: "r", .stay(Stay(vms: Selection(["v1"]))))])
  }

  @Test(
    "says where in a document a value is wrong",
    arguments: [
      (
        "{\"id\": \"h\", \"cores\": \"many\", \"memory_mib\": 1}", DiagnosticCode.tableBadValue, 22,
        "cores is 'many'"
      ),
      ("{\"id\": \"h\", \"cores\": true, \"memory_mib\": 1}", .tableBadValue, 22, "is true, not a number"),
      ("{\"id\": 7, \"cores\": 1, \"memory_mib\": 1}", .tableBadValue, 8, "id is a number"),
      ("{\"id\": \"h\", \"cores\": [1], \"memory_mib\": 1}", .tableBadValue, 22, "a number in its list"),
      ("{\"id\": \"h\", \"cores\": 1}", .tableMissingValue, 1, "no memory_mib"),
      ("{\"id\": \"h\\u0000\", \"cores\": 1, \"memory_mib\": 1}", .tableBadValue, 8, "NUL"),
      (
        "{\"id\": \"h\", \"cores\": 1, \"CORES\": 1, \"memory_mib\": 1}", .tableDuplicateColumn, 25,
        "'CORES' twice"
      ),
      ("7", .tableBadValue, 1, "not an object"),
    ])
  func badDocument(_ row: String, _ code: DiagnosticCode, _ column: Int, _ words: String) throws {
    let folder = try TemporaryFolder([
      "inventory.json": "{\"schema\": \"stowage.inventory/v1\", \"vms\": [], \"hosts\": [\n\(row)\n]}"
    ])
    let log = InventoryReader.read(folder.path).log
    let diagnostic = try #require(log.kept.first)
    #expect(diagnostic.code == code)
    #expect(diagnostic.place == SourcePlace(file: "\(folder.path)/inventory.json", line: 2, column: column))
    #expect(diagnostic.summary.contains(words), "\(diagnostic)")
    #expect(diagnostic.remedy != nil)
  }

  private func read(hosts: String, vms: String) throws -> Inventory {
    let folder = try TemporaryFolder(["hosts.csv": hosts + "\n", "vms.csv": vms + "\n"])
    let result = InventoryReader.read(folder.path)
    return try #require(result.inventory, "\(result.log.kept)")
  }
}
