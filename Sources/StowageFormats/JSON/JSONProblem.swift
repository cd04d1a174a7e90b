/// What makes a text no JSON.
struct JSONProblem: Error {
  var position: TextPosition
  var summary: String
  var remedy: String?
  /// Whether the text merely ends too early.
  var isTruncation = false
}

/// A key that an object has more than once.
struct DuplicateKey {
  var key: String
  var position: TextPosition
  var first: TextPosition
}
