// What the template shows. Property names are the template's words and are unique over all types:
// the engine looks a missing value up in the surrounding ones.

/// The document.
struct ReportPage {
  let styles: String
  let patterns: String
  let title: String
  let subtitle: String
  let lead: String
  let isVerified: Bool
  let nothingToMove: String?
  let cards: [Card]
  let objectives: [ObjectiveRow]
  let orderSection: OrderSection?
  let loadSection: LoadSection?
  let scheduleSection: ScheduleSection?
  let siteSection: SiteSection?
  let spaceSection: SpaceSection?
  let savingsSection: SavingsSection?
  let tradeoffSection: TradeoffSection?
  let warnings: TextList?
  let choices: ChoiceSection?
  let moveSection: MoveSection?
  let pinned: PinnedSection?
  let ruleSection: RuleSection?
  let violations: ViolationSection?
  let unplaced: PinnedSection?
  let sizing: [String]
  let assumptions: TextList?
  let quality: [QualityRow]
  let sha256: String
  let stamp: String
  let generator: String
  let seed: String

  /// A headline figure.
  struct Card {
    let label: String
    let figure: String
    let note: String
  }

  /// A row of the objectives.
  struct ObjectiveRow {
    let rank: String
    let objective: String
    let value: String
    let bound: String
    let proof: String
    let isProved: Bool
  }

  /// A list with a count of what it leaves out.
  struct TextList {
    let texts: [String]
    let rest: String?

    /// The first `limit` texts; `nil` when there are none.
    init?(_ texts: [String], limit: Int) {
      guard !texts.isEmpty else { return nil }
      self.texts = Array(texts.prefix(limit))
      rest = texts.count > limit ? "and \(Units.count(texts.count - limit)) more" : nil
    }
  }

  /// A label with an id beneath it when that says something else.
  struct Named {
    let name: String
    let id: String?

    init(_ id: String, alias: String?) {
      name = VisibleText.name(alias ?? id, limit: 80)
      self.id = alias == nil ? nil : VisibleText.name(id, limit: 80)
    }
  }

  /// What the verifier is told and what it does.
  struct QualityRow {
    let property: String
    let known: String
    let consequence: String
  }
}
