import StowageModel

extension Review {
  /// The review in Markdown, each line ended by a line break. Pictures are left out: each has its table.
  public var markdown: String { document.markdown }

  /// `review.html`: the review as one page that refers to nothing outside itself.
  public var html: String { SectionPage(document).html }

  private var document: SectionDocument {
    let parts = ReviewParts(self)
    return SectionDocument(
      title: "Capacity review",
      subtitle: "\(Units.count(inventory.hosts.count, "host")), \(Units.count(inventory.vms.count, "VM"))",
      lead: parts.lead, cards: parts.cards,
      sections: [
        parts.summary, parts.waterfall, parts.overcommit, parts.loads, parts.profile, parts.outlook,
        parts.roomForMore, parts.failures, parts.rightSizing, parts.rules, parts.blockers, parts.whatIfs,
        parts.cost, parts.basis,
      ].compactMap { $0 }, generator: generator)
  }
}
