import StowageCosts
import StowageModel

/// What migrations share: every direction of every host's port and of every link.
struct Channels {
  /// One of them.
  enum Channel: Hashable {
    case out(host: Int)
    case into(host: Int)
    case hop(RouteMap.Hop)
  }

  private let roster: Roster
  private let links: [Link]
  private var routes: RouteMap

  init(_ inventory: Inventory, roster: Roster) {
    self.roster = roster
    links = inventory.links
    routes = RouteMap(inventory, hosts: roster.hosts)
  }

  /// The channels from one host to another in path order; `nil` without a way.
  mutating func path(from source: Int, to target: Int) -> [Channel]? {
    routes.route(from: source, to: target).map { hops in
      [.out(host: source)] + hops.map(Channel.hop) + [.into(host: target)]
    }
  }

  /// As a plan writes it: `host-12:out`, `wan:ab`.
  func name(_ channel: Channel) -> String {
    switch channel {
    case .out(let host): "\(roster.hosts[host].id):out"
    case .into(let host): "\(roster.hosts[host].id):in"
    case .hop(let hop): "\(links[hop.link].id):\(hop.isForward ? "ab" : "ba")"
    }
  }

  /// What it carries of migrations, in MiB/s; `nil` when its bandwidth is not known.
  func payload(_ channel: Channel) -> Double? {
    switch channel {
    case .out(let host), .into(let host):
      let port = roster.hosts[host].migrationNetworkGbps ?? roster.hosts[host].networkGbps
      return port.map(Self.payload)
    case .hop(let hop):
      return Self.payload(gbps: links[hop.link].gbps)
    }
  }

  /// What it carries of replicated data, in MiB/s; `nil` when its bandwidth is not known. Links keep a part free, `headroom`, and give no
  /// more than a part where other traffic shares them; ports carry it as they carry moves.
  func copyPayload(_ channel: Channel, headroom: Double, sharedLinkPart: Double) -> Double? {
    guard case .hop(let hop) = channel else { return payload(channel) }
    let link = links[hop.link]
    let part = link.isShared == true ? sharedLinkPart : 1
    return part * Self.copyEfficiency * max(0, link.gbps) * 1e9 / 8 / 1_048_576 / (1 + headroom)
  }

  /// What a MiB/s of copies takes of a channel, in MiB/s of moves: replication gets less out of the bits of a link.
  func weightOfCopies(on channel: Channel) -> Double {
    guard case .hop = channel else { return 1 }
    return PayloadRate.efficiency / Self.copyEfficiency
  }

  /// Part of the bits of a link that replicated data makes up: VMware's published example.
  private static let copyEfficiency = 0.72

  /// What is no bandwidth carries nothing.
  private static func payload(gbps: Double) -> Double {
    gbps > 0 ? PayloadRate.mibPerSecond(gbps: gbps) : 0
  }

  /// What the whole path gives to one move: of its slowest part, or what the cost model takes
  /// where no bandwidth on it is known.
  func payload(of path: [Channel]) -> Double {
    path.compactMap(payload).min() ?? PayloadRate.whenUnknown
  }

  /// The path as the cost model takes it, for a move at `rate`: the round trips of its links add up.
  func migrationPath(_ path: [Channel], rate: Double) -> MigrationPath {
    guard let trip = roundTripMilliseconds(path) else { return MigrationPath(payloadMiBPerSecond: rate) }
    return MigrationPath(payloadMiBPerSecond: rate, roundTripMilliseconds: trip)
  }

  /// The sum of the round trips that links on a path state, in ms; `nil` where none does.
  func roundTripMilliseconds(_ path: [Channel]) -> Double? {
    let trips = hops(path).compactMap(\.roundTripMilliseconds)
    return trips.isEmpty ? nil : trips.reduce(0, +)
  }

  /// Whether a link on a path says that guest networks end there.
  func endsNetworks(_ path: [Channel]) -> Bool { hops(path).contains { $0.isStretched == false } }

  private func hops(_ path: [Channel]) -> [Link] {
    path.compactMap { channel in
      if case .hop(let hop) = channel { links[hop.link] } else { nil }
    }
  }
}
