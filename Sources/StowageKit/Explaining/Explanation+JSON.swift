import StowageFormats
public import StowageReports

extension Explanation {
  /// The answer for programs (`stowage.explanation/v1`).
  public var json: String {
    JSONWriter.answer("stowage.explanation/v1") { writer in
      writer.member("kind", kind)
      writer.member("id", id)
      writer.member("headline", headline)
      for section in sections {
        writer.array(section.key) { writer in for fact in section.facts { writer.value(fact) } }
      }
    }
  }
}

extension Comparison {
  /// The answer for programs (`stowage.comparison/v1`).
  public var json: String {
    JSONWriter.answer("stowage.comparison/v1") { writer in
      writer.member("kind", kind)
      writer.member("a", names.first)
      writer.member("b", names.second)
      writer.objects("figures", figures) { writer, figure in
        writer.member("name", figure.key)
        writer.member("a", figure.values.first)
        writer.member("b", figure.values.second)
      }
      for section in sections {
        writer.array(section.key) { writer in for fact in section.facts { writer.value(fact) } }
      }
    }
  }
}
