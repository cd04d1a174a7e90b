import Yams

/// Turns the tree of Yams into ours.
struct YAMLConversion {
  private var valueCount = 0
  private var depth = 0

  mutating func value(_ node: Node) throws(YAMLProblem) -> JSONValue {
    let position = Self.position(node)
    valueCount += 1
    guard valueCount <= YAMLTree.valueLimit else {
      throw YAMLProblem(
        position: position, summary: "has more than \(YAMLTree.valueLimit) values", remedy: "write it as JSON"
      )
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= JSONValue.depthLimit else {
      throw YAMLProblem(
        position: position, summary: "lists and objects are nested more than \(JSONValue.depthLimit) deep",
        remedy: "check what wrote this file")
    }
    switch node {
    case .scalar(let scalar):
      return JSONValue(Self.content(scalar), at: position)
    case .sequence(let sequence):
      var values: [JSONValue] = []
      for element in sequence { values.append(try value(element)) }
      return JSONValue(.array(values), at: position)
    case .mapping(let mapping):
      return JSONValue(.object(try object(mapping)), at: position)
    case .alias:
      throw YAMLProblem(position: position, summary: "an alias leads nowhere", remedy: "write the value out")
    }
  }

  private mutating func object(_ mapping: Node.Mapping) throws(YAMLProblem) -> JSONObject {
    var object = JSONObject()
    for (key, element) in mapping {
      let position = Self.position(key)
      guard case .scalar(let scalar) = key else {
        throw YAMLProblem(position: position, summary: "a key is no text", remedy: "write a text as key")
      }
      guard scalar.string != "<<" else {
        throw YAMLProblem(
          position: position, summary: "merge keys ('<<') are not read", remedy: "write the members out")
      }
      object.members.append(JSONMember(scalar.string, at: position, try value(element)))
    }
    return object
  }

  private static func position(_ node: Node) -> TextPosition {
    TextPosition(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
  }

  private static func content(_ scalar: Node.Scalar) -> JSONValue.Content {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch scalar.string {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .boolean(true)
    case "false", "False", "FALSE": return .boolean(false)
    default:
      return number(scalar.string).map { .number($0) } ?? .string(scalar.string)
    }
  }

  /// Decimal numbers only: `0x10` and `1_000` are texts, `007` is a text too, so that an id keeps
  /// its zeros.
  private static func number(_ text: String) -> JSONNumber? {
    var digits = text[...]
    if digits.hasPrefix("-") || digits.hasPrefix("+") { digits = digits.dropFirst() }
    guard let first = digits.utf8.first, first.isDigit || first == .dot,
      digits.utf8.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) }),
      !(digits.hasPrefix("0") && digits.utf8.dropFirst().first?.isDigit == true),
      let value = Double(text), value.isFinite
    else { return nil }
    return JSONNumber(value, text: text)
  }
}
