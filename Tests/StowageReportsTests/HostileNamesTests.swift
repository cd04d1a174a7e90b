import Foundation
import StowageModel
import StowageReports
import Testing

/// Every string of the input is replaced by something hostile; no page may take it for its own language.
@Suite("Hostile names")
struct HostileNamesTests {
  /// Inputs whose names are made of the listed attacks, and of seeded random signs.
  static let inputs: [(label: String, input: ReportInput)] =
    HostileNames.all.map { attack in
      ("attack \(attack.debugDescription)", Room.input.renamed { "\($0)\(attack)" })
    }
    + HostileNames.all.map { attack in
      ("leading attack \(attack.debugDescription)", Room.input.renamed { "\(attack)\($0)" })
    }
    + (1...12).map { seed in
      (
        "seed \(seed)",
        Room.input.renamed { original in
          var generator = SeededGenerator(seed: UInt64(seed) &* 1000 &+ UInt64(original.utf8.count))
          return HostileNames.signs(using: &generator) + original + HostileNames.random(using: &generator)
        }
      )
    }

  @Test("no terminal text holds a line or a control character that a name brought along")
  func terminal() {
    let lines = Summary(Room.input).text.split(separator: "\n", omittingEmptySubsequences: false).count
    for (label, input) in Self.inputs {
      let text = Summary(input, layout: .init(width: 4000)).text
      let hidden = text.unicodeScalars.filter { $0 != "\n" && Self.isControl($0) }
      #expect(hidden.isEmpty, "\(label)")
      // On a very wide page nothing wraps, and there are as many lines as with plain names, and the
      // one section about the unplaced VM.
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= lines + 3, "\(label)")
    }
  }

  @Test("no command of a runbook runs anything but virsh and ssh, and each gets the very name")
  func shell() throws {
    for (label, input) in Self.inputs {
      let markdown = Runbook(input).markdown()
      let calls: [[String]]
      do {
        calls = try ShellBlocks.calls(of: ShellBlocks.lines(of: markdown))
      } catch {
        Issue.record("\(label): \(error)")
        continue
      }
      let vms = Set(input.inventory.vms.map(\.id.rawValue))
      for call in calls where call.first == "virsh" {
        guard let option = call.firstIndex(of: "--domain"), option + 1 < call.count else { continue }
        #expect(vms.contains(call[option + 1]), "\(label): \(call)")
      }
      #expect(calls.allSatisfy { $0.first == "virsh" || $0.first == "ssh" }, "\(label)")
    }
  }

  @Test("no runbook has more headings, tables or blocks than with plain names")
  func markdown() throws {
    let plain = Self.structure(try Runbook(Room.input).markdown())
    for (label, input) in Self.inputs {
      let structure = Self.structure(try Runbook(input).markdown())
      for (kind, count) in structure where kind != "part" {
        #expect(count <= plain[kind, default: 0], "\(label): \(kind)")
      }
    }
  }

  @Test("no report has other tags than with plain names, and its pictures stay well-formed")
  func html() {
    let plain = Markup.tags(of: HTMLReport(Room.input.renamed { "\($0)x" }).html)
    for (label, input) in Self.inputs {
      let html = HTMLReport(input).html
      #expect(Markup.tags(of: html) == plain, "\(label)")
      #expect(Markup.pictures(of: html).allSatisfy(Markup.isWellFormed), "\(label)")
    }
  }

  @Test("no text about a refusal, a check or a verdict holds more lines than with plain names")
  func otherTexts() {
    for attack in HostileNames.all {
      for (plain, hostile) in zip(OtherPages.texts { $0 + "x" }, OtherPages.texts { $0 + attack }) {
        #expect(
          hostile.unicodeScalars.allSatisfy { $0 == "\n" || !Self.isControl($0) },
          "\(attack.debugDescription)")
        let lines = [plain, hostile].map { $0.split(separator: "\n", omittingEmptySubsequences: false).count }
        #expect(lines[1] <= lines[0], "\(attack.debugDescription)")
      }
    }
  }

  /// Lines by what a Markdown reader takes them for.
  private static func structure(_ markdown: String) -> [String: Int] {
    var counts: [String: Int] = [:]
    for line in markdown.split(separator: "\n") {
      let kind: String
      switch line.unicodeScalars.first {
      case "#": kind = "heading"
      case "|": kind = "row of \(cells(String(line)))"
      case "-": kind = "item"
      case "`": kind = line.hasPrefix("```") ? "fence" : "part"
      case "<", ">", "!", "[": kind = "markup"
      default: kind = "part"
      }
      counts[kind, default: 0] += 1
    }
    return counts
  }

  /// Cells of a table's row: every unescaped `|` ends one.
  private static func cells(_ row: String) -> Int {
    row.unicodeScalars.count { $0 == "|" }
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
