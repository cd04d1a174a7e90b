public import StowageDiagnostics
public import StowageModel

/// The document `stowage.calibration/v1`: constants that a site fitted to its own migrations, and how far they are off.
public struct CalibrationDocument: Hashable, Sendable {
  /// Who fitted them.
  public var generator: String
  /// The platform whose own figures they replace.
  public var platform: Platform
  /// SHA-256 of the table of measured migrations.
  public var measuredSHA256: String
  /// How many migrations it held.
  public var moves: Int
  /// Of how many guests.
  public var guests: Int
  /// What was fitted.
  public var constants: [Calibration.Constant: Double]
  /// How far the model was off, before and after.
  public var errors: [CalibrationError]
  /// SHA-256 of the file that it was read from.
  private var fileSHA256: String?

  /// A document of its parts.
  public init(
    generator: String, platform: Platform, measuredSHA256: String, moves: Int, guests: Int,
    constants: [Calibration.Constant: Double], errors: [CalibrationError]
  ) {
    self.generator = generator
    self.platform = platform
    self.measuredSHA256 = measuredSHA256
    self.moves = moves
    self.guests = guests
    self.constants = constants
    self.errors = errors
  }

  /// The bytes of the file: the same for the same document, on every machine.
  public var bytes: [UInt8] { CalibrationEncoder.encode(self) }

  /// What a plan states of the file.
  public var calibration: Calibration {
    Calibration(sha256: fileSHA256 ?? SHA256.hexadecimal(of: bytes), constants: constants)
  }

  /// The document that a file holds, `nil` when it cannot be used, and what is wrong with it.
  public static func read(_ path: String) -> (document: CalibrationDocument?, log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let bytes = FileBytes.read(path, log: &log) else { return (nil, log) }
    return decode(bytes, file: path)
  }

  /// The document in some bytes.
  public static func decode(
    _ bytes: [UInt8], file: String = "calibration.json"
  ) -> (document: CalibrationDocument?, log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let source = SourceText.decode(bytes, file: file, log: &log),
      let root = JSONValue.parse(source, log: &log), !log.hasErrors
    else { return (nil, log) }
    var decoder = CalibrationDecoder()
    var document = decoder.decode(DocumentNode(root, file: file))
    document?.fileSHA256 = SHA256.hexadecimal(of: bytes)
    log.merge(decoder.log)
    return (log.hasErrors ? nil : document, log)
  }
}
