import Foundation
import StowageKit
import Testing

/// What people read is in words and in numbers with units: no names of files' keys, no names from the source, no
/// figure as a program would print it.
@Suite("Plain words")
struct PlainWordsTests {
  private static func patterns() throws -> [(what: String, pattern: Regex<AnyRegexOutput>)] {
    try [
      ("a key of a file", #"\b[a-z]+_[a-z0-9_]+\b"#),
      ("a name from the source", #"\b[a-z]+[A-Z][A-Za-z]*\b"#),
      ("a unit without a space before it", #"[0-9](MiB|GiB|KiB|TiB|MHz|GHz|Gb|Mb|ms|kWh|kW|vCPUs?)\b"#),
      ("a unit as files spell it", #"[0-9] ?(mib|gib|kib|mhz|ghz|gbps|mbps)\b"#),
      ("a power of ten", #"\b[0-9.]+[eE][-+]?[0-9]{2}\b"#),
      ("something missing", #"\b(nil|nan|inf|Optional|undefined)\b"#),
      ("more decimals than anybody reads", #"[0-9]\.[0-9]{4}"#),
      ("a place of a template", #"\{\{|\}\}"#),
    ].map { ($0.0, try Regex($0.1)) }
  }

  /// Units, and names of products.
  private static let proper: Set<String> = [
    "vCPU", "vCPUs", "kW", "kWh", "vSphere", "vMotion", "vCenter", "iSCSI",
  ]

  /// Columns that the operator may fill in are named as they are.
  private static func columns() throws -> Set<String> {
    let guide = try String(
      decoding: ReportsTests.bytes("Sources/StowageKit/StowageKit.docc/Guides/NativeInventory.md"),
      as: UTF8.self)
    return Set(guide.matches(of: /[a-z]+_[a-z0-9_]+/).map { String($0.output) })
  }

  /// The text of a page without what is code on purpose: commands, digests, styles.
  private static func prose(_ page: String) -> String {
    var text = page
    for pattern in [
      #"(?s)```.*?```"#, #"``.*?``"#, #"`[^`\n]*`"#, #"(?s)<style>.*?</style>"#, #"(?s)<(code|pre).*?</\1>"#,
      #"<[^>]*>"#,
      #"[0-9a-f]{64}"#, #"--[a-z-]+"#,
    ] {
      guard let regex = try? Regex(pattern) else { continue }
      text = text.replacing(regex, with: " ")
    }
    return text
  }

  private static func pages() throws -> [(name: String, text: String)] {
    let inventory = try ReportsTests.inventory("two-racks")
    var plan = try ReportsTests.plan("two-racks")
    plan.options.start = Instant(rfc3339: "2026-11-27T21:00:00Z")
    let input = ReportInput(
      inventory: inventory, plan: plan,
      hostLoads: HostLoad.all(of: inventory, options: plan.options, placement: plan.placement),
      isVerified: true)
    let options = PlanOptions(sizing: SizingOptions(defaultCPUOvercommitRatio: 2))
    let review = Reviewer(isDeterministic: true).review(inventory, options: options, plan: plan)
    var other = plan
    other.moves.removeLast(3)
    other.objectives.removeLast()
    let comparison = Comparison(plan, other, names: ("a", "b"))
    var pages = [
      ("summary", Summary(input).text), ("report", HTMLReport(input).html), ("review", review.markdown),
      ("review as a page", review.html), ("comparison", comparison.text()),
      ("comparison as a page", comparison.html(generator: "stowage")),
      ("verdict", VerdictReport.of(Verifier.judge(plan, of: inventory), plan: "plan.json").text()),
      (
        "check",
        CheckReport.of(inventory, source: "two-racks", log: DiagnosticLog(), options: options).text()
      ),

    ]
    var few = input
    few.plan.moves = Array(plan.moves.prefix(12))
    for platform in Platform.allCases {
      pages.append(("runbook for \(platform.rawValue)", Runbook(few, platform: platform).markdown()))
    }
    pages.append(("page of a runbook", try Runbook(few).text(.html)))
    let explainer = PlanExplainer(plan, inventory: inventory)
    for vm in plan.moves.prefix(2).map(\.vm) {
      pages.append(("explanation of \(vm)", explainer.explain(vm: vm)?.text() ?? ""))
    }
    for host in inventory.hosts.prefix(2).map(\.id) {
      pages.append(("explanation of \(host)", explainer.explain(host: host)?.text() ?? ""))
    }
    return pages
  }

  @Test("no page shows a raw name or a figure without its unit")
  func pagesAreInWords() throws {
    let patterns = try Self.patterns()
    let allowed = try Self.columns().union(Self.proper)
    for (name, page) in try Self.pages() {
      let text = Self.prose(page)
      #expect(text.count > 100, "\(name)")
      for (what, pattern) in patterns {
        let found = Set(text.matches(of: pattern).map { String(text[$0.range]) }).subtracting(allowed)
        #expect(found.isEmpty, "\(name): \(what): \(found.sorted().prefix(8))")
      }
    }
  }

  @Test("the check finds what it looks for")
  func finds() throws {
    let patterns = try Self.patterns()
    let raw = "hosts_on is 7.00000 at 5MiB, preCopy, 1e-05, 3 gbps, nil, {{x}}"
    for (what, pattern) in patterns { #expect(raw.contains(pattern), "\(what)") }
    #expect(!Self.prose("`hosts_on` and\n```sh\nvm_id=1\n```\n<code>m_x</code>").contains("_"))
  }
}
