import Foundation
import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Utilisation over time")
struct UtilisationTests {
  private func read(_ files: [String: String]) throws -> Utilisation {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.writeDeep(name, text) }
    return withExtendedLifetime(folder) { UtilisationReader.read([folder.path]) }
  }

  /// A row each 300 s from 2026-11-02 00:00 UTC, a Monday.
  private func rows(_ vm: String, _ count: Int, _ value: (Int) -> String) -> String {
    (0..<count).map { index in
      let day = 2 + index / 288
      let minute = index % 288 * 5
      let time = String(format: "2026-11-%02dT%02d:%02d:00Z", day, minute / 60, minute % 60)
      return "\(vm),\(time),\(value(index))\n"
    }.joined()
  }

  @Test("percentiles are the nearest ranks, coverage counts what is missing")
  func native() throws {
    // 1 to 100 in order; a second VM with every other sample.
    let all = rows("a", 100) { String($0 + 1) }
    let half = rows("b", 100) { String($0 + 1) }.split(separator: "\n").enumerated()
      .filter { $0.offset % 2 == 0 }.map { $0.element + "\n" }.joined()
    let found = try read(["utilisation.csv": "vm_id,timestamp,cpu_mhz\n" + all + half])
    #expect(found.rows == 150 && found.intervalSeconds == 300)
    #expect(found.machines.map(\.name) == ["a", "b"])
    let a = try #require(found.machines[0].figures[.cpuMHz])
    #expect(a.p50 == 50 && a.p95 == 95 && a.p99 == 99 && a.maximum == 100 && a.mean == 50.5)
    #expect(found.machines[0].coverage == 1 && found.machines[0].confidence == 5)
    #expect(found.machines[1].coverage == 0.5 && found.machines[1].confidence == 3)
  }

  @Test("percentiles of many values are within 0.8 % of the nearest rank", arguments: [1, 2, 3] as [UInt64])
  func sketch(seed: UInt64) throws {
    var state = seed
    var sketch = QuantileSketch()
    var values: [Float] = []
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Float(state >> 40) / 16
      values.append(value)
    }
    // Batches of 16, one of which goes over the number up to which values are kept as they are.
    for start in stride(from: 0, to: values.count, by: 16) {
      values[start..<start + 16].withUnsafeBufferPointer { sketch.add($0) }
    }
    values.sort()
    let shares = [0.5, 0.95, 0.99]
    for (share, found) in zip(shares, try #require(sketch.percentiles(shares))) {
      let exact = Double(values[Int((share * 20_000).rounded(.up)) - 1])
      #expect(abs(found - exact) <= exact * 0.008, "\(share): \(found) for \(exact)")
    }
    #expect(sketch.percentiles([1]) == [Double(values[19_999])])
  }

  @Test("keeps the largest sample of each hour of the week")
  func profile() throws {
    let found = try read(["u.csv": "vm_id,timestamp,cpu_mhz\n" + rows("a", 2016) { $0 == 13 ? "900" : "10" }])
    let hours = try #require(found.machines.first?.figures[.cpuMHz]?.hours)
    #expect(hours.count == 168 && hours[0] == 10 && hours[1] == 900 && hours[167] == 10)
  }

  @Test(
    "tells instants in every form that exports write",
    arguments: [
      ("2026-11-22T08:05:00Z", 1_795_334_700), ("2026-11-22 08:05:00", 1_795_334_700),
      ("2026-11-22T10:05:00+02:00", 1_795_334_700), ("2026-11-22T08:05:00.123Z", 1_795_334_700),
      ("2026-11-22 08:05:00 UTC", 1_795_334_700), ("11/22/2026 8:05:00 AM", 1_795_334_700),
      ("22.11.2026 08:05", 1_795_334_700), ("22.11.2026 08:05:00", 1_795_334_700),
      ("08:05 AM 22 November 2026", 1_795_334_700), ("12:00 AM 22 November 2026", 1_795_305_600),
      ("1795334700", 1_795_334_700), ("1795334700000", 1_795_334_700), ("1795334700.5", 1_795_334_700),
    ] as [(String, Int64)])
  func instants(_ text: String, _ instant: Int64) {
    #expect(MetricName.instant(text)?.instant == instant)
  }

  @Test(
    "takes no instant for what is none",
    arguments: ["", "soon", "2026-13-01", "2026-11", "99.99.9999 00:00", "::"])
  func noInstants(_ text: String) {
    #expect(MetricName.instant(text) == nil)
  }

  @Test("leaves out rows that repeat the one before, and keeps an hour that comes twice")
  func repeats() throws {
    let found = try read([
      "u.csv": """
      vm_id,timestamp,cpu_mhz
      a,2026-10-25 02:00:00,10
      a,2026-10-25 02:00:00,10
      a,2026-10-25 02:00:00,20
      a,2026-10-25 03:00:00,30
      """
    ])
    #expect(found.duplicates == 1 && found.machines.first?.samples == 2)
    #expect(found.machines.first?.figures[.cpuMHz]?.maximum == 30)
    #expect(found.notes.contains { $0.contains("clocks go back: 1") })
    #expect(found.notes.contains { $0.contains("taken as UTC") })
  }

  @Test("says which rows cannot be read, and reads the others")
  func badRows() throws {
    let found = try read([
      "u.csv":
        "vm_id,timestamp,cpu_mhz\na,soon,5\na,2026-11-02T00:00:00Z,x\na,2026-11-02T00:05:00Z,7\n,2026-11-02T00:05:00Z,7\n"
    ])
    #expect(
      found.unusable == [
        "row whose time cannot be read": 1, "value that is no number of 0 or more": 1, "row without a VM": 1,
      ])
    #expect(found.machines.first?.figures[.cpuMHz]?.p50 == 7)
    #expect(found.log.kept.first?.place?.line == 2)
  }

  @Test("Bitbrains: a file for each VM, seconds under a header that says milliseconds, exponents")
  func bitbrains() throws {
    let header =
      "Timestamp [ms];\tCPU cores;\tCPU usage [MHZ];\tCPU usage [%];\tMemory usage [KB];\tNetwork received throughput [KB/s]\n"
    let found = try read([
      "17.csv": header
        + "1376314846;\t2;\t1.5E3;\t50.0;\t2097152.0;\t125\n1376315146;\t2;\t20.5;\t1.0;\t1048576.0;\t0\n"
    ])
    let vm = try #require(found.machines.first)
    #expect(vm.name == "17" && vm.samples == 2)
    #expect(vm.figures[.cpuMHz]?.maximum == 1500 && vm.figures[.memoryActiveMiB]?.maximum == 2048)
    #expect(vm.figures[.cpuPercent]?.maximum == 50 && vm.figures[.networkMbps]?.maximum == 1)
  }

  @Test("vROps: quoted cells, grouped numbers, the maximum before the average")
  func vrops() throws {
    let found = try read([
      "view.csv": """
      \u{FEFF}"Name","Interval Breakdown","VM|CPU|Demand (MHz)|Avg","VM|CPU|Demand (MHz)|Max","VM|Memory|Utilization (KB)|Max"
      "db01","12:00 AM 21 July 2026","1,000.5","1,791,567.26","-"
      "db01","1:00 AM 21 July 2026","900","2,000","2,097,152"
      """
    ])
    let vm = try #require(found.machines.first, "\(found.log.kept)")
    #expect(vm.samples == 2)
    #expect(abs((vm.figures[.cpuMHz]?.maximum ?? 0) - 1_791_567.26) < 0.5)
    #expect(vm.figures[.cpuMHz]?.p50 == 2000 && vm.figures[.memoryActiveMiB]?.maximum == 2048)
  }

  @Test("Prometheus: cores by recording rules, counters by their growth, NaN left out")
  func prometheus() throws {
    let found = try read([
      "q.json": """
      {"status": "success", "data": {"resultType": "matrix", "result": [
        {"metric": {"__name__": "vm:cpu_cores:rate5m", "domain": "a"}, "values": [[1790000000, "1.5"], [1790000300, "NaN"]]},
        {"metric": {"__name__": "libvirt_domain_info_cpu_time_seconds_total", "domain": "b"},
         "values": [[1790000000, "100"], [1790000100, "250"], [1790000200, "50"]]},
        {"metric": {"__name__": "pve_cpu_usage_ratio", "id": "qemu/100"}, "values": [[1790000000, "0.25"]]}]}}
      """
    ])
    #expect(found.machines.map(\.name) == ["100", "a", "b"])
    #expect(found.machines[0].figures[.cpuPercent]?.maximum == 25)
    #expect(found.machines[1].figures[.cpuCores]?.maximum == 1.5)
    #expect(found.machines[2].figures[.cpuCores]?.maximum == 1.5 && found.machines[2].samples == 2)
  }

  @Test("sadf as text and JSON, Proxmox's rrddata, PowerCLI's Get-Stat, govc")
  func others() throws {
    let found = try read([
      "cpu.csv":
        "# hostname;interval;timestamp;CPU;%user;%idle\nweb;300;2026-11-22 22:43:01 UTC;-1;30;60\nweb;300;2026-11-22 22:43:01 UTC;0;90;1\n",
      "sadf.json": """
      {"sysstat": {"hosts": [{"nodename": "app", "statistics": [{"timestamp": {"date": "2026-11-22", "time": "22:43:01"},
        "cpu-load": [{"cpu": "all", "idle": 75.0}], "memory": {"memused": 1048576}}]}]}}
      """,
      "qemu-101-rrddata.json":
        #"[{"time": 1693110660, "maxcpu": 4, "cpu": 0.5, "mem": 1073741824}, {"time": 1693110720, "maxcpu": 4}]"#,
      "stat.csv":
        "\"Entity\",\"MetricId\",\"Timestamp\",\"Value\"\n\"db\",\"cpu.usagemhz.average\",\"10/1/2026 8:00:00 AM\",\"5210\"\n",
      "metric.json": """
      {"sample": [{"entity": {"type": "VirtualMachine", "value": "vm-66"}, "sampleInfo": [{"timestamp": "2026-11-22T22:39:47Z"}],
        "value": [{"name": "cpu.usagemhz.average", "value": [135]}]}]}
      """,
    ])
    let figures = Dictionary(uniqueKeysWithValues: found.machines.map { ($0.name, $0.figures) })
    #expect(figures["web"]?[.cpuPercent]?.maximum == 40 && figures["app"]?[.cpuPercent]?.maximum == 25)
    #expect(figures["app"]?[.memoryActiveMiB]?.maximum == 1024)
    #expect(figures["101"]?[.cpuPercent]?.maximum == 50 && figures["101"]?[.memoryActiveMiB]?.maximum == 1024)
    #expect(figures["db"]?[.cpuMHz]?.maximum == 5210 && figures["vm-66"]?[.cpuMHz]?.maximum == 135)
  }

  @Test("sizes VMs by what was measured, and says why others are not")
  func sizing() throws {
    let month = rows("a", 2016) { $0 % 100 < 96 ? "100,1024" : "4000,3000" }
    let text =
      "vm_id,timestamp,cpu_mhz,memory_active_mib\n" + month + rows("b", 10) { _ in "1,1" }
      + rows("zz", 1) { _ in "1,1" }
    let found = try read(["utilisation.csv": text])
    var host = Host(id: "h", cores: 8, memoryMiB: 65536)
    host.cpuMHz = 2000
    let vms = ["a", "b", "c"].map { VM(id: VM.ID($0), vCPUs: 4, memoryMiB: 8192, host: "h") }
    let sized = found.applied(to: Inventory(hosts: [host], vms: vms))
    #expect(abs((sized.vms[0].cpuMHzP50 ?? 0) - 100) < 1 && sized.vms[0].cpuMHzMax == 4000)
    #expect(
      abs((sized.vms[0].cpuMHzP95 ?? 0) - 100) < 1 && abs((sized.vms[0].memoryActiveP95MiB ?? 0) - 1024) < 9)
    #expect(sized.vms[1].cpuMHzP95 == nil && sized.vms[2].cpuMHzP95 == nil)
    #expect(sized.notes[0].contains("1 VMs over 7 days") && sized.notes[0].contains("2 of 3"))
    #expect(sized.notes.contains("1: VM with less than 3 days of samples, sized by allocation."))
    #expect(sized.notes.contains("1: series that no VM of the inventory has."))
  }

  @Test("VMs carry the most of each hour; an hour without a sample counts with the percentile")
  func profiles() throws {
    // Six days and twelve hours: the last half day of the week has no sample.
    let month = rows("a", 1872) { $0 % 288 < 144 ? "900,1024" : "100,512" }
    let found = try read(["utilisation.csv": "vm_id,timestamp,cpu_mhz,memory_active_mib\n" + month])
    let vm = VM(id: "a", vCPUs: 4, memoryMiB: 8192, host: "h")
    let sized = found.applied(to: Inventory(hosts: [Host(id: "h", cores: 8, memoryMiB: 65536)], vms: [vm]))
    let (cpu, memory) = (sized.vms[0].cpuMHzByHour?.hours, sized.vms[0].memoryActiveMiBByHour?.hours)
    #expect(cpu?[0] == 900 && cpu?[11] == 900 && cpu?[12] == 100 && cpu?[23] == 100)
    #expect(cpu?[155] == 900 && cpu?[156] == sized.vms[0].cpuMHzP95 && sized.vms[0].cpuMHzP95 ?? 0 > 890)
    #expect(memory?[0] == 1024 && memory?[12] == 512)
  }

  @Test("series of single cores are left to the series of the whole VM")
  func parts() throws {
    let found = try read([
      "prom.json": """
      {"data": {"resultType": "matrix", "result": [
        {"metric": {"__name__": "node_cpu_seconds_total", "instance": "web:9100", "cpu": "0", "mode": "idle"},
         "values": [[1795334700, "1"], [1795335000, "301"]]},
        {"metric": {"__name__": "cpu_usage_ratio", "instance": "web:9100"}, "values": [[1795334700, "0.5"]]}]}}
      """,
      "metric.json": """
      {"sample": [{"entity": {"value": "vm-66"}, "sampleInfo": [{"timestamp": "2026-11-22T22:39:47Z"}], "value": [
        {"name": "cpu.usagemhz.average", "instance": "0", "value": [500]},
        {"name": "cpu.usagemhz.average", "instance": "", "value": [135]}]}]}
      """,
      "stat.csv": """
      "MetricId","Timestamp","Value","Entity","Instance"
      "cpu.usagemhz.average","10/1/2026 8:00:00 AM","700","db","0"
      "cpu.usagemhz.average","10/1/2026 8:00:00 AM","521","db",""

      """,
    ])
    let figures = Dictionary(uniqueKeysWithValues: found.machines.map { ($0.name, $0.figures) })
    #expect(figures["web"]?[.cpuPercent]?.maximum == 50 && figures["web"]?[.cpuCores] == nil)
    #expect(figures["vm-66"]?[.cpuMHz]?.maximum == 135 && figures["db"]?[.cpuMHz]?.maximum == 521)
    #expect(found.unusable["series of one CPU or one mode of it: export their sum"] == 1)
  }

  @Test("Grafana: what the values of a table of series are, the file's name tells")
  func grafana() throws {
    let table = "\"Series\";\"Time\";\"Value\"\n\"web\";\"2026-11-02T00:00:00Z\";\"12.5\"\n"
    let found = try read(["cpu_percent.csv": table])
    #expect(found.machines.map(\.name) == ["web"] && found.machines[0].figures[.cpuPercent]?.maximum == 12.5)
    #expect(try read(["export.csv": table]).log.hasErrors)
  }

  @Test("Proxmox VE: the first rows of rrddata may have nothing but their time")
  func rrddataBegins() throws {
    let found = try read([
      "100-rrddata.json": #"{"data": [{"time": 1795334700}, {"time": 1795335000, "maxcpu": 4, "cpu": 0.25}]}"#
    ])
    #expect(found.machines.map(\.name) == ["100"] && found.machines[0].figures[.cpuPercent]?.maximum == 25)
  }

  @Test(
    "refuses a file without samples", arguments: ["", "a,b\n1,2\n", "{}", "[1, 2]", "vm_id,timestamp\na,1\n"])
  func unknown(_ text: String) throws {
    let found = try read(["u.csv": text])
    #expect(
      found.log.kept.contains { $0.code == .fileUnknownFormat && $0.severity == .error && $0.remedy != nil })
  }
}
