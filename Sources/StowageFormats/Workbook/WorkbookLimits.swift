/// How much a workbook may unfold to. A few kilobytes of archive can claim petabytes of content.
public struct WorkbookLimits: Hashable, Sendable {
  /// The most parts in the archive.
  public var partCount = 10_000
  /// The most bytes of one part, unpacked.
  public var partBytes = 1 << 30
  /// The most bytes of all parts read, unpacked.
  public var totalBytes = 2 << 30
  /// How many times larger than packed a part may be, once it is larger than ``ratioFreeBytes``;
  /// real sheets are 5 to 40 times larger.
  public var ratio = 300
  /// Parts up to this many unpacked bytes may have any ratio: blank rows pack very well.
  public var ratioFreeBytes = 64 << 20
  /// The most cells of one sheet, empty ones within rows included.
  public var cellCount = 1 << 27
  /// The deepest nesting of XML elements.
  public var depth = 256

  /// The limits of the program.
  public static let standard = WorkbookLimits()
}
