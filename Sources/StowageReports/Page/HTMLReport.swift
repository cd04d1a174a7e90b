import Mustache

/// `report.html`: the document by which a plan is presented and decided on.
///
/// One file that refers to nothing outside itself: styles and pictures are inline, there is no
/// script, and a content security policy forbids the browser to load anything.
public struct HTMLReport: Sendable {
  let input: ReportInput
  let figures: PlanFigures
  let names: Names

  /// The report of a plan.
  public init(_ input: ReportInput) {
    self.input = input
    figures = PlanFigures(input)
    names = Names(input.inventory)
  }

  /// The document.
  public var html: String {
    Templates.page.render(page)
  }
}

/// The templates, read once.
private enum Templates {
  static let page: MustacheTemplate = {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.contentTypeName)
    do {
      return try MustacheTemplate(string: String(decoding: PackageResources.report_mustache, as: UTF8.self))
    } catch {
      preconditionFailure("report.mustache: \(error)")
    }
  }()
}
