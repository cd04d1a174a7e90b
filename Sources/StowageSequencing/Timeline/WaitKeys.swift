/// What a leg can wait for, as numbers: a queue for each.
///
/// When something is given back, only the legs that wait for it are asked again; a fleet of
/// thousands of moves would otherwise ask all of them at every end of one.
struct WaitKeys {
  let channels: Int
  let hosts: Int
  let groups: Int
  /// Gates of the rules of order and time, and how many of them, the first, are free again when a move ends.
  let gates: (all: Int, rented: Int)
  /// Entries of the calendar.
  let hours: Int
  /// Waves.
  var waves = 0

  /// The rate of a channel.
  func channel(_ channel: Int) -> Int { channel }
  /// Room on a host.
  func room(_ host: Int) -> Int { channels + host }
  /// Slots of a host for moves that leave it.
  func out(_ host: Int) -> Int { channels + hosts + host }
  /// Slots of a host for moves that enter it.
  func into(_ host: Int) -> Int { channels + 2 * hosts + host }
  /// Slots of a host for both.
  func ends(_ host: Int) -> Int { channels + 3 * hosts + host }
  /// Slots of the fleet.
  var fleet: Int { channels + 4 * hosts }
  /// Failover: asked again whenever any move ends.
  var failover: Int { channels + 4 * hosts + 1 }
  /// No key of anybody's: legs that are asked for the first time.
  var fresh: Int { channels + 4 * hosts + 2 }
  /// A member of an anti-affinity group leaves a domain.
  func group(_ group: Int) -> Int { channels + 4 * hosts + 3 + group }

  /// Rules that no single host decides: asked again whenever a move starts or releases its source.
  var rules: Int { channels + 4 * hosts + 3 + groups }

  /// A gate of the rules of order and time.
  func gate(_ gate: Int) -> Int { rules + 1 + gate }

  /// Hours of an entry of the calendar.
  func hours(_ entry: Int) -> Int { rules + 1 + gates.all + entry }

  /// The opening of a wave.
  func wave(_ wave: Int) -> Int { rules + 1 + gates.all + hours + wave }

  var count: Int { rules + 1 + gates.all + hours + waves }

  func key(_ limit: SlotLoads.Limit) -> Int {
    switch limit {
    case .out(let host): out(host)
    case .into(let host): into(host)
    case .host(let host): ends(host)
    case .fleet: fleet
    }
  }

  /// Whether what the key stands for is in use by somebody whenever it is short: then an end of
  /// theirs asks again, and not everybody in the queue must be asked each time.
  func isRented(_ key: Int) -> Bool {
    key < channels || (key >= out(0) && key <= fleet) || (key >= gate(0) && key < gate(gates.rented))
  }
}
