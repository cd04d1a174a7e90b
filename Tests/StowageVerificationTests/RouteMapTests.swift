import StowageModel
import Testing

@testable import StowageVerification

@Suite("Routes over links")
struct RouteMapTests {
  /// Hosts `a1`, `a2` in rack `a`, `b1` in rack `b`, `c1` in rack `c`, `free` in none.
  private let hosts: [Host] = [("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c"), ("free", nil)].map {
    var host = Host(id: Host.ID($0.0), cores: 1, memoryMiB: 1)
    host.rack = $0.1
    return host
  }

  private func route(_ links: [Link], _ source: Int, _ target: Int) -> [String]? {
    let inventory = Inventory(hosts: hosts, vms: [], links: links)
    let roster = Roster(inventory, sizing: SizingOptions())
    var channels = Channels(inventory, roster: roster)
    return channels.path(from: source, to: target).map { $0.map(channels.name) }
  }

  private func link(_ id: Link.ID, _ a: String, _ b: String) -> Link { Link(id: id, a: a, b: b, gbps: 1) }

  @Test("without links there are only the two ports")
  func ports() {
    #expect(route([], 0, 2) == ["a1:out", "b1:in"])
  }

  @Test("within a rack no link is used, even when the rack has one")
  func withinRack() {
    #expect(route([link("w", "a", "b")], 0, 1) == ["a1:out", "a2:in"])
  }

  @Test("a link is used in its direction or back")
  func directions() {
    let links = [link("w", "a", "b")]
    #expect(route(links, 0, 2) == ["a1:out", "w:ab", "b1:in"])
    #expect(route(links, 2, 0) == ["b1:out", "w:ba", "a1:in"])
  }

  @Test("a linked rack is left only over links: no free way into the world")
  func noWay() {
    #expect(route([link("w", "a", "b")], 0, 3) == nil)
    #expect(route([link("w", "a", "b")], 3, 4) == ["c1:out", "free:in"])
  }

  @Test("the fewest links win")
  func fewest() {
    let links = [link("x", "a", "b"), link("y", "b", "c"), link("z", "a", "c")]
    #expect(route(links, 0, 3) == ["a1:out", "z:ab", "c1:in"])
  }

  @Test("among equals the ids that read first win: w-1 before w1, whatever follows")
  func ties() {
    let links = [link("w1", "a", "b"), link("w-1", "a", "b"), link("w1:", "a", "b")]
    #expect(route(links, 0, 2) == ["a1:out", "w-1:ab", "b1:in"])
    let twice = [link("p", "a", "x"), link("z", "x", "b"), link("q", "a", "y"), link("a", "y", "b")]
    #expect(route(twice, 0, 2) == ["a1:out", "p:ab", "z:ab", "b1:in"])
  }

  @Test("a host that is an end of a link is left only over it")
  func linkedHost() {
    let links = [link("only", "a1", "b")]
    #expect(route(links, 0, 1) == nil)
    #expect(route(links, 0, 2) == ["a1:out", "only:ab", "b1:in"])
  }

  @Test("links of sites join what lies in the sites")
  func sites() {
    var hosts = hosts
    for index in hosts.indices { hosts[index].site = index < 2 ? "north" : "south" }
    let inventory = Inventory(hosts: hosts, vms: [], links: [link("wan", "north", "south")])
    var channels = Channels(inventory, roster: Roster(inventory, sizing: SizingOptions()))
    let path = channels.path(from: 0, to: 3)
    #expect(path?.map(channels.name) == ["a1:out", "wan:ab", "c1:in"])
  }
}
