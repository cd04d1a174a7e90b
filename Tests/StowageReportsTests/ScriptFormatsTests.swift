import Foundation
import StowageModel
import StowageReports
import Testing
import Yams

/// PowerShell and YAML, read by a tokenizer and by a parser of their languages.
@Suite("Script formats")
struct ScriptFormatsTests {
  private static func inputs(_ attack: String) -> ReportInput {
    let ids = Set(Room.input.plan.moves.map(\.id.rawValue))
    return Room.input.renamed { ids.contains($0) ? $0 : "\(attack)\($0)" }
  }

  private static let quotes = [
    "\u{2018}; Remove-Item x; \u{2019}", "\u{201a}$(x)\u{201b}", "{{ lookup('pipe', 'x') }}", "{% x %}",
  ]

  @Test("in PowerShell a hostile name is one literal, and no script has other words than with plain names")
  func powerShell() throws {
    for platform in [Platform.libvirt, .hyperv, .vmware] {
      let plain = try PowerShellTokens(Runbook(Self.inputs("x"), platform: platform).text(.ps1))
      for attack in HostileNames.all + Self.quotes {
        let input = Self.inputs(attack)
        let tokens = try PowerShellTokens(Runbook(input, platform: platform).text(.ps1))
        #expect(tokens.isBalanced, "\(attack.debugDescription)")
        #expect(
          tokens.words.isSubset(of: plain.words),
          "\(attack.debugDescription): \(tokens.words.subtracting(plain.words))")
        guard platform == .libvirt, ShellWord(attack) != nil else { continue }
        #expect(tokens.literals.contains("\(attack)web-1"), "\(attack.debugDescription)")
      }
    }
  }

  @Test("in YAML a hostile name is one scalar that Ansible does not expand")
  func yaml() throws {
    for attack in HostileNames.all + Self.quotes {
      let input = Self.inputs(attack)
      let text = try Runbook(input).text(.ansible)
      guard let document = try Yams.compose(yaml: text) else {
        Issue.record("no document for \(attack.debugDescription)")
        continue
      }
      let arguments = Self.arguments(of: document)
      #expect(!arguments.isEmpty)
      let expanded = arguments.filter { $0.text.contains("{") && $0.tag != "!unsafe" }
      #expect(expanded.isEmpty, "\(attack.debugDescription): \(expanded)")
      guard ShellWord(attack) != nil else { continue }
      #expect(arguments.contains { $0.text == "\(attack)web-1" }, "\(attack.debugDescription)")
    }
  }

  /// Every argument of every command.
  private static func arguments(of node: Node) -> [(text: String, tag: String)] {
    switch node {
    case .mapping(let mapping):
      return mapping.flatMap { pair -> [(text: String, tag: String)] in
        guard pair.key.string == "argv", case .sequence(let words) = pair.value else {
          return arguments(of: pair.value)
        }
        return words.compactMap { word in
          word.scalar.map { (text: $0.string, tag: "\(word.tag.description)") }
        }
      }
    case .sequence(let sequence): return sequence.flatMap(arguments)
    case .scalar, .alias: return []
    }
  }

  @Test("the playbook does nothing unless a wave is confirmed, and names every step")
  func playbook() throws {
    let text = try Runbook(Room.input).text(.ansible)
    #expect(text.contains("confirmed: []"))
    for move in Room.input.plan.moves { #expect(text.contains("\(move.id): begin")) }
    #expect(text.components(separatedBy: "async: 604800").count == 6)
  }
}

/// The words of a PowerShell script by the language's quoting rules (specification 2.3.5.2): literals in
/// single quotes, of which there are five, strings in double quotes with backtick escapes, comments.
struct PowerShellTokens {
  private(set) var literals: Set<String> = []
  private(set) var words: Set<String> = []
  private(set) var isBalanced = true

  private static let single: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{201a}", "\u{201b}"]
  private static let double: Set<Unicode.Scalar> = ["\"", "\u{201c}", "\u{201d}", "\u{201e}"]

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var open: [Unicode.Scalar] = []
    var word = ""
    var position = 0
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
    }
    while position < scalars.count {
      let scalar = scalars[position]
      if Self.single.contains(scalar) {
        var content = ""
        position += 1
        while position < scalars.count {
          if Self.single.contains(scalars[position]) {
            guard position + 1 < scalars.count, Self.single.contains(scalars[position + 1]) else { break }
            position += 1
          }
          content.unicodeScalars.append(scalars[position])
          position += 1
        }
        if position >= scalars.count { isBalanced = false }
        literals.insert(content)
        position += 1
        continue
      }
      if Self.double.contains(scalar) {
        position += 1
        while position < scalars.count, !Self.double.contains(scalars[position]) {
          position += scalars[position] == "`" ? 2 : 1
        }
        if position >= scalars.count { isBalanced = false }
        position += 1
        continue
      }
      if scalar == "#", word.isEmpty {
        while position < scalars.count, scalars[position] != "\n" { position += 1 }
        continue
      }
      if isBlank(scalar) || "(){};,|&@".unicodeScalars.contains(scalar) {
        if !word.isEmpty { words.insert(word) }
        word = ""
        switch scalar {
        case "(", "{": open.append(scalar)
        case ")": if open.popLast() != "(" { isBalanced = false }
        case "}": if open.popLast() != "{" { isBalanced = false }
        default: break
        }
      } else {
        word.unicodeScalars.append(scalar)
      }
      position += 1
    }
    if !open.isEmpty { isBalanced = false }
  }
}
