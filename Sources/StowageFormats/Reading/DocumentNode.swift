import StowageDiagnostics

/// A value of a JSON or YAML document, with the file that it stands in.
struct DocumentNode: Sendable {
  /// A key of an object and its value.
  struct Member: Sendable {
    /// The key.
    let key: String
    /// Where the key starts.
    let place: SourcePlace
    /// What it stands for.
    let value: DocumentNode
  }

  /// What a node holds.
  enum Value: Sendable {
    /// Nothing.
    case null
    /// Yes or no.
    case flag(Bool)
    /// A number; `text` is how it was written, which matters where YAML omits quotes.
    case number(Double, text: String)
    /// Words.
    case text(String)
    /// Several values.
    case list([DocumentNode])
    /// Named values, in the order of the document.
    case object([Member])
  }

  private let json: JSONValue
  private let file: String

  /// A value of `file`.
  init(_ json: JSONValue, file: String) {
    self.json = json
    self.file = file
  }

  /// What it holds.
  var value: Value {
    switch json.content {
    case .null: .null
    case .boolean(let flag): .flag(flag)
    case .number(let number): .number(number.value, text: number.text)
    case .string(let text): .text(text)
    case .array(let values): .list(values.map { DocumentNode($0, file: file) })
    case .object(let object):
      .object(
        object.members.map {
          Member(key: $0.key, place: place($0.keyPosition), value: DocumentNode($0.value, file: file))
        })
    }
  }

  /// Where it starts.
  var place: SourcePlace { place(json.position) }

  /// What it is, as a sentence calls it.
  var noun: String { json.kindName }

  private func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: position.line, column: position.column)
  }
}
