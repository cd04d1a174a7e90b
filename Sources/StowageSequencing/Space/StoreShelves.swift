import StowageFleet

/// How full datastores are over time.
struct StoreShelves {
  /// Which of several datastores is filled first.
  enum Policy {
    /// The one of which the largest part stays free.
    case roomiest
    /// The one of which the least stays free.
    case tightest
  }

  private struct Change {
    let seconds: Double
    let gib: Double
  }

  /// Forgiven of sums, in GiB.
  private static let slack = 1e-6

  private let stores: [DatastoreReach.Store]
  /// By time.
  private var changes: [[Change]]

  init(_ reach: DatastoreReach) {
    stores = reach.stores
    changes = Array(repeating: [], count: stores.count)
  }

  /// Gives space back from an instant on.
  mutating func take(_ gib: Double, from store: Int, at seconds: Double) {
    add(Change(seconds: seconds, gib: -gib), store)
  }

  /// Puts disks where they fit for good; `nil` where they do not.
  mutating func put(_ gib: Double, on candidates: [Int], from seconds: Double, _ policy: Policy) -> Int? {
    var best: (store: Int, rank: Double)?
    for store in candidates {
      let rank: Double
      if let capacity = stores[store].capacityGiB {
        let free = max(capacity, stores[store].usedGiB) - most(of: store, from: seconds)
        guard gib <= free + Self.slack else { continue }
        rank = policy == .roomiest ? (free - gib) / max(1, capacity) : -(free - gib)
      } else {
        rank = -.greatestFiniteMagnitude
      }
      if rank > best?.rank ?? -.infinity { best = (store, rank) }
    }
    guard let best else { return nil }
    add(Change(seconds: seconds, gib: gib), best.store)
    return best.store
  }

  /// The most that a datastore holds from an instant on, in GiB.
  func most(of store: Int, from seconds: Double) -> Double {
    var used = stores[store].usedGiB
    var most = -Double.infinity
    for change in changes[store] {
      if change.seconds > seconds { most = max(most, used) }
      used += change.gib
    }
    return max(most, used)
  }

  private mutating func add(_ change: Change, _ store: Int) {
    let index = changes[store].lastIndex { $0.seconds <= change.seconds }.map { $0 + 1 } ?? 0
    changes[store].insert(change, at: index)
  }
}
