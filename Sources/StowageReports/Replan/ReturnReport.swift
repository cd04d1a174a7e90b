public import StowageModel

/// What is said of the way back of a plan: how many VMs return, and who does not and why.
public struct ReturnReport: Hashable, Sendable {
  /// A VM that does not return.
  public struct Stay: Hashable, Sendable {
    /// Which.
    public var vm: VM.ID
    /// Where it would return.
    public var home: Host.ID
    /// Why it does not, as a sentence without capital and full stop.
    public var because: String

    /// A VM and why it does not return.
    public init(vm: VM.ID, home: Host.ID, because: String) {
      self.vm = vm
      self.home = home
      self.because = because
    }
  }

  /// VMs that were to return.
  public var all = 0
  /// Moves; `nil` when there is no plan.
  public var moves: Int?
  /// How long they take, in s.
  public var makespanSeconds = 0.0
  /// Whether the way back is shown not to exist, where there is no plan; otherwise none was found.
  public var isRefuted = false
  /// VMs that do not return, ascending.
  public var left: [Stay] = []
  /// Steps that have begun and not ended; the way back starts when they have.
  public var underWay: [ReplanReport.Step] = []
  /// What was taken for granted, and what does not fit together, as sentences.
  public var notes: [String] = []

  /// Those to return that end where they were.
  public var back: Int { all - left.count }

  /// A report to be filled in.
  public init() {}

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    add(to: &page)
    return page.text
  }

  /// `12 of 12 VMs`.
  var count: String { "\(Units.count(back)) of \(Units.count(all, "VM"))" }

  /// `12 moves, 3 min 4 s`, or why there are none.
  var effort: String {
    guard let moves else { return isRefuted ? "there is none" : "none was found" }
    let time = moves == 0 ? "" : ", \(Units.duration(seconds: makespanSeconds))"
    return "\(Units.count(moves, "move"))\(time)"
  }

  func add(to page: inout TextPage) {
    page.section(
      moves == nil ? "Way back: \(effort)" : "Way back: \(count) return, \(effort)",
      as: left.isEmpty && moves != nil ? .heading : .attention)
    page.items(
      left.map { stay in
        "\(VisibleText.name(stay.vm.rawValue)) does not return to \(VisibleText.name(stay.home.rawValue)): "
          + VisibleText.line(stay.because)
      }, limit: 20, rest: "VMs")
    if !underWay.isEmpty {
      page.section("Under way (wait for them before you begin)")
      page.items(underWay.map(\.words), limit: 20, rest: "steps")
    }
    page.items(notes.map { VisibleText.line($0) }, limit: 20, rest: "notes")
  }
}
