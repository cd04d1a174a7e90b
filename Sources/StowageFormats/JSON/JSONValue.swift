/// A value of a JSON or YAML document, with its position in the text.
///
/// Two values are equal when their contents are, wherever they stand.
public struct JSONValue: Sendable {
  /// What a value is.
  public enum Content: Hashable, Sendable {
    /// `null`
    case null
    /// `true` or `false`
    case boolean(Bool)
    /// A number.
    case number(JSONNumber)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Members in the order of the text.
    case object(JSONObject)
  }

  /// What it is.
  public var content: Content
  /// Where it starts.
  public var position: TextPosition

  /// A value at a position; the default suits values that were not read.
  public init(_ content: Content, at position: TextPosition = TextPosition(line: 1, column: 1)) {
    self.content = content
    self.position = position
  }
}

extension JSONValue: Hashable {
  /// Whether the contents are equal.
  public static func == (left: Self, right: Self) -> Bool { left.content == right.content }

  /// Hashes the content.
  public func hash(into hasher: inout Hasher) { hasher.combine(content) }
}

extension JSONValue {
  /// The text, if this is one.
  public var string: String? { if case .string(let text) = content { text } else { nil } }
  /// The number, if this is one.
  public var number: Double? { if case .number(let number) = content { number.value } else { nil } }
  /// The boolean, if this is one.
  public var boolean: Bool? { if case .boolean(let flag) = content { flag } else { nil } }
  /// The elements, if this is an array.
  public var array: [JSONValue]? { if case .array(let values) = content { values } else { nil } }
  /// The members, if this is an object.
  public var object: JSONObject? { if case .object(let object) = content { object } else { nil } }
  /// Whether this is `null`.
  public var isNull: Bool { content == .null }

  /// What it is, as words for a report: `a text`, `an object`.
  public var kindName: String {
    switch content {
    case .null: "null"
    case .boolean: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}

/// A number with the text that it was written as, which may have more digits than a `Double`.
public struct JSONNumber: Hashable, Sendable {
  /// The nearest `Double`; always finite.
  public let value: Double
  /// The digits as written; those of YAML need not be JSON, such as `+5` and `.5`.
  public let text: String

  /// A number as written, and its nearest `Double`.
  public init(_ value: Double, text: String) {
    precondition(value.isFinite, "not a finite number: \(value)")
    self.value = value
    self.text = text
  }
}

/// The members of an object, in the order of the text; no key is there twice.
public struct JSONObject: Hashable, Sendable {
  /// The members.
  public var members: [JSONMember]

  /// An object of `members`.
  public init(_ members: [JSONMember] = []) { self.members = members }

  /// The value of the first member with that key. Looks at the members one by one: walk
  /// ``members`` instead of asking an object of thousands again and again.
  public subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }
}

/// A key and its value. Two members are equal when these are, wherever they stand.
public struct JSONMember: Sendable {
  /// The key.
  public var key: String
  /// Where the key starts.
  public var keyPosition: TextPosition
  /// The value.
  public var value: JSONValue

  /// A key at a position, and its value.
  public init(
    _ key: String, at keyPosition: TextPosition = TextPosition(line: 1, column: 1), _ value: JSONValue
  ) {
    self.key = key
    self.keyPosition = keyPosition
    self.value = value
  }
}

extension JSONMember: Hashable {
  /// Whether keys and values are equal.
  public static func == (left: Self, right: Self) -> Bool {
    left.key == right.key && left.value == right.value
  }

  /// Hashes key and value.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(value)
  }
}
