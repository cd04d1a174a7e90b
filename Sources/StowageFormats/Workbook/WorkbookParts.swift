import StowageDiagnostics

/// Which parts of an archive make up its workbook.
struct WorkbookParts {
  /// The sheets in the order of the tabs.
  var sheets: [(name: String, part: String)] = []
  var sharedStrings: ZipArchive.Part?
  var styles: ZipArchive.Part?
  var from1904 = false

  init(_ archive: ZipArchive, depthLimit: Int) throws(WorkbookProblem) {
    let main = try Self.mainPart(archive, depthLimit)
    let workbook = WorkbookHandler()
    try archive.parse(main, depthLimit: depthLimit, workbook)
    from1904 = workbook.from1904
    let relations = try Self.relations(of: main.name, archive, depthLimit)
    for sheet in workbook.sheets {
      // Charts have tabs too, and no table.
      let target = relations.first { $0.id == sheet.relation && $0.kind == "worksheet" }
      if let target { sheets.append((sheet.name, target.part)) }
    }
    guard !sheets.isEmpty else { throw .damaged("it has no sheet") }
    func part(_ kind: String) -> ZipArchive.Part? {
      relations.first { $0.kind == kind }.flatMap { archive.part(named: $0.part) }
    }
    sharedStrings = part("sharedStrings")
    styles = part("styles")
  }

  private static func mainPart(_ archive: ZipArchive, _ depthLimit: Int) throws(WorkbookProblem)
    -> ZipArchive.Part
  {
    let named = try relations(of: "", archive, depthLimit).first { $0.kind == "officeDocument" }?.part
    guard let part = archive.part(named: named ?? "xl/workbook.xml") else {
      throw WorkbookProblem(
        code: .fileUnknownFormat, summary: "this is a zip archive, and not a workbook",
        remedy: "unpack it, or give an .xlsx file")
    }
    guard !part.name.lowercased().hasSuffix(".bin") else {
      throw WorkbookProblem(
        code: .fileUnknownFormat, summary: "this is a binary workbook (.xlsb), which is not read",
        remedy: "save it as .xlsx")
    }
    return part
  }

  /// What the part with this name refers to; the archive itself has an empty name.
  private static func relations(
    of part: String, _ archive: ZipArchive, _ depthLimit: Int
  ) throws(WorkbookProblem) -> [RelationsHandler.Relation] {
    let names = part.split(separator: "/")
    let folder = names.dropLast().joined(separator: "/")
    let name = (folder.isEmpty ? "" : folder + "/") + "_rels/\(names.last ?? "").rels"
    guard let found = archive.part(named: name) else { return [] }
    let handler = RelationsHandler(folder: folder)
    try archive.parse(found, depthLimit: depthLimit, handler)
    return handler.relations
  }
}
