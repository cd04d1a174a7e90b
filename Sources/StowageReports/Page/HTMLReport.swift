import Mustache

/// `report.html`: the document by which a plan is presented and decided on.
///
/// One file that refers to nothing outside itself: styles and pictures are inline, there is no
/// script, and a content security policy forbids the browser to load anything.
public struct HTMLReport: Sendable {
  let input: ReportInput
  let figures: PlanFigures
  let names: Names
  /// The plan by the clock; `nil` when it does not say when it starts.
  let calendar: PlanCalendar?

  /// The report of a plan.
  public init(_ input: ReportInput) {
    self.input = input
    figures = PlanFigures(input)
    names = Names(input.inventory)
    calendar = PlanCalendar(input)
  }

  /// The document.
  public var html: String {
    Self.template.render(page)
  }

  /// Read once.
  private static let template = PageTemplate.read(PackageResources.report_mustache, name: "report.mustache")
}
