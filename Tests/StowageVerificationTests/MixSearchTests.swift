import StowageTestSupport
import Testing

@testable import StowageVerification

@Suite("The mix program")
struct MixSearchTests {
  @Test("agrees with trying every subset", arguments: UInt64(0)..<150)
  func oracle(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let resources = Int.random(in: 1...3, using: &random)
    let types = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (0..<resources).map { _ in Int64.random(in: 0...10, using: &random) }
    }
    let offers = (0..<Int.random(in: 1...9, using: &random)).map { _ in
      types[Int.random(in: types.indices, using: &random)]
    }
    let need = (0..<resources).map { _ in Int64.random(in: 1...40, using: &random) }
    var search = MixSearch(offers: offers, need: need)
    #expect(search.fewest() == everySubset(offers, need), "seed \(seed)")
  }

  private func everySubset(_ offers: [[Int64]], _ need: [Int64]) -> Double {
    var fewest = Double.infinity
    for chosen in 0..<(1 << offers.count) {
      var left = need
      for (index, offer) in offers.enumerated() where chosen >> index & 1 == 1 {
        left = zip(left, offer).map { $0 - $1 }
      }
      if left.allSatisfy({ $0 <= 0 }) { fewest = min(fewest, Double(chosen.nonzeroBitCount)) }
    }
    return fewest
  }

  @Test("ten thousand hosts of six types are settled exactly")
  func large() {
    let types: [[Int64]] = [[64, 512], [96, 384], [128, 1024], [48, 768], [256, 1024], [32, 256]]
    let offers = (0..<10_000).map { types[$0 % 6] }
    var search = MixSearch(offers: offers, need: [300_001, 2_500_003])
    let fewest = search.fewest()
    // 1666 hosts of 256 cores and 1024 GiB, and 1667 of 128 and 1024: worth 3.4 TiB in all; the
    // bound on memory alone, 2 500 003 / 1024 = 2441.4, is met when cores are not short.
    #expect(fewest == 2442)
  }
}
