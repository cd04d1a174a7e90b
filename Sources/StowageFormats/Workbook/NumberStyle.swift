/// What the number in a cell stands for, by its format.
enum NumberStyle: Hashable {
  /// A number.
  case number
  /// A day.
  case date
  /// A day and a time.
  case dateTime
  /// A time of the day.
  case time

  /// What a built-in format stands for (ECMA-376 part 1, section 18.8.30); 46 shows an elapsed time.
  init(builtIn id: Int) {
    switch id {
    case 14...17, 27...36, 50...58: self = .date
    case 22: self = .dateTime
    case 18...21, 45, 47: self = .time
    default: self = .number
    }
  }

  /// What a format such as `yyyy/mm/dd\ hh:mm:ss` stands for. `m` is a month unless hours or
  /// seconds are there and no day is. Elapsed times (`[h]:mm`) are numbers.
  init(format: String) {
    let letters = Self.letters(of: format)
    let hasTime = letters.contains("h") || letters.contains("s")
    let hasDate = letters.contains("y") || letters.contains("d") || letters.contains("m") && !hasTime
    switch (hasDate, hasTime) {
    case (true, true): self = .dateTime
    case (true, false): self = .date
    case (false, true): self = .time
    case (false, false): self = .number
    }
  }

  /// The letters of the first section that are no literal text and no bracket; empty for `General`
  /// and for elapsed times.
  private static func letters(of format: String) -> Set<Character> {
    var letters: Set<Character> = []
    var rest = format.lowercased()[...]
    if rest.hasPrefix("general") { return [] }
    while let character = rest.popFirst(), character != ";" {
      switch character {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let bracket = rest.prefix { $0 != "]" }
        if !bracket.isEmpty && bracket.allSatisfy({ "hms".contains($0) }) { return [] }
        rest = rest.dropFirst(bracket.count + 1)
      default: letters.insert(character)
      }
    }
    return letters
  }
}

/// Reads `xl/styles.xml`: what the number of a cell with each style stands for.
final class StylesHandler: XMLHandler {
  /// By the style number that cells carry.
  private(set) var styles: [NumberStyle] = []
  private var formats: [Int: NumberStyle] = [:]
  private var isInCellFormats = false

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "numFmt", let id = attributes.integer("numFmtId"),
      let format = attributes.string("formatCode")
    {
      formats[id] = NumberStyle(format: format)
    } else if element == "cellXfs" {
      isInCellFormats = true
    } else if element == "xf" && isInCellFormats {
      let id = attributes.integer("numFmtId") ?? 0
      styles.append(formats[id] ?? NumberStyle(builtIn: id))
    }
  }

  func end(_ element: XMLName) {
    if element == "cellXfs" { isInCellFormats = false }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
