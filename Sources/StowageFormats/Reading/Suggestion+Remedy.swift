import StowageDiagnostics

extension Suggestion {
  /// A remedy that names what was probably meant, and what to do if it was not; `fallback` alone
  /// when nothing is near.
  static func remedy(
    for word: String, among known: some Sequence<String>, otherwise fallback: String
  ) -> String {
    // An inventory has a hundred thousand names; most differ too much in length to be looked at.
    let length = word.utf8.count
    let candidates = known.filter { name in
      let other = name.utf8.count
      return abs(other - length) <= max(other, length) / 3 + 1
    }
    guard let near = nearest(to: word, among: candidates), near != word else { return fallback }
    return "write \(Diagnostic.quoted(near)), if that is what is meant; \(fallback)"
  }
}
