extension HTMLReport {
  var tradeoffSection: ReportPage.TradeoffSection? {
    guard !input.tradeoffs.isEmpty else { return nil }
    let words = TradeoffWords(input.tradeoffs)
    return .init(
      tradeoffChart: TradeoffChart(input.tradeoffs).markup, tradeoffTitles: TradeoffWords.titles,
      tradeoffRows: words.rows.map { .init(tradeoffCells: $0) }, tradeoffNote: TradeoffWords.note)
  }
}
