import Mustache

/// Templates of the package. A template that does not parse is a fault of ours that every test of its page finds.
enum PageTemplate {
  /// Reads a template; names in it are escaped for HTML where it says so in its first line.
  static func read(_ bytes: [UInt8], name: String) -> MustacheTemplate {
    MustacheContentTypes.register(HTMLText(), named: HTMLText.contentTypeName)
    do {
      return try MustacheTemplate(string: String(decoding: bytes, as: UTF8.self))
    } catch {
      preconditionFailure("\(name): \(error)")
    }
  }
}
