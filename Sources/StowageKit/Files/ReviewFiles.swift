public import StowageReports

/// The files that `stowage review --out` writes.
public enum ReviewFiles {
  /// `review.html`, `review.md`, `review.json` and `stowage.prom`.
  public static func all(_ review: Review) -> [(name: String, bytes: [UInt8])] {
    [
      ("review.html", Array(review.html.utf8)), ("review.md", Array(review.markdown.utf8)),
      ("review.json", Array(review.json.utf8)), ("stowage.prom", Array(review.prometheus.utf8)),
    ]
  }
}
