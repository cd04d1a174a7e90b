public import StowageModel

/// What `stowage replan` says beside the new plan: what is finished, what is left, what changed and why.
public struct ReplanReport: Hashable, Sendable {
  /// A step of the old plan.
  public struct Step: Hashable, Sendable {
    /// Its id.
    public var id: Move.ID
    /// Its VM.
    public var vm: VM.ID
    /// Where it goes.
    public var to: Host.ID
    /// When it came to its outcome, as the journal says; `nil` when it does not.
    public var instant: String?

    /// A step of its parts.
    public init(id: Move.ID, vm: VM.ID, to: Host.ID, instant: String? = nil) {
      self.id = id
      self.vm = vm
      self.to = to
      self.instant = instant
    }

    /// `m0007 vm-3 → h2 at 2026-11-27T01:02:03Z`.
    var words: String {
      "\(VisibleText.name(id.rawValue)) \(VisibleText.name(vm.rawValue)) → "
        + VisibleText.name(to.rawValue) + (instant.map { " at \(VisibleText.line($0))" } ?? "")
    }
  }

  /// A VM whose way differs from the old plan's.
  public struct Change: Hashable, Sendable {
    /// Which.
    public var vm: VM.ID
    /// Where the old plan still had to bring it; `nil` when nowhere.
    public var before: Host.ID?
    /// Where the new plan brings it; `nil` when it stays.
    public var after: Host.ID?

    /// A change.
    public init(vm: VM.ID, before: Host.ID?, after: Host.ID?) {
      self.vm = vm
      self.before = before
      self.after = after
    }
  }

  /// Steps that are done.
  public var done: [Step] = []
  /// Steps that have begun and not ended; the new plan starts when they have.
  public var underWay: [Step] = []
  /// Steps that failed.
  public var failed: [Step] = []
  /// Steps that were left out on purpose.
  public var skipped: [Step] = []
  /// How many VMs go where the old plan still had to bring them.
  public var kept = 0
  /// VMs that go elsewhere, or no longer, or now for the first time.
  public var changes: [Change] = []
  /// Why the placement was sought again; empty when the old one was kept.
  public var soughtAgainBecause: [String] = []
  /// What does not fit together, as sentences.
  public var notes: [String] = []

  /// A report to be filled in.
  public init() {}

  /// The text for stdout, each line ended by a line break.
  public func text(layout: Summary.Layout = Summary.Layout()) -> String {
    var page = TextPage(style: layout.style, width: layout.width)
    page.section(
      "Replanned: \(Units.count(done.count, "step")) done, \(Units.count(kept, "VM")) still to go as planned, "
        + "\(Units.count(changes.count, "change"))")
    add("Under way (wait for them before you begin; should one fail, replan again)", underWay, to: &page)
    add("Failed", failed, to: &page)
    add("Left out", skipped, to: &page)
    if !changes.isEmpty {
      page.section("Changes (\(Units.count(changes.count)))")
      page.items(changes.map(Self.words), limit: 20, rest: "VMs")
    }
    if !soughtAgainBecause.isEmpty {
      page.section("The placement was sought again")
      page.items(soughtAgainBecause.map { VisibleText.line($0) }, limit: 10, rest: "reasons")
    }
    if !notes.isEmpty {
      page.section("Notes")
      page.items(notes.map { VisibleText.line($0) }, limit: 20, rest: "notes")
    }
    return page.text
  }

  private func add(_ heading: String, _ steps: [Step], to page: inout TextPage) {
    guard !steps.isEmpty else { return }
    page.section("\(heading) (\(Units.count(steps.count)))")
    page.items(steps.map(\.words), limit: 20, rest: "steps")
  }

  private static func words(_ change: Change) -> String {
    let vm = VisibleText.name(change.vm.rawValue)
    switch (change.before, change.after) {
    case (let before?, let after?):
      return
        "\(vm) goes to \(VisibleText.name(after.rawValue)) instead of \(VisibleText.name(before.rawValue))"
    case (let before?, nil): return "\(vm) no longer goes to \(VisibleText.name(before.rawValue))"
    case (nil, let after?): return "\(vm) now goes to \(VisibleText.name(after.rawValue))"
    case (nil, nil): return vm
    }
  }
}
