/// A form in which an inventory can be read.
public enum InventoryFormat: String, CaseIterable, Hashable, Sendable {
  /// Stowage's own tables: a folder of CSV files or one `inventory.json`.
  case native
  /// An RVTools export: a folder of CSV files or one workbook.
  case rvtools
}
