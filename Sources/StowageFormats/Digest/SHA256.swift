import CNettle

/// The SHA-256 digest (FIPS 180-4), by which a plan names the inventory that it was made from.
public struct SHA256 {
  private var context = sha256_ctx()

  /// A digest of nothing yet.
  public init() {
    nettle_sha256_init(&context)
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { nettle_sha256_update(&context, $0.count, $0.baseAddress) }
  }

  /// The digest of everything taken in, as 64 hexadecimal digits in lower case.
  public consuming func hexadecimal() -> String {
    var context = context
    let digest = [UInt8](unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { buffer, count in
      nettle_sha256_digest(&context, buffer.count, buffer.baseAddress)
      count = buffer.count
    }
    return digest.map { byte in
      let digits = String(byte, radix: 16)
      return byte < 16 ? "0" + digits : digits
    }.joined()
  }

  /// The digest of `bytes`, as 64 hexadecimal digits in lower case.
  public static func hexadecimal(of bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.hexadecimal()
  }
}
