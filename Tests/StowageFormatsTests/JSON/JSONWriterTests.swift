import StowageDiagnostics
import StowageFormats
import StowageTestSupport
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
  private func text(_ body: (inout JSONWriter) -> Void) -> String {
    String(decoding: JSONWriter.document(body), as: UTF8.self)
  }

  @Test("writes members in the order given, two spaces a level, and leaves unknown ones out")
  func lays() {
    let written = text { document in
      document.object { plan in
        plan.member("schema", "stowage.plan/v1")
        plan.member("seed", 1)
        plan.member("rpo_s", nil as Double?)
        plan.member("links", ["a:out", "b:in"])
        plan.array("moves") { moves in
          moves.object { $0.member("start_s", 0.5) }
          moves.value(true)
        }
        plan.object("certificate") { _ in }
        plan.array("unplaced") { _ in }
      }
    }
    #expect(
      written == """
        {
          "schema": "stowage.plan/v1",
          "seed": 1,
          "links": ["a:out", "b:in"],
          "moves": [
            {
              "start_s": 0.5
            },
            true
          ],
          "certificate": {},
          "unplaced": []
        }

        """)
  }

  @Test(
    "writes numbers as the shortest text that reads back the same",
    arguments: [
      (0, "0"), (-0.0, "0"), (1, "1"), (-5, "-5"), (0.1, "0.1"), (1096.7, "1096.7"),
      (1.0 / 3, "0.3333333333333333"),
      (999_999_999_999_999, "999999999999999"), (1e15, "1000000000000000"),
      (9_007_199_254_740_993, "9007199254740992"), (1e21, "1e+21"), (5e-324, "5e-324"),
      (1.5e-7, "1.5e-07"),
    ] as [(Double, String)])
  func writesNumbers(number: Double, written: String) {
    #expect(text { $0.value(number) } == written + "\n")
  }

  @Test("escapes what could end a string, move a cursor, end a line of JavaScript or a script of HTML")
  func escapes() {
    let written = text { $0.value("\"\\\n\r\t\u{0}\u{1B}\u{7F}\u{9B}\u{2028}\u{2029}</script><!--é😀") }
    #expect(
      written == #""\"\\\n\r\t\u0000\u001b\u007f\u009b\u2028\u2029\u003c/script>\u003c!--é😀""# + "\n")
  }

  @Test("what is written is read back exactly, and writes the same bytes again", arguments: UInt64(0)..<30)
  func roundTrips(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let value = Self.value(&random, depth: 0)
    let bytes = JSONWriter.document { $0.value(value) }
    var log = DiagnosticLog()
    let source = try #require(SourceText.decode(bytes, file: "a.json", log: &log), "seed \(seed)")
    let read = try #require(JSONValue.parse(source, log: &log), "seed \(seed)")
    #expect(read == value, "seed \(seed)")
    #expect(JSONWriter.document { $0.value(read) } == bytes, "seed \(seed)")
  }

  private static func value(_ random: inout SeededGenerator, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 8 : 5), using: &random) {
    case 0: return JSONValue(.null)
    case 1: return JSONValue(.boolean(random.oneIn(2)))
    case 2:
      let number = Double(bitPattern: random.next())
      let finite = number.isFinite ? number : 0.5
      return JSONValue(.number(JSONNumber(finite, text: "\(finite)")))
    case 3, 4: return JSONValue(.string(text(&random)))
    case 5: return JSONValue(.array((0..<3).map { _ in value(&random, depth: depth + 1) }))
    default:
      let members = (0..<3).map { JSONMember("\($0)" + text(&random), value(&random, depth: depth + 1)) }
      return JSONValue(.object(JSONObject(members)))
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let pieces = ["\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "é", "😀", "</", "\u{2028}", "\u{FFFE}", "a", " "]
    return (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      .joined()
  }
}
