import StowageDiagnostics
import StowageFormats
import Testing

@Suite("SourceText")
struct TextDecodingTests {
  /// Bytes of UTF-16 text.
  private static func utf16(_ text: String, bigEndian: Bool = false) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return bigEndian ? bytes.reversed() : bytes
    }
  }

  private static let header = "id;größe 😀\n"

  @Test(
    "tells the encoding by the byte order mark, else by zeros, else by validity",
    arguments: [
      (Array(header.utf8), TextEncoding.utf8),
      ([0xEF, 0xBB, 0xBF] + Array(header.utf8), .utf8),
      ([0xFF, 0xFE] + utf16(header), .utf16LittleEndian),
      ([0xFE, 0xFF] + utf16(header, bigEndian: true), .utf16BigEndian),
      (utf16(header), .utf16LittleEndian),
      (utf16(header, bigEndian: true), .utf16BigEndian),
    ])
  func decodes(bytes: [UInt8], encoding: TextEncoding) throws {
    var log = DiagnosticLog()
    let text = try #require(SourceText.decode(bytes, file: "a.csv", log: &log))
    #expect(text.encoding == encoding)
    #expect(String(decoding: text.bytes, as: UTF8.self) == Self.header)
    #expect(log.kept.isEmpty)
  }

  @Test("takes bytes that are not UTF-8 as Windows-1252, and says at which place it had to")
  func fallsBack() throws {
    var log = DiagnosticLog()
    // "n\nMünchen €5" in Windows-1252: ü is 0xFC and € is 0x80.
    let bytes = Array("n\nM".utf8) + [0xFC] + Array("nchen ".utf8) + [0x80, 0x35]
    let text = try #require(SourceText.decode(bytes, file: "a.csv", log: &log))
    #expect(String(decoding: text.bytes, as: UTF8.self) == "n\nMünchen €5")
    #expect(text.encoding == .windows1252)
    #expect(log.brief == ["notice file.encoding 2:2"])
    #expect(!log.hasErrors)
  }

  @Test("maps all 256 bytes of Windows-1252 to text")
  func mapsAll() throws {
    var log = DiagnosticLog()
    let bytes = (UInt8(1)...255).map { $0 }
    let text = try #require(SourceText.decode(bytes, file: "a", log: &log))
    let scalars = Array(String(decoding: text.bytes, as: UTF8.self).unicodeScalars)
    #expect(scalars.count == 255)
    #expect(scalars[0x80 - 1] == "€" && scalars[0x9F - 1] == "Ÿ" && scalars[0xE9 - 1] == "é")
  }

  @Test(
    "refuses what is no text, at its place",
    arguments: [
      ("UTF-32LE", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "error file.encoding"),
      ("UTF-32BE", [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "error file.encoding"),
      ("gzip", [0x1F, 0x8B, 8, 0], "error file.unknown-format"),
      ("a NUL in UTF-8", Array("id\nvm".utf8) + [0] + Array("a,b,c,d,e,f".utf8), "error file.encoding 2:3"),
      ("claims UTF-8 by its mark", [0xEF, 0xBB, 0xBF, 0x61, 0xFC, 0x62], "error file.encoding 1:2"),
      ("a cut UTF-8 character", Array("id\n😀".utf8).dropLast(), "error file.truncated 2:1"),
      ("half a unit of UTF-16", [0xFF, 0xFE] + utf16("id\nab") + [0x63], "error file.truncated 2:3"),
      ("half a pair at the end", [0xFF, 0xFE] + utf16("id\n") + [0x3D, 0xD8], "error file.truncated 2:1"),
      ("half a pair within", [0xFF, 0xFE, 0x3D, 0xD8] + utf16("id\n"), "error file.encoding 1:1"),
      (
        "a low surrogate first", [0xFF, 0xFE, 0x61, 0, 0x00, 0xDE] + utf16("id\n"), "error file.encoding 1:2"
      ),
      ("a NUL in UTF-16", [0xFF, 0xFE] + utf16("i\u{0}d\n"), "error file.encoding 1:2"),
    ] as [(String, [UInt8], String)])
  func refuses(what: String, bytes: [UInt8], problem: String) {
    var log = DiagnosticLog()
    #expect(SourceText.decode(bytes, file: "a.csv", log: &log) == nil, "\(what)")
    #expect(log.brief == [problem], "\(what)")
  }

  @Test("counts columns in characters and lines by LF, CRLF and CR")
  func places() {
    let text = SourceText("aé\r\nb\rc\nd", file: "f")
    #expect(text.place(at: 0).description == "f:1:1")
    #expect(text.place(at: 3).description == "f:1:3")
    #expect(text.place(at: 5).description == "f:2:1")
    #expect(text.place(at: 7).description == "f:3:1")
    #expect(text.place(at: 9).description == "f:4:1")
  }
}
