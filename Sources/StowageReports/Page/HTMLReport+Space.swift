import StowageModel

// How full datastores get.
extension HTMLReport {
  private static let storeLimit = 60

  var spaceSection: ReportPage.SpaceSection? {
    guard let space = SpaceFigures(input) else { return nil }
    let days = input.plan.options.keepSourceDays.map {
      " Sources are kept for \(Units.count($0, "day")): what they take is free again after that."
    }
    return ReportPage.SpaceSection(
      spaceNote:
        "Disks count with what is used of them, at their targets from the start of their copy on.\(days ?? "")",
      spaceRows: space.stores.prefix(Self.storeLimit).map { store in
        ReportPage.SpaceRow(
          storeName: VisibleText.name(store.name, limit: 60),
          storeSize: store.capacityGiB.map(SpaceFigures.text) ?? "unknown",
          storeStart: SpaceFigures.text(store.startGiB), storeVMs: Units.count(store.arrivingVMs),
          storeArriving: SpaceFigures.text(store.arrivingGiB),
          storeLeaving: SpaceFigures.text(store.leavingGiB),
          storeMost: SpaceFigures.text(store.mostGiB),
          storeFullest: store.fullest.map { Units.percent($0) } ?? "–",
          storeEnd: SpaceFigures.text(store.endGiB))
      },
      spaceRest: space.stores.count > Self.storeLimit
        ? "and \(Units.count(space.stores.count - Self.storeLimit)) more" : nil)
  }
}

extension ReportPage {
  /// Space for disks.
  struct SpaceSection {
    let spaceNote: String
    let spaceRows: [SpaceRow]
    let spaceRest: String?
  }

  /// One datastore.
  struct SpaceRow {
    let storeName, storeSize, storeStart, storeVMs, storeArriving, storeLeaving, storeMost,
      storeFullest: String
    let storeEnd: String
  }
}
