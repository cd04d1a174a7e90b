import StowageFleet
import StowageModel

/// Hosts that offer the same to the same VMs.
struct HostClasses {
  /// The hosts of each class, ascending.
  let members: [[Int]]

  private struct Key: Hashable {
    var room: [Double]
    var rows: [Bool]
    var price: [Double]
  }

  /// Hosts of different prices are of different classes.
  init(_ hosts: [Int], rows: RoomRows, forced: [Bool], price: HostPrice? = nil) {
    var classOfKey: [Key: Int] = [:]
    var members: [[Int]] = []
    for host in hosts {
      let key = Key(
        room: Resource.allCases.map { rows.room[host][$0] },
        rows: rows.rows.map { $0.hosts.contains(host) } + rows.numbers.map { $0.hosts.contains(host) },
        price: price.map { [$0.base[host], $0.rate[host]] } ?? [])
      if let known = classOfKey[key] {
        members[known].append(host)
      } else {
        classOfKey[key] = members.count
        members.append([host])
      }
    }
    self.members = members
  }

  /// So many hosts of each class: those that must stay on, then those with the most memory.
  func mostLoaded(_ counts: [Int], memory: [Double], forced: [Bool]) -> [Int] {
    members.indices.flatMap { index in
      members[index].sorted { left, right in
        if forced[left] != forced[right] { return forced[left] }
        return memory[left] != memory[right] ? memory[left] > memory[right] : left < right
      }.prefix(counts[index])
    }.sorted()
  }
}
