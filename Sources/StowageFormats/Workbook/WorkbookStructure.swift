/// Reads `xl/workbook.xml`: the names of the sheets and where days are counted from.
final class WorkbookHandler: XMLHandler {
  private(set) var sheets: [(name: String, relation: String)] = []
  private(set) var from1904 = false

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    if element == "workbookPr" {
      from1904 = attributes.boolean("date1904")
    } else if element == "sheet", let name = attributes.string("name"), let relation = attributes.string("id")
    {
      sheets.append((name, relation))
    }
  }

  func end(_ element: XMLName) {}
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Reads a `.rels` part: which parts another part refers to.
final class RelationsHandler: XMLHandler {
  /// One reference.
  struct Relation {
    var id: String
    /// The last word of its type: `worksheet`, `sharedStrings`, `styles`, `officeDocument`.
    var kind: Substring
    /// The name of the part.
    var part: String
  }

  private(set) var relations: [Relation] = []
  private let folder: String

  /// Relations of a part that lies in `folder`, such as `xl`; empty for the archive itself.
  init(folder: String) {
    self.folder = folder
  }

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    guard element == "Relationship", let id = attributes.string("Id"),
      let target = attributes.string("Target"),
      let type = attributes.string("Type"), attributes.string("TargetMode") != "External"
    else { return }
    relations.append(
      Relation(id: id, kind: type.split(separator: "/").last ?? "", part: resolved(target)))
  }

  func end(_ element: XMLName) {}
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// Targets are relative to the folder, or to the archive when they start with a slash.
  private func resolved(_ target: String) -> String {
    let path = target.hasPrefix("/") || folder.isEmpty ? target : "\(folder)/\(target)"
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return names.joined(separator: "/")
  }
}
