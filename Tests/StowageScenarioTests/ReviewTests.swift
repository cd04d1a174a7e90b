import Foundation
import StowageKit
import Testing

/// The capacity review of small fleets whose answers can be worked out in the head, and of the repository's.
@Suite("Capacity review")
struct ReviewTests {
  /// Four hosts of 8 cores and 32 GiB, each with two VMs of 2 vCPUs and 8 GiB.
  private static var four: Inventory {
    let hosts = ["a", "b", "c", "d"].map { name in
      var host = Host(id: Host.ID(name), cores: 8, memoryMiB: 32_768)
      host.cluster = "main"
      host.rack = name < "c" ? "r1" : "r2"
      return host
    }
    let vms = hosts.flatMap { host in
      (1...2).map { VM(id: VM.ID("\(host.id)\($0)"), vCPUs: 2, memoryMiB: 8192, host: host.id) }
    }
    return Inventory(
      hosts: hosts, vms: vms, rules: [Rule(id: "n-plus-1", .failover(Failover()))])
  }

  private static func review(_ inventory: Inventory) -> Review {
    Reviewer(isDeterministic: true).review(inventory, options: PlanOptions())
  }

  @Test("the waterfall runs from 128 GiB over a reserve of one host to 32 GiB that are free")
  func waterfall() throws {
    let review = Self.review(Self.four)
    let memory = try #require(review.clusters.first?.waterfalls.first { $0.resource == .memory })
    let gib = Int64(1 << 20)
    #expect(memory.total == 128 * gib)
    #expect(memory.failoverReserve == 32 * gib)
    #expect(memory.usable == 96 * gib)
    #expect(memory.used == 64 * gib)
    #expect(memory.free == 32 * gib)
  }

  @Test("one host and one rack may fail; two hosts in the same way")
  func failures() throws {
    let review = Self.review(Self.four)
    let single = try #require(review.failures.first { $0.event == "any one host" })
    #expect(single.survived == 4 && single.cases == 4)
    // Two hosts left hold all eight VMs exactly: 4 × 2 vCPUs on 8 cores, 4 × 8 GiB on 32 GiB.
    let pair = try #require(review.failures.first { $0.event == "any two hosts" })
    #expect(pair.survived == 6 && pair.cases == 6)
    let rack = try #require(review.failures.first { $0.event == "any one rack" })
    #expect(rack.survived == 2)
  }

  @Test("a failure that no placement survives is proved, not merely not found")
  func provedFailure() throws {
    var inventory = Self.four
    for index in inventory.vms.indices { inventory.vms[index].memoryMiB = 14_336 }
    let review = Self.review(inventory)
    let single = try #require(review.failures.first { $0.event == "any one host" })
    // 8 × 14 GiB on 3 × 32 GiB: two fit on a host, six in all.
    #expect(single.survived == 0)
    #expect(single.worstStranded == 2)
    #expect(single.isProved)
  }

  @Test("eight more VMs of the average size fit, four when any host may fail")
  func room() throws {
    let review = Self.review(Self.four)
    let average = try #require(review.roomForMore.first { $0.size == "average" })
    #expect(average.vCPUs == 2 && average.memoryMiB == 8192)
    #expect(average.asThingsStand == 8)
    #expect(average.atMost == 8)
    #expect(average.withOneHostLost == 4)
  }

  @Test("what-ifs are answered by placements: growth by half needs more than there is on each host")
  func whatIfs() throws {
    let review = Self.review(Self.four)
    func answer(_ part: String) throws -> Review.WhatIf {
      try #require(review.whatIfs.first { $0.question.contains(part) }, "\(review.whatIfs.map(\.question))")
    }
    #expect(try answer("lose the fullest host").answer == .fits)
    #expect(try answer("lose the fullest host").placedVMs == 2)
    #expect(try answer("lose the two fullest").highestUtilisation == 1)
    #expect(try answer("grows by 20 %").answer == .fits)
    #expect(try answer("add 2 hosts").moreAverageVMs == 16)
    // 12 GiB each: two on a host of 32 GiB, as they are.
    #expect(try answer("grows by 50 %").answer == .fits)
    #expect(try answer("grows by 50 %").placedVMs == 0)
  }

  @Test("more VMs than all hosts hold do not fit, and that is proved")
  func tooMany() throws {
    var inventory = Self.four
    for index in inventory.vms.indices { inventory.vms[index].memoryMiB = 15_360 }
    let review = Self.review(inventory)
    let lost = try #require(review.whatIfs.first { $0.question.contains("two fullest") })
    #expect(lost.answer == .doesNotFit)
    #expect(lost.how.contains("proved"))
  }

  @Test("the outlook of a rising history finds its day, and says how well it foresaw days held back")
  func outlook() throws {
    var inventory = Self.four
    for index in inventory.hosts.indices { inventory.hosts[index].cpuMHz = 1000 }
    // All eight VMs, 56 days: the sum rises from 8,008 MHz by 80 MHz a day; 32,000 MHz are there.
    var lines = ["vm_id,timestamp,cpu_mhz,memory_active_mib"]
    for day in 0..<56 {
      for hour in [3, 14] {
        for vm in inventory.vms {
          let value = Double(1001 + 10 * day) * (hour == 14 ? 1 : 0.4)
          let date = CalendarDay(daysSince1970: 20_700 + day).text
          lines.append("\(vm.id),\(date)T\(hour < 10 ? "0" : "")\(hour):00:00Z,\(value),4096")
        }
      }
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString).csv")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let history = try #require(HistoryReader.read(file.path).history)
    let review = Reviewer(isDeterministic: true).review(inventory, options: PlanOptions(), history: history)
    let cpu = try #require(review.history?.outlooks.first { $0.name == "CPU" })
    #expect(cpu.method == "Theil–Sen line")
    #expect(cpu.heldBackDays == 14)
    #expect((cpu.heldBackError ?? 1) < 0.001)
    // 8.008 GHz and 0.08 GHz a day pass 32 GHz on day 300 after the first.
    #expect(cpu.exhaustion.expected == CalendarDay(daysSince1970: 21_000).text)
    let memory = try #require(review.history?.outlooks.first { $0.name == "memory" })
    #expect(memory.exhaustion.expected == nil)
    #expect(review.history?.weekProfile.flatMap { $0 }.compactMap { $0 }.max() == 1)
    let html = review.html
    #expect(html.contains("id=\"outlook\""))
    #expect(html.contains("id=\"profile\""))
  }

  @Test(
    "the review of every inventory is the same each time, whole in each form, and loads nothing",
    arguments: ReportsTests.names)
  func pages(name: String) throws {
    let inventory = try ReportsTests.inventory(name)
    let files = ReviewFiles.all(Self.review(inventory))
    #expect(files.map(\.name) == ["review.html", "review.md", "review.json", "stowage.prom"])
    let html = String(decoding: files[0].bytes, as: UTF8.self)
    for word in ["http:", "https:", "src=", "<script", "@import", "<link"] {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.utf8.count < 3 << 20)
    for section in ["summary", "waterfall", "overcommit", "loads", "room", "failures", "what-if", "basis"] {
      #expect(html.contains("id=\"\(section)\""), "\(section)")
    }
    // Each picture says what it is and is followed by a table of its figures.
    let pictures = html.components(separatedBy: "<figure>").dropFirst()
    #expect(pictures.count >= 2)
    for picture in pictures {
      #expect(picture.contains("<title>") && picture.contains("<desc>") && picture.contains("<table>"))
    }
    let prometheus = String(decoding: files[3].bytes, as: UTF8.self)
    for line in prometheus.split(separator: "\n") {
      #expect(
        line.hasPrefix("# ") || line.wholeMatch(of: /stowage_[a-z_]+(\{.*\})? -?[0-9.e+-]+/) != nil, "\(line)"
      )
    }
  }

  @Test("names of an inventory stay names in every form of the review")
  func hostile() {
    let plain = ReviewFiles.all(Self.review(Self.renamed("x")))
    for attack in [
      "<script>alert(1)</script>", "a\"} 1\nstowage_forged 1", "| a | b |", "\u{202e}x", "`x`", "{{x}}",
      "'\u{301}\"><b>",
    ] {
      let files = ReviewFiles.all(Self.review(Self.renamed(attack)))
      func tags(_ bytes: [UInt8]) -> Int {
        String(decoding: bytes, as: UTF8.self).matches(of: /<[a-zA-Z\/]/).count
      }
      #expect(tags(files[0].bytes) == tags(plain[0].bytes), "\(attack.debugDescription)")
      func lines(_ bytes: [UInt8]) -> Int { bytes.count { $0 == UInt8(ascii: "\n") } }
      #expect(lines(files[1].bytes) == lines(plain[1].bytes), "\(attack.debugDescription)")
      #expect(lines(files[3].bytes) == lines(plain[3].bytes), "\(attack.debugDescription)")
      #expect(!String(decoding: files[3].bytes, as: UTF8.self).contains("\nstowage_forged"))
    }
  }

  private static func renamed(_ attack: String) -> Inventory {
    var inventory = Self.four
    for index in inventory.hosts.indices {
      inventory.hosts[index].id = Host.ID("\(inventory.hosts[index].id)\(attack)")
      inventory.hosts[index].cluster = "main\(attack)"
      inventory.hosts[index].licenseGroups = [attack]
    }
    for index in inventory.vms.indices {
      inventory.vms[index].host = inventory.vms[index].host.map { Host.ID("\($0)\(attack)") }
      inventory.vms[index].id = VM.ID("\(inventory.vms[index].id)\(attack)")
      inventory.vms[index].isMovable = index == 0 ? false : nil
    }
    inventory.notes = [attack]
    return inventory
  }

  @Test("a fleet without hosts that take VMs, and one without VMs, have a review too")
  func degenerate() {
    var empty = Self.four
    empty.vms = []
    #expect(Self.review(empty).html.contains("Capacity review"))
    var closed = Self.four
    for index in closed.hosts.indices { closed.hosts[index].isSchedulable = false }
    #expect(Self.review(closed).html.contains("there is no capacity to review"))
  }
}
