extension JSONWriter {
  /// Writes a member; one whose value is `nil` is left out, because what is unknown is not there.
  public mutating func member(_ key: String, _ text: String?) {
    guard let text else { return }
    self.key(key)
    value(text)
  }

  /// Writes a member; one whose value is `nil` is left out.
  public mutating func member(_ key: String, _ number: Double?) {
    guard let number else { return }
    self.key(key)
    value(number)
  }

  /// Writes a member; one whose value is `nil` is left out.
  public mutating func member(_ key: String, _ number: Int?) {
    guard let number else { return }
    self.key(key)
    value(number)
  }

  /// Writes a member; one whose value is `nil` is left out.
  public mutating func member(_ key: String, _ flag: Bool?) {
    guard let flag else { return }
    self.key(key)
    value(flag)
  }

  /// Writes a member whose value is a list of texts on one line.
  public mutating func member(_ key: String, _ texts: [String]) {
    self.key(key)
    value(texts)
  }

  /// Writes a member whose value is an object.
  public mutating func object(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// Writes a member whose value is an array.
  public mutating func array(_ key: String, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  /// Writes a value that was read, its numbers with the digits that they had where those are JSON.
  public mutating func value(_ value: JSONValue) {
    switch value.content {
    case .null: null()
    case .boolean(let flag): self.value(flag)
    case .number(let number):
      raw(JSONParser.isNumber(number.text) ? number.text : DecimalText.of(number.value))
    case .string(let text): self.value(text)
    case .array(let values): array { writer in for value in values { writer.value(value) } }
    case .object(let object):
      self.object { writer in
        for member in object.members {
          writer.key(member.key)
          writer.value(member.value)
        }
      }
    }
  }

  /// Writes a member whose value is an array of objects, one for each thing.
  public mutating func objects<Thing>(
    _ key: String, _ things: [Thing], _ body: (inout JSONWriter, Thing) -> Void
  ) {
    array(key) { writer in
      for thing in things { writer.object { body(&$0, thing) } }
    }
  }

  /// The text of an answer to programs: one object, which names its form first.
  public static func answer(_ schema: String, _ body: (inout JSONWriter) -> Void) -> String {
    let bytes = document { writer in
      writer.object { writer in
        writer.member("schema", schema)
        body(&writer)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
