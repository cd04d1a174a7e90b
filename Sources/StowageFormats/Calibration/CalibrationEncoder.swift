import StowageModel

/// Writes calibrations, in files and in plans.
enum CalibrationEncoder {
  /// The members of the object of constants, in the order of ``Calibration/Constant``.
  static func write(_ constants: [Calibration.Constant: Double], to writer: inout JSONWriter) {
    for constant in Calibration.Constant.allCases {
      writer.member(constant.rawValue, constants[constant])
    }
  }

  /// The bytes of a calibration file.
  static func encode(_ document: CalibrationDocument) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", CalibrationDecoder.schema)
        writer.member("generator", document.generator)
        writer.member("platform", document.platform.rawValue)
        writer.object("measured") { writer in
          writer.member("sha256", document.measuredSHA256)
          writer.member("moves", document.moves)
          writer.member("guests", document.guests)
        }
        writer.object("constants") { write(document.constants, to: &$0) }
        writer.array("errors") { writer in
          for error in document.errors { write(error, to: &writer) }
        }
      }
    }
  }

  private static func write(_ error: CalibrationError, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("technique", error.technique.rawValue)
      writer.member("figure", error.figure.rawValue)
      writer.member("moves", error.moves)
      writer.member("before", error.before)
      writer.member("fitted", error.fitted)
      writer.member("cross_validated", error.crossValidated)
    }
  }
}
