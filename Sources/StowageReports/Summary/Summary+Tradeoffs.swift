extension Summary {
  /// What plans that stop at more hosts would take.
  func addTradeoffs(to page: inout TextPage) {
    guard !input.tradeoffs.isEmpty else { return }
    page.section("Fewer hosts or fewer moves")
    var table = TextTable(
      TradeoffWords.titles.map { _ in TextTable.Column(isRightAligned: true) })
    table.add(TradeoffWords.titles)
    for row in TradeoffWords(input.tradeoffs).rows { table.add(row) }
    for line in table.lines(fitting: layout.width) { page.add(line) }
    page.paragraph(TradeoffWords.note, indent: 2)
  }
}
