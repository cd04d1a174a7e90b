public import StowageModel

/// What every technique would cost for each VM of a fleet.
public struct FleetEstimate: Sendable {
  /// One VM.
  public struct Machine: Sendable {
    /// Which.
    public var vm: VM.ID
    /// Its techniques.
    public var estimate: EstimateReport

    /// A VM and its techniques.
    public init(_ vm: VM.ID, _ estimate: EstimateReport) {
      self.vm = vm
      self.estimate = estimate
    }
  }

  /// The VMs, by id.
  public var machines: [Machine]
  /// How the techniques of a typical VM of the fleet depend on its dirty rate.
  public var curves: EstimateCurves
  /// What was taken for granted, as sentences.
  public var assumptions: [String]

  /// An estimate of its parts.
  public init(machines: [Machine], curves: EstimateCurves, assumptions: [String]) {
    self.machines = machines
    self.curves = curves
    self.assumptions = assumptions
  }

  /// How many VMs use which technique; those that can use none are counted under `nil`.
  public var counts: [Technique?: Int] {
    Dictionary(machines.map { ($0.estimate.chosen, 1) }, uniquingKeysWith: +)
  }

  /// The text for stdout, each line ended by a line break: what is to be used for each VM.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section("Techniques for \(Units.count(machines.count, "VM"))")
    let counts = counts
    for technique in Technique.allCases {
      if let count = counts[technique] {
        page.item("\(technique.rawValue): \(Units.count(count, "VM"))\(aided(technique))")
      }
    }
    if let count = counts[nil] { page.item("none is left: \(Units.count(count, "VM"))") }
    page.section("Each VM by the technique to use")
    page.add(table.lines(fitting: layout.width))
    let stuck = machines.filter { $0.estimate.chosen == nil }
    if !stuck.isEmpty {
      page.section("No technique is left", as: .bad)
      page.items(stuck.map(Self.obstacle), limit: layout.moveLimit, rest: "more")
    }
    if !assumptions.isEmpty {
      page.section("Assumed")
      for assumption in assumptions { page.item(VisibleText.line(assumption)) }
    }
    return page.text
  }

  /// ` (46 with 8 streams, 5 with auto-converge)`
  private func aided(_ technique: Technique) -> String {
    let rows = machines.compactMap(\.estimate.chosenRow).filter { $0.technique == technique }
    let counts = Dictionary(rows.compactMap { $0.aid.map { ($0.name, 1) } }, uniquingKeysWith: +)
    guard !counts.isEmpty else { return "" }
    let parts = counts.sorted { $0.key < $1.key }.map { "\(Units.count($0.value)) with \($0.key)" }
    return " (\(parts.joined(separator: ", ")))"
  }

  private var table: TextTable {
    var table = TextTable([
      .init(isName: true, shortest: 18), .init(), .init(isRightAligned: true), .init(),
      .init(isRightAligned: true),
      .init(isRightAligned: true), .init(isRightAligned: true),
    ])
    table.add(["VM", "use", "time", "range", "pause", "sent", "loss"])
    for machine in machines {
      guard let row = machine.estimate.chosenRow else { continue }
      table.add([VisibleText.line(machine.vm.rawValue), row.name] + row.line)
    }
    return table
  }

  private static func obstacle(_ machine: Machine) -> String {
    "\(VisibleText.line(machine.vm.rawValue)): \(machine.estimate.objections.joined(separator: "; "))"
  }
}
