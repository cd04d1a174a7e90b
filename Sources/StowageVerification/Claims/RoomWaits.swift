import StowageModel

/// How long VMs must wait for room at their targets; with time reversed, how long their sources must
/// be free of them before the end.
///
/// What a VM lacks at its target must be given up by those that leave it. That takes until leavers that
/// can be gone by then held so much, and as long as the target's port outwards needs for the leavers that burden it least for
/// the room they give. Waits lengthen waits: eight passes at most.
struct RoomWaits {
  private let passages: [Passage]
  private let demand: [Amounts]
  private let isForward: Bool
  private let room: (Int, Resource) -> Int64?
  private let port: (Int) -> Double?

  init(
    _ passages: [Passage], demand: [Amounts], isForward: Bool, room: @escaping (Int, Resource) -> Int64?,
    port: @escaping (Int) -> Double?
  ) {
    self.passages = passages
    self.demand = demand
    self.isForward = isForward
    self.room = room
    self.port = port
  }

  func seconds() -> [Double] {
    var waits = [Double](repeating: 0, count: passages.count)
    let entering = Dictionary(grouping: passages.indices) { isForward ? passages[$0].to : passages[$0].from }
    let leaving = Dictionary(grouping: passages.indices) { isForward ? passages[$0].from : passages[$0].to }
    for _ in 0..<8 {
      let before = waits
      for host in entering.keys.sorted() {
        guard let leavers = leaving[host] else { continue }
        for resource in Resource.allCases {
          guard let free = room(host, resource) else { continue }
          let inNeed = (entering[host] ?? []).filter { !passages[$0].mayStop && need($0, resource) > free }
          guard !inNeed.isEmpty else { continue }
          let queue = Queue(self, leavers, resource, host, waits)
          for passage in inNeed {
            waits[passage] = max(waits[passage], queue.wait(for: need(passage, resource) - free))
          }
        }
      }
      if waits == before { break }
    }
    return waits
  }

  private func need(_ passage: Int, _ resource: Resource) -> Int64 { demand[passages[passage].vm][resource] }

  /// Those who leave a host, in the orders in which their room can be had.
  private struct Queue {
    private struct Leaver {
      let gone: Double
      let amount: Int64
      let traffic: Double
    }

    private let byTime: [Leaver]
    private let byBurden: [Leaver]
    private let rate: Double?

    init(_ waits: RoomWaits, _ leavers: [Int], _ resource: Resource, _ host: Int, _ known: [Double]) {
      let list = leavers.map { index -> Leaver in
        let passage = waits.passages[index]
        return Leaver(
          gone: known[index] + (passage.mayStop ? 0 : passage.shortest),
          amount: waits.need(index, resource),
          traffic: passage.mayStop ? 0 : passage.traffic(lasting: .infinity))
      }.filter { $0.amount > 0 }
      byTime = list.sorted { $0.gone < $1.gone }
      byBurden = list.sorted { $0.traffic / Double($0.amount) < $1.traffic / Double($1.amount) }
      rate = waits.port(host).flatMap { $0 > 0 ? $0 : nil }
    }

    /// `lack` is above 0. Where all leavers together give too little, nothing can be said.
    func wait(for lack: Int64) -> Double {
      var had: Int64 = 0
      var instant = 0.0
      for leaver in byTime where had < lack {
        had += leaver.amount
        instant = leaver.gone
      }
      guard had >= lack else { return 0 }
      guard let rate else { return instant }
      var left = Double(lack)
      var mib = 0.0
      for leaver in byBurden where left > 0 {
        mib += leaver.traffic * min(1, left / Double(leaver.amount))
        left -= Double(leaver.amount)
      }
      return max(instant, mib / rate)
    }
  }
}
