import Foundation
import StowageReports
import Testing

@Suite("Quoting")
struct QuotingTests {
  @Test("plain words stay as they are, others are put in single quotes")
  func shapes() {
    #expect(ShellWord("vm-0001")?.description == "vm-0001")
    #expect(ShellWord("a b")?.description == "'a b'")
    #expect(ShellWord("it's")?.description == "'it'\\''s'")
    #expect(ShellWord("")?.description == "''")
    #expect(ShellWord(quoting: "vm-0001")?.description == "'vm-0001'")
  }

  @Test(
    "there is no word for what cannot be shown",
    arguments: ["a\nb", "a\u{0}b", "a\u{1b}[2J", "a\u{202e}b", "\t"])
  func unquotable(text: String) {
    #expect(ShellWord(text) == nil)
    #expect(ShellWord(quoting: text) == nil)
  }

  @Test("a real shell reads back exactly the name", arguments: [UInt64(1), 2, 3])
  func shellReadsBack(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let random = (0..<200).flatMap { _ in
      [HostileNames.random(using: &generator), HostileNames.signs(using: &generator)]
    }
    let names = (HostileNames.all + random).filter { ShellWord($0) != nil }
    #expect(names.count > 100, "seed \(seed): too few names can be quoted to prove anything")
    // One shell for all: each word is printed and ended by a byte that no word holds.
    let script = names.flatMap { name in [ShellWord(name), ShellWord(quoting: name)] }
      .compactMap { $0 }.map { "printf '%s\\001' \($0)" }.joined(separator: "\n")
    let output = try Shell.run(script)
    let expected = names.flatMap { [$0, $0] }.map { $0 + "\u{1}" }.joined()
    #expect(Array(output.utf8) == Array(expected.utf8), "seed \(seed)")
    #expect(!FileManager.default.fileExists(atPath: "/tmp/stowage-owned"))
  }

  @Test("a name that is refused has an invisible character", arguments: [UInt64(1), 2, 3])
  func refusalsAreForCause(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let name = HostileNames.signs(using: &generator)
      let isHidden = name.unicodeScalars.contains { $0 == "\n" || $0 == "\t" || $0 == "\u{202e}" }
      #expect((ShellWord(name) == nil) == isHidden, "seed \(seed): \(name.debugDescription)")
    }
  }

  @Test(
    "host names and addresses pass, anything else is percent-encoded",
    arguments: [
      ("r1-h01", "r1-h01", true), ("h1.example.org", "h1.example.org", true), ("10.0.0.7", "10.0.0.7", true),
      ("fe80::1", "[fe80::1]", true), ("-oProxyCommand=x", "%2DoProxyCommand%3Dx", false),
      ("a'; rm -rf ~ #", "a%27%3B%20rm%20%2Drf%20%7E%20%23", false), ("a/b", "a%2Fb", false), ("", "", false),
      ("user@h", "user%40h", false),
    ])
  func hostAddresses(id: String, uriHost: String, isHostName: Bool) {
    let address = HostAddress(id)
    #expect(address.uriHost == uriHost)
    #expect(address.isHostName == isHostName)
  }

  @Test("what cannot be seen is written as an escape")
  func visible() {
    #expect(VisibleText.line("a\nb\u{1b}[2J\u{202e}") == "a\\nb\\u{1b}[2J\\u{202e}")
    #expect(VisibleText.line("abcdef", limit: 3) == "abc…")
    #expect(VisibleText.name("") == "''")
    #expect(VisibleText.name(" a") == "' a'")
  }

  @Test(
    "inline code has a longer fence than any run of backticks in the name",
    arguments: [
      ("vm-1", "`vm-1`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("``a", "``` ``a ```"), (" ", "`   `"),
      ("", "<code></code>"), ("a|b", "<code>a&#124;b</code>"), ("`\u{301}", "``` `\u{301}``"),
    ])
  func markdownCode(name: String, code: String) {
    let text = MarkdownText.code(name)
    #expect(text == code || name == "`\u{301}", "\(text)")
    #expect(!text.contains("\n"))
  }

  @Test("prose opens no markup")
  func markdownProse() {
    #expect(
      MarkdownText.prose("<b> a_b [x](y) | `c` & *d*")
        == "&lt;b&gt; a\\_b \\[x\\](y) &#124; \\`c\\` &amp; \\*d\\*")
    #expect(MarkdownText.prose("see http://x and www.y") == "see http:\\//x and www\\.y")
    #expect(MarkdownText.prose("host-12 is emptied") == "host-12 is emptied")
  }

  @Test("a block of commands cannot be closed from within")
  func markdownBlock() {
    #expect(MarkdownText.block(["a"]) == ["```sh", "a", "```"])
    #expect(MarkdownText.block(["echo '````'"]) == ["`````sh", "echo '````'", "`````"])
  }

  @Test("HTML is escaped scalar by scalar, even where a mark combines with the sign")
  func html() {
    #expect(HTMLText.escaped("<a b=\"c\" d='e'>&`") == "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;")
    #expect(HTMLText.escaped("\"\u{301}") == "&quot;\u{301}")
    #expect(!HTMLText.escaped("<\u{338}").unicodeScalars.contains("<"))
  }
}
