/// What a sheet needs of its workbook.
struct SheetContext {
  /// The sheet as people name it: `book.xlsx!vInfo`.
  var file: String
  /// The part of the archive.
  var part: String
  /// The texts that cells refer to.
  var strings: SharedStrings
  /// What the number of a cell stands for, by its style.
  var styles: [NumberStyle]
  /// Whether days are counted from 1904.
  var from1904: Bool
  /// How much the sheet may unfold to.
  var limits: WorkbookLimits

  /// What the number of a cell with this style stands for.
  func style(_ number: Int) -> NumberStyle {
    styles.indices.contains(number) ? styles[number] : .number
  }
}
