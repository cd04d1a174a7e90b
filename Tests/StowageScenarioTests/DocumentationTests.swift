import Foundation
import StowageKit
import Testing

/// The pages keep up with the program.
@Suite("Documentation")
struct DocumentationTests {
  /// The package's folder.
  static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func page(_ path: String) throws -> String {
    let url = package.appendingPathComponent("Sources/StowageKit/StowageKit.docc/\(path)")
    return try String(contentsOf: url, encoding: .utf8)
  }

  static func headings(_ path: String) throws -> [String] {
    try page(path).split(separator: "\n").filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }
  }

  @Test("every diagnostic code has its section, and no section is left over")
  func errorsArePaged() throws {
    #expect(try Self.headings("Errors/Errors.md").sorted() == DiagnosticCode.all.map(\.rawValue))
  }

  @Test("every finding of the verifier has its section, and no section is left over")
  func findingsArePaged() throws {
    #expect(try Self.headings("Errors/Findings.md").sorted() == FindingCode.all.map(\.rawValue))
  }

  @Test("every kind of proof has its section")
  func proofsArePaged() throws {
    #expect(
      try Self.headings("Guides/Proofs.md").sorted() == Objective.Proof.allCases.map(\.rawValue).sorted())
  }

  @Test("every rule kind has a page that answers the three questions", arguments: Requirement.kinds)
  func rulesArePaged(kind: String) throws {
    let headings = try Self.headings("Rules/\(kind).md")
    #expect(headings == ["At rest", "At every instant of a plan", "Broken at the start"])
  }

  @Test("the README's two commands are there, the first for the main job, the second for the tests")
  func readmeHasItsCommands() throws {
    let readme = try String(contentsOf: Self.package.appendingPathComponent("README.md"), encoding: .utf8)
    let blocks = readme.components(separatedBy: "```sh\n").dropFirst().map {
      $0.components(separatedBy: "\n```")[0]
    }
    #expect(blocks.count == 2)
    #expect(blocks.first?.contains("libglpk-dev") == true)
    #expect(blocks.first?.contains("stowage plan Inventories/two-racks") == true)
    #expect(blocks.last == "swift test")
  }
}
