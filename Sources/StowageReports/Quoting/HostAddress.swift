/// The host part of a URI such as `qemu+ssh://HOST/system`, made from a host's id.
///
/// A host name (letters, digits, `-`, `_`, `.`; not starting with `-`) is used as it is, an IPv6
/// address in brackets. Anything else is percent-encoded (RFC 3986, 3.2.2), so that it can neither
/// end the host part nor become an option of a program that is handed the address.
public struct HostAddress: Hashable, Sendable {
  /// The host part.
  public let uriHost: String
  /// Whether the id is a host name or address as it stands. If not, it names nothing that can be
  /// reached, and the operator has to look.
  public let isHostName: Bool

  /// The address of the host with the given id.
  public init(_ id: String) {
    if Self.isName(id) {
      uriHost = id
      isHostName = true
    } else if Self.isIPv6(id) {
      uriHost = "[\(id)]"
      isHostName = true
    } else {
      uriHost = id.utf8.map(Self.percentEncoded).joined()
      isHostName = false
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetterOrDigit(first), text.utf8.count <= 253 else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || isNameSign($0) }
  }

  private static func isIPv6(_ text: String) -> Bool {
    let colons = text.utf8.count { $0 == UInt8(ascii: ":") }
    return (2...7).contains(colons) && text.utf8.count <= 39
      && text.utf8.allSatisfy { $0 == UInt8(ascii: ":") || isHexadecimal($0) }
  }

  private static func percentEncoded(_ byte: UInt8) -> String {
    if isLetterOrDigit(byte) { return String(Unicode.Scalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
  }

  private static func isNameSign(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
