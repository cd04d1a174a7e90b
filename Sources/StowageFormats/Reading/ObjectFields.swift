import StowageDiagnostics

/// The members of an object, for looking values up by their keys.
struct ObjectFields {
  /// The members, in the order of the document.
  let members: [DocumentNode.Member]
  /// Where the object starts.
  let place: SourcePlace

  /// The value of a key; `nil` when it is missing or null, which mean the same.
  subscript(key: String) -> DocumentNode? {
    guard let node = members.first(where: { $0.key == key })?.value else { return nil }
    if case .null = node.value { return nil }
    return node
  }
}
