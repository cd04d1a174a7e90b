import StowageModel
import Testing

@testable import StowageVerification

@Suite("Numbers and names in words")
struct WordsTests {
  @Test("plain names stand as they are, hostile ones are quoted and escaped")
  func names() {
    #expect(Words.name("r2-h07.example") == "r2-h07.example")
    #expect(Words.name("a b") == "'a b'")
    #expect(Words.name("") == "''")
    #expect(Words.name("x\u{1B}[2J\ny") == "'x\\u{1b}[2J\\ny'")
    #expect(Words.name(String(repeating: "a", count: 1000)).count < 70)
  }

  @Test("numbers have the digits they need and no exponent")
  func numbers() {
    #expect(Words.number(72) == "72")
    #expect(Words.number(0.46875) == "0.46875")
    #expect(Words.number(-0.5) == "-0.5")
    #expect(Words.number(0.000001) == "0.000001")
    #expect(Words.number(0.000000012, decimals: 9) == "0.000000012")
    #expect(Words.number(.nan) == "nan")
    #expect(Words.number(1e300) == "1e+300")
    #expect(Words.oneDecimal(64) == "64.0")
    #expect(Words.oneDecimal(64.04) == "64.0")
  }

  @Test("long lists are cut")
  func lists() {
    #expect(Words.list([]) == "nothing")
    #expect(Words.list(["a"]) == "a")
    #expect(Words.list(["a", "b"]) == "a and b")
    #expect(Words.list(["a", "b", "c", "d"], limit: 2) == "a, b and 2 more")
  }

  @Test("amounts that differ by a unit are shown in that unit")
  func amounts() {
    let memory = AmountWords(resource: .memory, cpu: .vcpu)
    #expect(memory.share(66 << 20, of: 64 << 20) == "66.0 GiB of 64.0 GiB memory")
    #expect(memory.share(65537, of: 65536) == "65537 KiB of 65536 KiB memory")
    #expect(AmountWords(resource: .cpu, cpu: .vcpu).share(36_000, of: 32_000) == "36 vCPUs of 32 vCPUs")
    #expect(
      AmountWords(resource: .cpu, cpu: .mhz).share(2_600_000, of: 2_500_000) == "2.6 GHz of 2.5 GHz CPU")
    #expect(AmountWords(resource: .slots, cpu: .vcpu).share(3, of: 2) == "3 VMs of 2 VMs")
  }
}
